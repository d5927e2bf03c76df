import { earlyStopSettings, prefilterSettings } from "@supernet/nas";
import { z } from "zod";
import { checkEarlyStop } from "./check-early-stop.js";
import { minimized } from "./search-length.js";
import { checkLatency, latencySchema, recalibrationSchema, resourceShape } from "./steps-schema.js";
import { strategySchema } from "./strategy-schema.js";
import { classifierTrainingSchema, pretrainSchema } from "./training-schema.js";
import { count, together } from "./values.js";

const searchSchema = z
  .strictObject({
    strategy: strategySchema(Object.keys(resourceShape)),
    /** Sorts out subnets that a strategy draws before they are scored; null = all are scored. */
    prefilter: prefilterSettings.nullable().default(null),
    /** Ends the scoring of candidates that are far from the best; null = all are scored on all images. */
    earlyStop: earlyStopSettings.nullable().default(null),
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
  .superRefine(
    together(({ constraints, strategy, latency, earlyStop }, refuse) => {
      checkEarlyStop(earlyStop, strategy, refuse);
      checkLatency([...Object.keys(constraints), ...minimized(strategy)], latency, refuse);
    }),
  );

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
export const classificationStepsSchema = z.strictObject({
  /** 1. The supernet learns to classify. */
  train: pretrainSchema,
  /** 2. Candidates are scored by accuracy with the supernet's weights; the found one's are cut out. */
  search: searchSchema,
  /** 3. The found subnet is trained alone; null = it keeps the weights that it has in the supernet. */
  retrain: retrainSchema.nullable(),
  /** 4. The found subnet, inherited and trained alone, on the test images. */
  test: testSchema,
});
