import { type AddIssue, count, crossFieldCheck, UserError } from "@supernet/base";
import { hasLayer, type NetworkSpace, requireImageSize } from "@supernet/nas";
import { z } from "zod";
import type { RecipeInputOf, RecipeOf } from "../../recipe/common.js";
import {
  candidatesShape,
  checkSearch,
  checkSearchSpace,
  latencySchema,
  recalibrationSchema,
  resourceShape,
} from "../../recipe/search.js";
import type { RunContext, StepContext } from "../../task/task.js";
import { checkMixing } from "../shared/augmentation.settings.js";
import { checkCandidates, checkTraining } from "../shared/check-training.js";
import {
  classifierSupernetSchema,
  classifierTrainingSchema,
} from "../shared/classifier-training.settings.js";
import { heldOutClassificationSchema } from "../shared/data.settings.js";

const searchSchema = z
  .strictObject({
    ...candidatesShape(Object.keys(resourceShape)),
    /** Limits that every candidate meets: of the whole classifier, for one image of classification.imageSize. */
    constraints: z.strictObject(resourceShape),
    /** What a constraint or an objective on latency goes by; null = there is none. */
    latency: latencySchema.nullable(),
    /** How a candidate gets batch-norm statistics of its own; null where the space has no batch-norm. */
    batchNorm: recalibrationSchema.nullable(),
    /** Images in a forward pass. */
    batchSize: count,
    /** Held-out images that score a candidate, drawn at random from all; null = every one. */
    images: count.nullable(),
  })
  .superRefine(crossFieldCheck(checkSearch));

const retrainSchema = classifierTrainingSchema.safeExtend({
  /** The weights that the found subnet begins with: those that it has in the supernet, or new ones. */
  start: z.enum(["inherited", "scratch"]),
});

const testSchema = z.strictObject({
  /** Images in a forward pass. */
  batchSize: count,
  /** Test images, drawn at random from all; null = every one. */
  images: count.nullable(),
  /** Random subnets, within the same constraints, that the found one is compared with on the supernet. */
  randomSubnets: z.int().min(0),
  /** Test images drawn into the report with their classes. */
  sampleImages: z.int().min(0),
});

/** The steps of a search for a classifier, in their order. */
const stepsSchema = z.strictObject({
  /** 1. The supernet learns to classify. */
  train: classifierSupernetSchema,
  /** 2. Candidates are scored by accuracy with the supernet's weights; the found one's are cut out. */
  search: searchSchema,
  /** 3. The found subnet is trained alone; null = it keeps the weights that it has in the supernet. */
  retrain: retrainSchema.nullable(),
  /** 4. The found subnet, inherited and trained alone, on the test images. */
  test: testSchema,
});

/** Sections of a recipe that searches a classifier: the supernet is trained, searched and tested on one data set. */
export const settings = { classification: heldOutClassificationSchema, steps: stepsSchema };

/** Checks the settings against each other. */
export const check = (recipe: ClassificationRecipe, addIssue: AddIssue): void =>
  checkMixing(recipe, addIssue);

/**
 * Checks the settings against the space.
 * @throws UserError if one does not fit
 */
export function checkSpace(recipe: ClassificationRecipe, space: NetworkSpace): void {
  requireImageSize(space, recipe.classification.imageSize, "classification.imageSize");
  const { train, search, retrain } = recipe.steps;
  checkTraining(space, "train", train);
  checkCandidates(space, "train", train);
  if (retrain) checkTraining(space, "retrain", retrain);
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

/** What the steps of the task work with. */
export type ClassificationContext = StepContext<ClassificationRecipe>;
export type ClassificationRun = RunContext<ClassificationRecipe>;
