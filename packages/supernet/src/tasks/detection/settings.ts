import { type AddIssue, count, crossFieldCheck } from "@supernet/base";
import { type NetworkSpace, requireImageSize, requireMaps } from "@supernet/nas";
import { elasticDetectorSchema } from "@supernet/vision/detector-settings";
import { z } from "zod";
import { calibrateSchema } from "../../candidates/settings.js";
import { checkTrained, compareSchema, handMadeSubnet } from "../../compare/settings.js";
import type { RecipeInputOf, RecipeOf } from "../../recipe/common.js";
import {
  candidatesShape,
  checkSearch,
  checkSearchSpace,
  inBatches,
  measurableLatencySchema,
  randomSubnetsSchema,
  recalibrationShape,
  resourceShape,
} from "../../recipe/search.js";
import { initSchema } from "../../recipe/weights.js";
import type { RunContext, StepContext } from "../../task/task.js";
import { checkLargestFirst } from "../../training/largest-first.js";
import { supernetTrainingSchema, trainingSchema } from "../../training/settings.js";
import { checkMixing } from "../shared/augmentation.settings.js";
import { checkCandidates, checkTraining } from "../shared/check-training.js";
import {
  classifierSupernetSchema,
  classifierTrainingSchema,
} from "../shared/classifier-training.settings.js";
import { classificationSchema, detectionSchema } from "../shared/data.settings.js";
import { checkTrainedOn, trainedOnSchema } from "../shared/trained-on.settings.js";
import { parseBudget } from "./budget.js";
import { freezeSchema } from "./freeze.settings.js";

const batchNormSchema = z.discriminatedUnion("mode", [
  z
    .strictObject({ mode: z.literal("recalibrate"), ...recalibrationShape })
    .superRefine(inBatches)
    .describe("Recomputes the statistics of each candidate on training images."),
  z.strictObject({ mode: z.literal("batch") }).describe("Normalizes each batch with its own statistics."),
]);

/** Resources that a search for a detector may measure: of the classifier without its last layer, and of parts. */
const RESOURCES = ["", "backbone.", "detector."].flatMap((part) =>
  Object.keys(resourceShape).map((resource) => `${part}${resource}`),
);

const partLimits = z
  .strictObject(resourceShape)
  .refine((limits) => Object.keys(limits).length > 0, "a limit, such as {flops: {max: 1e9}}");

const searchSchema = z
  .strictObject({
    ...candidatesShape(RESOURCES),
    constraints: z
      .strictObject({
        ...resourceShape,
        backbone: partLimits.optional().describe("Limits of the backbone."),
        detector: partLimits
          .optional()
          .describe("Limits of the complete detector, with the maximum number of proposals."),
      })
      .describe(
        "Limits of every candidate, for one image of shape `input`. Those outside `backbone` and `detector` are of the " +
          "classifier without its last layer.",
      ),
    latency: measurableLatencySchema,
    input: z
      .tuple([count, count, count])
      .describe("Image shape that the constraints are for: channels, height and width."),
    batchNorm: batchNormSchema.describe("Batch-norm statistics of candidates."),
    batchSize: count.describe("Number of images in a forward pass."),
    images: count
      .nullable()
      .describe("Number of held-out images that score a candidate. `null` uses the complete search split."),
  })
  .superRefine(crossFieldCheck(checkSearch));

const testSchema = z.strictObject({
  batchSize: count.describe("Number of images in a forward pass."),
  randomSubnets: randomSubnetsSchema,
  sampleImages: z.int().min(0).describe("Number of test images that the report shows with their boxes."),
});

const memberTrainingSchema = trainingSchema.safeExtend({
  start: z
    .enum(["inherited", "scratch"])
    .default("inherited")
    .describe(
      "Initial weights of the detectors: `inherited` from the supernet, or random (`scratch`), to measure what the " +
        "supernet's weights are worth.",
    ),
});

const frontSchema = z.strictObject({
  members: count.describe("Maximum number of detectors, from the fastest to the most accurate."),
  finetune: memberTrainingSchema
    .nullable()
    .default(null)
    .describe("Trains each detector alone, in its own image size. `null` keeps the supernet's weights."),
});

const backboneFreezeSchema = freezeSchema
  .optional()
  .describe("Layers of the backbone that keep their weights. Default: none.");

const detectorTrainingSchema = trainingSchema.safeExtend({
  init: initSchema,
  freeze: backboneFreezeSchema,
  start: z
    .enum(["retrain", "inherited"])
    .default("retrain")
    .describe(
      "Initial weights of the found subnet: the backbone of the step `retrain` and random ones around it, or all of " +
        "them from the supernet in the detector (`inherited`).",
    ),
  data: trainedOnSchema,
});

