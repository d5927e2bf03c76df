import { count, crossFieldCheck, positive } from "@supernet/base";
import { z } from "zod";
import { samplingSchema } from "./sampling.settings.js";

const decay = {
  /** Added to the gradient as weightDecay times the weight (sgd), or taken off the weight itself (adamw). */
  weightDecay: z.number().min(0),
  /** Kinds of parameter that weight decay leaves alone. */
  noDecay: z
    .array(z.enum(["bias", "norm", "depthwise", "token", "position"]))
    .refine((kinds) => new Set(kinds).size === kinds.length, "each kind once"),
};

const decayed = crossFieldCheck<{ weightDecay: number; noDecay: readonly string[] }>(
  (optimizer, addIssue) => {
    if (optimizer.weightDecay === 0 && optimizer.noDecay.length > 0)
      addIssue(["noDecay"], "[], as weightDecay is 0");
  },
);

const optimizerSchema = z.discriminatedUnion("kind", [
  z
    .strictObject({
      kind: z.literal("sgd"),
      momentum: z.number().min(0).lt(1),
      nesterov: z.boolean(),
      ...decay,
    })
    .superRefine(decayed)
    .refine(({ momentum, nesterov }) => momentum > 0 || !nesterov, {
      path: ["nesterov"],
      message: "false, as momentum is 0",
    }),
  z
    .strictObject({
      kind: z.literal("adamw"),
      betas: z.tuple([z.number().min(0).lt(1), z.number().min(0).lt(1)]),
      ...decay,
    })
    .superRefine(decayed),
]);

const scheduleSchema = z.discriminatedUnion("kind", [
  /** rate * (1 - t), t the part of the training that is done. */
  z.strictObject({ kind: z.literal("linear") }),
  /** rate * (endFactor + (1 - endFactor) * (1 + cos(pi t)) / 2): a least rate is given as a part of the peak. */
  z.strictObject({ kind: z.literal("cosine"), endFactor: z.number().min(0).lt(1) }),
  /** The rate times gamma at each milestone, given in epochs. */
  z.strictObject({
    kind: z.literal("multi-step"),
    milestones: z
      .array(positive)
      .min(1)
      .refine((all) => all.every((epoch, i) => i === 0 || epoch > all[i - 1]!), "rising numbers"),
    gamma: positive.lt(1),
  }),
]);

/**
 * The rate rises linearly from startFactor times its value over the first iterations, or the first epochs. The
 * schedule is counted from the training's start all the same.
 */
const warmupSchema = z
  .strictObject({
    iterations: count.optional(),
    epochs: positive.optional(),
    startFactor: z.number().min(0).lt(1),
  })
  .refine(({ iterations, epochs }) => (iterations === undefined) !== (epochs === undefined), {
    message: "either iterations or epochs",
  });

/** What every training has. */
export const trainingShape = {
  /** Passes over the training images; a fraction stops within a pass. */
  epochs: positive,
  /** Images in a step of the optimiser. */
  batchSize: count,
  /**
   * Images in a forward pass, of which batchSize is a whole multiple; null = the whole batch. The gradients of a
   * batch's passes are averaged, so that the step is that of the whole batch wherever a loss is a mean over
   * images. Some things are a micro-batch's own, as they are a device's in the field's data-parallel training: the
   * statistics by which batch-norm normalises, what a detector's losses are divided by (its sampled anchors and
   * regions), which images are mixed with each other, and which branches drop path leaves out.
   */
  microBatch: count.nullable(),
  /**
   * Where several ranks share the training, whether batch-norm normalises by the images of all of them (SyncBN), as if
   * the batch were on one device, or each rank by its own. On one rank both are the same.
   */
  syncBatchNorm: z.boolean(),
  optimizer: optimizerSchema,
  /**
   * The peak learning rate is `base` for batches of `batchSize` images, and in proportion for those of the
   * training (Goyal et al., "Accurate, Large Minibatch SGD", 2017).
   */
  lr: z.strictObject({ base: positive, batchSize: count }),
  schedule: scheduleSchema,
  /** null = the full rate at once. */
  warmup: warmupSchema.nullable(),
  /** Largest 2-norm of all gradients together; null = not limited. */
  clipGradNorm: positive.nullable(),
  /**
   * Decay of the weights' exponential moving average, which then is what is evaluated and handed on; null = the
   * weights themselves. The average is over all weights, in a supernet too, where a step changes those of one
   * path. It warms up: after n steps the decay is at most 1 - n^(-2/3).
   */
  emaDecay: z.number().gt(0).lt(1).nullable(),
  /**
   * Stochastic depth (Huang et al., 2016): how often the last block's branches are left out for an image in training,
   * earlier blocks' less in proportion; null = never. For networks whose blocks can be left out, transformers.
   */
  dropPath: z.number().gt(0).lt(1).nullable(),
  /**
   * "bfloat16": forward passes and losses in mixed precision (PyTorch's autocast), with weights, gradients,
   * optimiser and evaluation in float32.
   */
  precision: z.enum(["float32", "bfloat16"]),
  /** Epochs between evaluations on the held-out images; null = at the end only. */
  evaluateEvery: positive.nullable(),
  /** The weights that are handed on: the last, or those of the evaluation with the best task metric. */
  result: z.enum(["last", "best"]),
  /** Iterations between checkpoints, which the result does not depend on. */
  checkpointEvery: count,
  /** Checkpoints kept, the newest ones. */
  keepLast: count,
};

/** Checks the settings of a training against each other. */
export const consistent = crossFieldCheck<z.infer<z.ZodObject<typeof trainingShape>>>(
  (training, addIssue) => {
    const { epochs, batchSize, microBatch, schedule, warmup, evaluateEvery, result } = training;
    if (microBatch !== null && batchSize % microBatch !== 0) {
      addIssue(["microBatch"], `a divisor of batchSize, which is ${batchSize}`);
    }
    if (schedule.kind === "multi-step" && schedule.milestones.at(-1)! >= epochs) {
      addIssue(["schedule", "milestones"], `numbers below the ${epochs} epochs of the training`);
    }
    if (warmup?.epochs !== undefined && warmup.epochs > epochs) {
      addIssue(["warmup", "epochs"], `at most the ${epochs} epochs of the training`);
    }
    if (evaluateEvery !== null && evaluateEvery >= epochs) {
      addIssue(["evaluateEvery"], `less than the ${epochs} epochs of the training, or null`);
    }
    if (evaluateEvery === null && result === "best") {
      addIssue(["result"], '"last", as evaluateEvery is null: only the end is evaluated');
    }
  },
);

export const trainingSchema = z.strictObject(trainingShape).superRefine(consistent);

/** Training of a supernet. */
export const supernetTrainingSchema = z
  .strictObject({ ...trainingShape, sampling: samplingSchema })
  .superRefine(consistent);

export type TrainingSettings = z.infer<typeof trainingSchema>;
export type OptimizerRecipe = z.infer<typeof optimizerSchema>;
