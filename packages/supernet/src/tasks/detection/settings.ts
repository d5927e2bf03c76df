import { type AddIssue, count, crossFieldCheck, UserError } from "@supernet/base";
import {
  type Choice,
  chooseEach,
  type NetworkSpace,
  requireImageSize,
  requireMaps,
  type Space,
  type Subnet,
  validateSubnet,
} from "@supernet/nas";
import { detectorSchema } from "@supernet/vision/detector-settings";
import { z } from "zod";
import type { RecipeInputOf, RecipeOf } from "../../recipe/common.js";
import {
  candidatesShape,
  checkSearch,
  checkSearchSpace,
  inBatches,
  latencySchema,
  recalibrationShape,
  resourceShape,
} from "../../recipe/search.js";
import { randomCandidates } from "../../recipe/strategy.js";
import type { RunContext, StepContext } from "../../task/task.js";
import { supernetTrainingSchema, trainingSchema } from "../../training/settings.js";
import { checkMixing } from "../shared/augmentation.settings.js";
import { checkCandidates, checkTraining } from "../shared/check-training.js";
import {
  classifierSupernetSchema,
  classifierTrainingSchema,
} from "../shared/classifier-training.settings.js";
import { classificationSchema, detectionSchema } from "../shared/data.settings.js";

const batchNormSchema = z.discriminatedUnion("mode", [
  z.strictObject({ mode: z.literal("recalibrate"), ...recalibrationShape }).superRefine(inBatches),
  /** Each batch is normalised by its own statistics. */
  z.strictObject({ mode: z.literal("batch") }),
]);

/** Names of all that a search for a detector may measure: of the classifier without its last layer, and of parts. */
const RESOURCES = ["", "backbone.", "detector."].flatMap((part) =>
  Object.keys(resourceShape).map((resource) => `${part}${resource}`),
);

const partLimits = z
  .strictObject(resourceShape)
  .refine((limits) => Object.keys(limits).length > 0, "a limit, such as {flops: {max: 1e9}}");

const searchSchema = z
  .strictObject({
    ...candidatesShape(RESOURCES),
    /** Limits that every candidate meets, for one image of `input`. */
    constraints: z.strictObject({
      /** Of the classifier without its last layer. */
      ...resourceShape,
      /** Of the backbone alone. */
      backbone: partLimits.optional(),
      /** Of the whole detector, at the most that inference can ask of it. */
      detector: partLimits.optional(),
    }),
    /** What constraints and objectives on latency go by; null = there are none. */
    latency: latencySchema.nullable(),
    /** Shape (channels, height, width) for which the constraints hold. */
    input: z.tuple([count, count, count]),
    batchNorm: batchNormSchema,
    /** Images in a forward pass. */
    batchSize: count,
    /** Held-out images that score a candidate; null = all of the search split. */
    images: count.nullable(),
  })
  .superRefine(crossFieldCheck(checkSearch));

const testSchema = z.strictObject({
  /** Images in a forward pass. */
  batchSize: count,
  /** Random subnets, within the same constraints, that the found one is compared with on the supernet. */
  randomSubnets: z.int().min(0),
  /** Test images drawn into the report with their boxes. */
  sampleImages: z.int().min(0),
});

const choice = z.union([z.string(), z.number()]);

const compareSchema = z.strictObject({
  /** Random subnets that are trained alone, by which the supernet's ranking is judged; at least 2 make a ranking. */
  randomSubnets: z.int().min(0),
  /**
   * The hand-made network: the choice that it takes at every decision, such as shuffle_3x3, or its choice for each
   * decision; null = none.
   */
  handMade: z.union([choice, z.record(z.string(), choice)]).nullable(),
});

/** The steps of DetNAS in their order, the test, and the comparison. */
const stepsSchema = z
  .strictObject({
    /** 1. The supernet learns to classify. */
    pretrain: classifierSupernetSchema,
    /** 2. The supernet is fine-tuned inside the detector. */
    finetune: supernetTrainingSchema,
    /** 3. Candidates are scored by box mAP with the supernet's weights. */
    search: searchSchema,
    /** 4. The found subnet learns to classify from scratch. */
    retrain: classifierTrainingSchema,
    /** 5. The found subnet is fine-tuned inside the detector. */
    detector: trainingSchema,
    /** The detector on the test images. */
    test: testSchema,
    /** The found subnet beside others that are trained alike, which takes a training of each; null = left out. */
    compare: compareSchema.nullable(),
  })
  .superRefine(
    crossFieldCheck(({ compare, search: { strategy } }, addIssue) => {
      // A user's strategy is not loaded yet when its recipe is checked.
      if (compare === null || strategy.kind === "file") return;
      const candidates = randomCandidates(strategy);
      if (compare.randomSubnets > candidates) {
        addIssue(["compare", "randomSubnets"], `at most ${candidates}, the candidates of the random search`);
      }
    }),
  );

/** A detector that the user describes. `{ file: "my-detector.ts" }` says enough if it has no settings. */
const detectorFileSchema = z.strictObject({
  kind: z.literal("file").default("file"),
  /** A TypeScript or JavaScript file whose default export is made by `defineDetector`. */
  file: z.string().min(1),
  /** The detector's own settings. */
  settings: z.record(z.string(), z.unknown()).default({}),
});

/** Sections of a recipe that searches a backbone for object detectors, by the steps of DetNAS. */
export const settings = {
  classification: classificationSchema,
  detection: detectionSchema,
  detector: z.discriminatedUnion("kind", [...detectorSchema.options, detectorFileSchema]),
  steps: stepsSchema,
};

/** Checks the settings against each other. */
export const check = (recipe: DetectionRecipe, addIssue: AddIssue): void => checkMixing(recipe, addIssue);

/**
 * Checks the settings against the space.
 * @throws UserError if one does not fit
 */
export function checkSpace({ classification, steps }: DetectionRecipe, space: NetworkSpace): void {
  requireMaps(space);
  requireImageSize(space, classification.imageSize, "classification.imageSize");
  for (const step of ["pretrain", "finetune", "retrain", "detector"] as const)
    checkTraining(space, step, steps[step]);
  checkCandidates(space, "pretrain", steps.pretrain);
  checkSearchSpace(steps.search, space);
  const handMade = steps.compare?.handMade ?? null;
  if (handMade !== null) handMadeSubnet(space, handMade);
}

/**
 * Returns the subnet that a recipe specifies as hand-made.
 * @throws UserError if it is not in the space
 */
export function handMadeSubnet(space: Space, handMade: NonNullable<CompareRecipe["handMade"]>): Subnet {
  if (typeof handMade === "object") return validateSubnet(space, handMade, "steps.compare.handMade");
  const choice: Choice = handMade;
  return chooseEach(space, ({ name, choices }) => {
    if (choices.includes(choice)) return choice;
    throw new UserError(
      `steps.compare.handMade: ${choice} is not a choice of ${name} in ${space.name}: use one of ${choices.join(", ")}`,
    );
  });
}

export type DetectionRecipe = RecipeOf<"detection", typeof settings>;
export type DetectionRecipeInput = RecipeInputOf<"detection", typeof settings>;
export type SearchRecipe = z.infer<typeof searchSchema>;
export type CompareRecipe = z.infer<typeof compareSchema>;

/** What the steps of the task work with. */
export type DetectionContext = StepContext<DetectionRecipe>;
export type DetectionRun = RunContext<DetectionRecipe>;