/** Key of the training of the front's detectors in `steps`, for messages. */
export const MEMBER_TRAINING = "front.finetune";

/** Key of the training of the candidates that calibrate the scores in `steps`, for messages. */
export const CANDIDATE_TRAINING = "calibrate.training";

/** Steps of DetNAS in order, the test, and the comparison. */
const stepsSchema = z
  .strictObject({
    pretrain: classifierSupernetSchema
      .nullable()
      .describe(
        "1. Trains the supernet to classify. `null` skips it: the supernet starts in the detector, from new weights, with " +
          "aligned candidates if the space defines how.",
      ),
    finetune: supernetTrainingSchema
      .safeExtend({ init: initSchema, freeze: backboneFreezeSchema })
      .describe("2. Trains the supernet in the detector."),
    search: searchSchema.describe(
      "3. Searches the subnet with the highest box mAP, with the supernet's weights.",
    ),
    calibrate: calibrateSchema(memberTrainingSchema)
      .nullable()
      .default(null)
      .describe(
        "Trains some candidates of the search alone, and corrects the scores of all others by what this shows. `null` keeps " +
          "the scores with the supernet's weights.",
      ),
    front: frontSchema
      .nullable()
      .default(null)
      .describe(
        "Makes ready detectors of the search's front, with the supernet's weights or fine-tuned from them. `null` skips " +
          "it. It needs a strategy with objectives for more than one detector.",
      ),
    retrain: classifierTrainingSchema
      .safeExtend({ init: initSchema })
      .nullable()
      .describe(
        "4. Trains the found subnet to classify, from scratch. `null` if `detector` does not start from it.",
      ),
    detector: detectorTrainingSchema
      .nullable()
      .describe("5. Fine-tunes the found subnet in the detector. `null` keeps the supernet's weights."),
    test: testSchema.describe("6. Tests the detector on the test images."),
    compare: compareSchema
      .nullable()
      .describe(
        "7. Compares the found subnet with others that are trained in the same way. Each takes a complete training. " +
          "`null` skips it.",
      ),
  })
  .superRefine(
    crossFieldCheck((steps, addIssue) => {
      const { pretrain, finetune, calibrate, front, retrain, detector, compare, search } = steps;
      const { strategy, batchNorm } = search;
      if (retrain === null && detector?.start === "retrain" && !detector.init)
        addIssue(["detector"], "null, start: inherited or an init, because steps.retrain is null");
      if (retrain !== null && (detector?.start !== "retrain" || detector.init))
        addIssue(["retrain"], "null, because steps.detector does not start from it");
      if (detector !== null)
        checkTrainedOn(detector, (path, expected) => addIssue(["detector", ...path], expected));
      if (detector?.init && compare !== null)
        addIssue(["compare"], "null, because the weights of steps.detector.init are of one subnet");
      if (pretrain !== null && finetune.init)
        addIssue(["pretrain"], "null, because steps.finetune.init replaces its weights");
      for (const [name, training] of Object.entries({ pretrain, finetune }))
        if (training?.init && training.sampling.largestFirst > 0)
          addIssue([name, "sampling", "largestFirst"], "0, because init gives all subnets their weights");
      if (detector === null && front === null)
        addIssue(
          ["front"],
          "{members: 8}, because the found subnet is not trained: the front has its weights",
        );
      if (compare !== null && detector === null && memberTraining({ front, calibrate }) === null)
        addIssue(["compare"], "null, because the found subnet is not trained");
      if (front !== null && batchNorm.mode !== "recalibrate")
        addIssue(
          ["front"],
          "null, because candidates have no batch-norm statistics of their own: set batchNorm.mode",
        );
      checkTrained({ calibrate, compare, strategy }, addIssue);
    }),
  );

const detectorFileSchema = z
  .strictObject({
    kind: z.literal("file").default("file"),
    file: z
      .string()
      .min(1)
      .describe("TypeScript or JavaScript file whose default export is a detector. See `defineDetector`."),
    settings: z.record(z.string(), z.unknown()).default({}).describe("Settings of the detector."),
  })
  .describe("Your own detector. `{ file: my-detector.ts }` is enough if it has no settings.");

/** Sections of a recipe that searches a backbone for object detectors, with the steps of DetNAS. */
export const settings = {
  classification: classificationSchema
    .nullable()
    .describe("Images with one label each. `null` if no step uses them."),
  detection: detectionSchema.describe("Images with boxes."),
  detector: z
    .discriminatedUnion("kind", [...elasticDetectorSchema.options, detectorFileSchema])
    .describe(
      "Detector that the searched backbone is part of. Sizes that are lists of choices are searched too.",
    ),
  budget: z
    .string()
    .refine((text) => parseBudget(text) !== undefined, "milliseconds, such as 20ms")
    .nullable()
    .default(null)
    .describe(
      "Maximum latency of the detector, such as `20ms`. It limits the search (`detector.latency`), and the front's most " +
        "accurate detector within it is the result. `null` for no limit.",
    ),
  steps: stepsSchema.describe("Settings of the steps."),
};

