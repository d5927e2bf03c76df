import { type AddIssue, count, crossFieldCheck, UserError } from "@supernet/base";
import { hasLayer, type NetworkSpace } from "@supernet/nas";
import { z } from "zod";
import { calibrateSchema } from "../../candidates/settings.js";
import { checkTrained, compareSchema, handMadeSubnet } from "../../compare/settings.js";
import type { RecipeInputOf, RecipeOf } from "../../recipe/common.js";
import {
  candidatesShape,
  checkSearch,
  checkSearchSpace,
  randomSubnetsSchema,
  recalibrationSchema,
  resourceShape,
  searchLatencySchema,
} from "../../recipe/search.js";
import { initSchema } from "../../recipe/weights.js";
import type { RunContext, StepContext } from "../../task/task.js";
import { checkLargestFirst } from "../../training/largest-first.js";
import { checkMixing } from "../shared/augmentation.settings.js";
import { checkCandidates, checkTraining } from "../shared/check-training.js";
import {
  classifierSupernetSchema,
  classifierTrainingSchema,
} from "../shared/classifier-training.settings.js";
import { heldOutClassificationSchema } from "../shared/data.settings.js";
import { checkTrainedOn, type TrainedOn, trainedOnSchema } from "../shared/trained-on.settings.js";

const searchSchema = z
  .strictObject({
    ...candidatesShape(Object.keys(resourceShape)),
    constraints: z
      .strictObject(resourceShape)
      .describe(
        "Limits of every candidate. They are of the complete classifier, for one image of `classification.imageSize`, or " +
          "of the candidate's own size if that is a list.",
      ),
    latency: searchLatencySchema,
    batchNorm: recalibrationSchema
      .nullable()
      .describe(
        "Recomputation of the batch-norm statistics of each candidate. `null` if and only if the space has no batch-norm.",
      ),
    batchSize: count.describe("Number of images in a forward pass."),
    images: count
      .nullable()
      .describe("Number of held-out images that score a candidate, a random sample. `null` uses all."),
  })
  .superRefine(crossFieldCheck(checkSearch));

const retrainSchema = classifierTrainingSchema.safeExtend({
  start: z
    .enum(["inherited", "scratch"])
    .describe("Initial weights of the found subnet: `inherited` from the supernet, or random (`scratch`)."),
});

const testSchema = z.strictObject({
  batchSize: count.describe("Number of images in a forward pass."),
  images: count.nullable().describe("Number of test images, a random sample. `null` uses all."),
  randomSubnets: randomSubnetsSchema,
  sampleImages: z.int().min(0).describe("Number of test images that the report shows with their classes."),
});

/** Steps of a search for a classifier, in order. */
const stepsSchema = z
  .strictObject({
    train: classifierSupernetSchema.describe("1. Trains the supernet to classify."),
    search: searchSchema.describe(
      "2. Searches the subnet with the highest accuracy, with the supernet's weights.",
    ),
    calibrate: calibrateSchema(retrainSchema)
      .nullable()
      .default(null)
      .describe(
        "Trains some candidates of the search alone, and corrects the scores of all others by what this shows. `null` keeps " +
          "the scores with the supernet's weights.",
      ),
    retrain: retrainSchema
      .safeExtend({ init: initSchema, data: trainedOnSchema })
      .nullable()
      .describe("3. Trains the found subnet alone. `null` keeps its weights of the supernet."),
    test: testSchema.describe(
      "4. Tests the found subnet on the test images, with the supernet's weights and with its own.",
    ),
    compare: compareSchema
      .nullable()
      .default(null)
      .describe(
        "5. Compares the found subnet with others that are trained in the same way. Each takes a complete training. " +
          "`null` skips it.",
      ),
  })
  .superRefine(
    crossFieldCheck((steps, addIssue) => {
      const { train, calibrate, retrain, compare, search } = steps;
      if (train.init && train.sampling.largestFirst > 0)
        addIssue(["train", "sampling", "largestFirst"], "0, because init gives all subnets their weights");
      if (retrain?.init && retrain.start === "inherited")
        addIssue(["retrain", "start"], '"scratch", because init gives the weights');
      if (retrain !== null)
        checkTrainedOn(retrain, (path, expected) => addIssue(["retrain", ...path], expected));
      if (retrain?.init && compare !== null)
        addIssue(["compare"], "null, because the weights of steps.retrain.init are of one subnet");
      if (compare !== null && comparedTraining(steps) === null)
        addIssue(["compare"], "null, because the found subnet is not trained");
      checkTrained({ calibrate, compare, strategy: search.strategy }, addIssue);
    }),
  );

/** Returns the training of the networks of a comparison: that of the found subnet, or else of the candidates. */
export const comparedTraining = ({
  retrain,
  calibrate,
}: {
  readonly retrain: (RetrainRecipe & { readonly data?: TrainedOn }) | null;
  readonly calibrate: { readonly training: RetrainRecipe } | null;
}): ComparedTraining | null => {
  if (retrain === null) return calibrate?.training ?? null;
  // Candidates are always trained on the training images only, so these may be reused.
  const { data, ...training } = retrain;
  return data === "train+search" ? retrain : training;
};

export type RetrainRecipe = z.infer<typeof retrainSchema>;
/** Training of a network of a comparison. Default of `data`: `train`. */
export type ComparedTraining = RetrainRecipe & { readonly data?: TrainedOn };

/** Sections of a recipe that searches a classifier, on one dataset. */
export const settings = {
  classification: heldOutClassificationSchema.describe("Images with one label each."),
  steps: stepsSchema.describe("Settings of the steps."),
};

/** Checks the settings against each other. */
export const check = (recipe: ClassificationRecipe, addIssue: AddIssue): void =>
  checkMixing(recipe, addIssue);

/**
 * Checks the settings against the space.
 * @throws UserError if one does not fit
 */
export function checkSpace(recipe: ClassificationRecipe, space: NetworkSpace): void {
  const { train, search, calibrate, retrain, compare } = recipe.steps;
  checkTraining(space, "train", train);
  checkCandidates(space, "train", train);
  checkLargestFirst(space, train.sampling, "steps.train.sampling");
  if (retrain) checkTraining(space, "retrain", retrain);
  if (calibrate) checkTraining(space, "calibrate.training", calibrate.training);
  if (compare && compare.handMade !== null) handMadeSubnet(space, compare.handMade);
  checkSearchSpace(search, space);
  const { batchNorm } = search;
  if (hasLayer(space, "batch-norm")) {
    if (batchNorm !== null) return;
    throw new UserError(
      `steps.search.batchNorm: got null, but ${space.name} has batch-norm, whose statistics in the supernet fit no ` +
        "subnet: set the training images to compute them over, such as {images: 512, batchSize: 64}",
    );
  }
  if (batchNorm !== null) {
    throw new UserError(`steps.search.batchNorm: ${space.name} has no batch-norm: set it to null`);
  }
}

export type ClassificationRecipe = RecipeOf<"classification", typeof settings>;
export type ClassificationRecipeInput = RecipeInputOf<"classification", typeof settings>;

/** Context of the task's steps. */
export type ClassificationContext = StepContext<ClassificationRecipe>;
export type ClassificationRun = RunContext<ClassificationRecipe>;
