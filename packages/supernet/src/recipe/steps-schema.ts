import { earlyStopSettings, prefilterSettings } from "@supernet/nas";
import { z } from "zod";
import { checkEarlyStop } from "./check-early-stop.js";
import { minimized, randomCandidates } from "./search-length.js";
import { strategySchema } from "./strategy-schema.js";
import {
  classifierTrainingSchema,
  detectorTrainingSchema,
  finetuneSchema,
  pretrainSchema,
} from "./training-schema.js";
import { count, positive, together } from "./values.js";

const range = z
  .strictObject({ min: positive.optional(), max: positive.optional() })
  .refine((r) => r.min !== undefined || r.max !== undefined, "min, max or both")
  .refine((r) => r.min === undefined || r.max === undefined || r.min <= r.max, "min at most max");

/** Batch-norm statistics are computed anew for each candidate over this many training images. */
const recalibrationShape = { images: count, batchSize: count };

const inBatches = together<{ images: number; batchSize: number }>(({ images, batchSize }, refuse) => {
  if (batchSize > images) refuse(["batchSize"], `at most ${images}, the images`);
});

export const recalibrationSchema = z.strictObject(recalibrationShape).superRefine(inBatches);

const batchNormSchema = z.discriminatedUnion("mode", [
  z.strictObject({ mode: z.literal("recalibrate"), ...recalibrationShape }).superRefine(inBatches),
  /** Each batch is normalised by its own statistics. */
  z.strictObject({ mode: z.literal("batch") }),
]);

/** Limits of one network that are known from its shapes, for one image. */
export const estimatedShape = {
  /** Multiply-accumulates, and two operations for each element that a normalisation puts out. */
  flops: range.optional(),
  /** Multiply-accumulates alone. */
  macs: range.optional(),
  /** Number of learned parameters. */
  params: range.optional(),
  /** Elements that convolutions and linear layers put out. */
  activations: range.optional(),
  /** Most bytes in use at once: parameters, and the maps that are alive. */
  memory: range.optional(),
};

export const resourceShape = {
  ...estimatedShape,
  /** Milliseconds, as the table of `latency` predicts them. */
  latency: range.optional(),
};

/** Names of all that a search for a detector may measure: of the classifier without its last layer, and of parts. */
const RESOURCES = ["", "backbone.", "detector."].flatMap((part) =>
  Object.keys(resourceShape).map((resource) => `${part}${resource}`),
);

const partLimits = z
  .strictObject(resourceShape)
  .refine((limits) => Object.keys(limits).length > 0, "a limit, such as {flops: {max: 1e9}}");

/** A table of latencies that `supernet latency` measured, on this machine or on another. */
export const latencySchema = z.strictObject({
  table: z.string().min(1),
  /** SHA-256 of what the table says. It is filled in when a run begins, so that a search is of one table alone. */
  content: z.string().optional(),
});

/**
 * A table of latencies is there exactly where it is used.
 * @param asked names of the resources that are limited or objectives
 */
export function checkLatency(
  asked: readonly string[],
  latency: LatencyRecipe | null,
  refuse: (path: string[], expected: string) => void,
): void {
  const used = asked.some((name) => /(^|\.)latency$/.test(name));
  if (used && latency === null) {
    refuse(
      ["latency"],
      "{table: FILE}, as latency is limited or an objective: " +
        "supernet latency --classifier|--detector RECIPE --device-table FILE measures one",
    );
  }
  if (!used && latency !== null) refuse(["latency"], "null, as no constraint and no objective is on latency");
}

const searchSchema = z
  .strictObject({
    strategy: strategySchema(RESOURCES),
    /** Sorts out subnets that a strategy draws before they are scored; null = all are scored. */
    prefilter: prefilterSettings.nullable().default(null),
    /** Ends the scoring of candidates that are far from the best; null = all are scored on all images. */
    earlyStop: earlyStopSettings.nullable().default(null),
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
  .superRefine(
    together(({ constraints, strategy, latency, earlyStop }, refuse) => {
      checkEarlyStop(earlyStop, strategy, refuse);
      const parts = [constraints, constraints.backbone, constraints.detector];
      checkLatency(
        [...parts.flatMap((part) => Object.keys(part ?? {})), ...minimized(strategy)],
        latency,
        refuse,
      );
    }),
  );

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
export const detectionStepsSchema = z
  .strictObject({
    /** 1. The supernet learns to classify. */
    pretrain: pretrainSchema,
    /** 2. The supernet is fine-tuned inside the detector. */
    finetune: finetuneSchema,
    /** 3. Candidates are scored by box mAP with the supernet's weights. */
    search: searchSchema,
    /** 4. The found subnet learns to classify from scratch. */
    retrain: classifierTrainingSchema,
    /** 5. The found subnet is fine-tuned inside the detector. */
    detector: detectorTrainingSchema,
    /** The detector on the test images. */
    test: testSchema,
    /** The found subnet beside others that are trained alike, which takes a training of each; null = left out. */
    compare: compareSchema.nullable(),
  })
  .superRefine(
    together(({ compare, search: { strategy } }, refuse) => {
      const candidates = randomCandidates(strategy);
      if (compare && compare.randomSubnets > candidates) {
        refuse(["compare", "randomSubnets"], `at most ${candidates}, the candidates of the random search`);
      }
    }),
  );

export type SearchRecipe = z.infer<typeof searchSchema>;
export type LatencyRecipe = z.infer<typeof latencySchema>;
export type CompareRecipe = z.infer<typeof compareSchema>;
export type TestRecipe = z.infer<typeof testSchema>;
