import { z } from "zod";
import { count, fraction, positive } from "./values.js";

/** Kinds of parameter that weight decay leaves alone. */
const noDecay = z.array(z.enum(["bias", "norm", "depthwise"]));

const optimizerSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("sgd"),
    momentum: z.number().min(0).lt(1),
    nesterov: z.boolean(),
    weightDecay: z.number().min(0),
    noDecay,
  }),
  z.strictObject({
    kind: z.literal("adamw"),
    betas: z.tuple([fraction, fraction]),
    weightDecay: z.number().min(0),
    noDecay,
  }),
]);

const scheduleSchema = z.discriminatedUnion("kind", [
  /** lr * (1 - t), t the part of the training that is done. */
  z.strictObject({ kind: z.literal("linear") }),
  /** lr * (1 + cos(pi t)) / 2. */
  z.strictObject({ kind: z.literal("cosine") }),
  /** lr times gamma at each milestone, given in epochs. */
  z.strictObject({
    kind: z.literal("multi-step"),
    milestones: z.array(positive),
    gamma: positive,
  }),
]);

const trainingShape = {
  /** Passes over the training images; a fraction stops within a pass. */
  epochs: positive,
  /** Images in a step of the optimiser. */
  batchSize: count,
  optimizer: optimizerSchema,
  /** Peak learning rate, for the batch size given. */
  lr: positive,
  schedule: scheduleSchema,
  /** The rate rises linearly from startFactor * lr to lr over the first iterations; 0 iterations = at once. */
  warmup: z.strictObject({ iterations: z.int().min(0), startFactor: fraction }),
  /** Largest 2-norm of all gradients together; null = not limited. */
  clipGradNorm: positive.nullable(),
  /** Epochs between evaluations on the held-out images; null = at the end only. */
  evaluateEvery: positive.nullable(),
  /** Iterations between checkpoints. */
  checkpointEvery: count,
};

const classifierTrainingSchema = z.strictObject({
  ...trainingShape,
  /** Part of the target that is spread evenly over all classes. */
  labelSmoothing: z.number().min(0).lt(1),
});

const pretrainSchema = classifierTrainingSchema.extend({
  /**
   * Whether the candidates of a choice block begin unrelated, as published, or as nearly the same function, by
   * which a short pre-training gets much further.
   */
  candidates: z.enum(["independent", "aligned"]),
});

const detectorTrainingSchema = z.strictObject(trainingShape);

const range = z
  .strictObject({ min: z.number().min(0).optional(), max: positive.optional() })
  .refine((r) => r.min === undefined || r.max === undefined || r.min <= r.max, "min at most max");

/** Evolution search (Guo et al., 2020; Chen et al., "DetNAS", 2019). */
const evolutionSchema = z.strictObject({
  kind: z.literal("evolution"),
  /** Candidates scored in a generation. */
  populationSize: count,
  /** Generations, the random first one included. */
  generations: count,
  /** Best candidates so far, kept across generations as parents. */
  topK: count,
  /** Children by mutation in a generation. */
  mutations: z.int().min(0),
  /** Probability with which a mutation draws a decision anew. */
  mutationProbability: fraction,
  /** Children by crossover in a generation. */
  crossovers: z.int().min(0),
  /** Tries for a child that meets the constraints and was not scored yet; random subnets fill the rest. */
  maxTries: count,
});

const batchNormSchema = z.discriminatedUnion("mode", [
  /** Statistics are computed anew for each candidate over this many training images. */
  z.strictObject({ mode: z.literal("recalibrate"), images: count, batchSize: count }),
  /** Each batch is normalised by its own statistics. */
  z.strictObject({ mode: z.literal("batch") }),
]);

/** Limits of one network, for one image. */
const resourceShape = {
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

const searchSchema = z.strictObject({
  strategy: evolutionSchema,
  /** Limits that every candidate meets, for one image of `input`. */
  constraints: z.strictObject({
    /** Of the classifier without its last layer. */
    ...resourceShape,
    /** Of the backbone alone. */
    backbone: z.strictObject(resourceShape).optional(),
  }),
  /** Shape (channels, height, width) for which the constraints hold. */
  input: z.tuple([count, count, count]),
  batchNorm: batchNormSchema,
  /** Images in a forward pass. */
  batchSize: count,
  /** Held-out images that score a candidate; null = all of the search split. */
  images: count.nullable(),
});

const testSchema = z.strictObject({
  /** Images in a forward pass. */
  batchSize: count,
  /** Random subnets, within the same constraints, that the found one is compared with on the supernet. */
  randomSubnets: z.int().min(0),
  /** Test images drawn into the report with their boxes. */
  sampleImages: z.int().min(0),
});

/** The steps of DetNAS in their order, and the test. */
export const stepsSchema = z.strictObject({
  /** 1. The supernet learns to classify, one uniformly drawn path an iteration. */
  pretrain: pretrainSchema,
  /** 2. The supernet is fine-tuned inside the detector, one uniformly drawn path an iteration. */
  finetune: detectorTrainingSchema,
  /** 3. Candidates are scored by box mAP with the supernet's weights. */
  search: searchSchema,
  /** 4. The found subnet learns to classify from scratch. */
  retrain: classifierTrainingSchema,
  /** 5. The found subnet is fine-tuned inside the detector. */
  detector: detectorTrainingSchema,
  /** The detector on the test images. */
  test: testSchema,
});

export type ClassifierTraining = z.infer<typeof classifierTrainingSchema>;
export type DetectorTraining = z.infer<typeof detectorTrainingSchema>;
export type OptimizerRecipe = z.infer<typeof optimizerSchema>;
export type ScheduleRecipe = z.infer<typeof scheduleSchema>;
export type SearchRecipe = z.infer<typeof searchSchema>;
export type TestRecipe = z.infer<typeof testSchema>;
