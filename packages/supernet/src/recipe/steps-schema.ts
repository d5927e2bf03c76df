import { z } from "zod";
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

const mutationsSchema = z.strictObject({
  children: count,
  /** With which a decision is drawn anew. */
  probability: positive.max(1),
  /**
   * Other probabilities of some decisions, by their name or its last part: `depth` is that of every `stages.1.depth`
   * too. Left out = none.
   */
  perDecision: z
    .record(z.string(), z.number().min(0).max(1))
    .refine((rates) => Object.keys(rates).length > 0, "a probability, such as {depth: 0.4}")
    .optional(),
});

/** Evolution search (Guo et al., 2020; Chen et al., "DetNAS", 2019). */
export const evolutionSchema = z
  .strictObject({
    kind: z.literal("evolution"),
    /** Candidates scored in a generation. */
    populationSize: count,
    /** Generations, the random first one included, which has no parents. */
    generations: z.int().min(2),
    /** Best candidates so far, kept across generations as parents. */
    topK: count,
    /** Children in a generation that are a parent with decisions drawn anew; null = none. */
    mutations: mutationsSchema.nullable(),
    /** Children in a generation that take each decision from either of two parents. */
    crossovers: z.int().min(0),
    /** Tries for a child that meets the constraints and was not scored yet; random subnets fill the rest. */
    maxTries: count,
  })
  .superRefine(
    together((evolution, refuse) => {
      const { populationSize, generations, topK, mutations, crossovers } = evolution;
      const children = (mutations?.children ?? 0) + crossovers;
      const candidates = populationSize * (generations - 1);
      if (children === 0) refuse(["crossovers"], "at least 1, as there are no mutations");
      if (children > populationSize) {
        refuse(
          ["populationSize"],
          `at least ${children}, the children by mutation and crossover of a generation`,
        );
      }
      if (topK > candidates) {
        refuse(["topK"], `at most ${candidates}, the candidates before the last generation`);
      }
      if (crossovers > 0 && topK < 2) refuse(["topK"], "at least 2, the parents of a crossover");
    }),
  );

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

const partLimits = z
  .strictObject(resourceShape)
  .refine((limits) => Object.keys(limits).length > 0, "a limit, such as {flops: {max: 1e9}}");

/** A table of latencies that `supernet latency` measured, on this machine or on another. */
export const latencySchema = z.strictObject({
  table: z.string().min(1),
  /** SHA-256 of what the table says. It is filled in when a run begins, so that a search is of one table alone. */
  content: z.string().optional(),
});

/** A limit on latency and a table go together. */
export function checkLatency(
  limited: boolean,
  latency: LatencyRecipe | null,
  refuse: (path: string[], expected: string) => void,
): void {
  if (limited && latency === null) {
    refuse(
      ["latency"],
      "{table: FILE}, as there is a limit on latency: " +
        "supernet latency --classifier|--detector RECIPE --device-table FILE measures one",
    );
  }
  if (!limited && latency !== null) refuse(["latency"], "null, as no constraint is on latency");
}

const searchSchema = z
  .strictObject({
    strategy: evolutionSchema,
    /** Limits that every candidate meets, for one image of `input`. */
    constraints: z.strictObject({
      /** Of the classifier without its last layer. */
      ...resourceShape,
      /** Of the backbone alone. */
      backbone: partLimits.optional(),
      /** Of the whole detector, at the most that inference can ask of it. */
      detector: partLimits.optional(),
    }),
    /** What the constraints on latency hold by; null = there are none. */
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
    together(({ constraints, latency }, refuse) => {
      const parts = [constraints, constraints.backbone, constraints.detector];
      checkLatency(
        parts.some((part) => part?.latency !== undefined),
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
      const candidates = strategy.populationSize * strategy.generations;
      if (compare && compare.randomSubnets > candidates) {
        refuse(["compare", "randomSubnets"], `at most ${candidates}, the candidates of the random search`);
      }
    }),
  );

export type EvolutionRecipe = z.infer<typeof evolutionSchema>;
export type SearchRecipe = z.infer<typeof searchSchema>;
export type LatencyRecipe = z.infer<typeof latencySchema>;
export type CompareRecipe = z.infer<typeof compareSchema>;
export type TestRecipe = z.infer<typeof testSchema>;