/** Returns the limits of the search, with that of the budget. */
export function limits({ budget, steps }: DetectionRecipe): object {
  const { constraints } = steps.search;
  if (budget === null) return constraints;
  const { latency, ...others } = constraints.detector ?? {};
  const max = Math.min(parseBudget(budget)!, latency?.max ?? Number.POSITIVE_INFINITY);
  return { ...constraints, detector: { ...others, latency: { ...latency, max } } };
}

/** Checks the settings against each other. */
export function check(recipe: DetectionRecipe, addIssue: AddIssue): void {
  checkMixing(recipe, addIssue);
  const { budget, classification, detector, steps } = recipe;
  if (budget !== null && steps.search.latency === null)
    addIssue(["steps", "search", "latency"], "{measure: onnxruntime}, because the budget limits the latency");
  const labeled = [
    ...(["pretrain", "retrain"] as const).filter((step) => steps[step] !== null),
    ...(steps.search.prefilter === null ? [] : ["search.prefilter"]),
  ].map((key) => `steps.${key}`);
  if (classification === null && labeled.length > 0)
    addIssue(
      ["classification"],
      `images with labels, used by ${labeled.join(" and ")} (or null for these too)`,
    );
  if (classification !== null && labeled.length === 0)
    addIssue(["classification"], "null, because no step uses images with labels");
  const { sampling } = steps.finetune;
  if (detector.kind === "file" && sampling.kind === "sandwich" && sampling.distillation)
    addIssue(
      ["steps", "finetune", "sampling", "distillation"],
      "false, because a detector from a file does not support it",
    );
  if (detector.kind === "file" && steps.front !== null)
    addIssue(["steps", "front"], "null, because a detector from a file cannot be exported");
}

/**
 * Checks the settings against the space.
 * @throws UserError if one does not fit
 */
export function checkSpace({ classification, steps }: DetectionRecipe, space: NetworkSpace): void {
  requireMaps(space);
  if (classification) requireImageSize(space, classification.imageSize, "classification.imageSize");
  for (const step of ["pretrain", "finetune", "retrain", "detector"] as const) {
    const training = steps[step];
    if (training) checkTraining(space, step, training);
  }
  if (steps.front?.finetune) checkTraining(space, MEMBER_TRAINING, steps.front.finetune);
  if (steps.calibrate) checkTraining(space, CANDIDATE_TRAINING, steps.calibrate.training);
  if (steps.pretrain) {
    checkCandidates(space, "pretrain", steps.pretrain);
  }
  for (const step of ["pretrain", "finetune"] as const)
    checkLargestFirst(space, steps[step]?.sampling, `steps.${step}.sampling`);
  checkSearchSpace(steps.search, space);
  const handMade = steps.compare?.handMade ?? null;
  if (handMade !== null) handMadeSubnet(space, handMade);
}

/** Returns the number of images that the batch-norm statistics of a candidate are recomputed on. */
export const recalibratedImages = ({ steps }: DetectionRecipe): number =>
  steps.search.batchNorm.mode === "recalibrate" ? steps.search.batchNorm.images : 0;

type Steps = DetectionRecipe["steps"];

/** Returns the training of the front's members alone. Null if they have the supernet's weights. */
export const memberTraining = ({
  front,
  calibrate,
}: Pick<Steps, "front" | "calibrate">): MemberTrainingRecipe | null =>
  front?.finetune ?? calibrate?.training ?? null;

/**
 * Returns the training of the networks of a comparison. Null if the steps `retrain` and `detector` train the found subnet:
 * then these train all others too.
 */
export const comparedTraining = (steps: Steps): MemberTrainingRecipe | null =>
  steps.detector === null ? memberTraining(steps) : null;

export type DetectionRecipe = RecipeOf<"detection", typeof settings>;
export type DetectionRecipeInput = RecipeInputOf<"detection", typeof settings>;
export type SearchRecipe = z.infer<typeof searchSchema>;
export type FrontRecipe = z.infer<typeof frontSchema>;
export type MemberTrainingRecipe = z.infer<typeof memberTrainingSchema>;

/** Context of the task's steps. */
export type DetectionContext = StepContext<DetectionRecipe>;
export type DetectionRun = RunContext<DetectionRecipe>;
