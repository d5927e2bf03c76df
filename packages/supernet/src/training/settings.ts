import { count, crossFieldCheck, positive } from "@supernet/base";
import { z } from "zod";
import { samplingSchema } from "./sampling.settings.js";

const decay = {
  weightDecay: z
    .number()
    .min(0)
    .describe(
      "Weight decay: an L2 penalty on the weights (`sgd`), or decoupled from the gradient (`adamw`).",
    ),
  noDecay: z
    .array(z.enum(["bias", "norm", "depthwise", "token", "position"]))
    .refine((kinds) => new Set(kinds).size === kinds.length, "each kind once")
    .describe("Kinds of parameters without weight decay. `[]` if `weightDecay` is 0."),
};

const decayed = crossFieldCheck<{ weightDecay: number; noDecay: readonly string[] }>(
  (optimizer, addIssue) => {
    if (optimizer.weightDecay === 0 && optimizer.noDecay.length > 0)
      addIssue(["noDecay"], "[], because weightDecay is 0");
  },
);

const optimizerSchema = z.discriminatedUnion("kind", [
  z
    .strictObject({
      kind: z.literal("sgd"),
      momentum: z.number().min(0).lt(1).describe("Momentum. 0 disables it."),
      nesterov: z.boolean().describe("Whether to use Nesterov momentum."),
      ...decay,
    })
    .superRefine(decayed)
    .refine(({ momentum, nesterov }) => momentum > 0 || !nesterov, {
      path: ["nesterov"],
      message: "false, because momentum is 0",
    })
    .describe("Stochastic gradient descent."),
  z
    .strictObject({
      kind: z.literal("adamw"),
      betas: z
        .tuple([z.number().min(0).lt(1), z.number().min(0).lt(1)])
        .describe("Decay rates of the running averages of the gradient and of its square."),
      ...decay,
    })
    .superRefine(decayed)
    .describe("AdamW (https://arxiv.org/abs/1711.05101)."),
]);

const scheduleSchema = z.discriminatedUnion("kind", [
  z
    .strictObject({ kind: z.literal("linear") })
    .describe("Linear decay to 0: the peak rate times 1 - t, for the completed fraction t of the training."),
  z
    .strictObject({
      kind: z.literal("cosine"),
      endFactor: z.number().min(0).lt(1).describe("Final rate, as a fraction of the peak rate."),
    })
    .describe(
      "Cosine decay: the peak rate times endFactor + (1 - endFactor) (1 + cos(pi t)) / 2, for the completed " +
        "fraction t of the training.",
    ),
  z
    .strictObject({
      kind: z.literal("multi-step"),
      milestones: z
        .array(positive)
        .min(1)
        .refine((all) => all.every((epoch, i) => i === 0 || epoch > all[i - 1]!), "rising numbers")
        .describe("Epochs after which the rate is multiplied by `gamma`, in rising order."),
      gamma: positive.lt(1).describe("Factor of the rate at each milestone."),
    })
    .describe("Multiplies the rate by `gamma` at each milestone."),
]);

const warmupSchema = z
  .strictObject({
    iterations: count.optional().describe("Length of the warmup in iterations. Set this or `epochs`."),
    epochs: positive.optional().describe("Length of the warmup in epochs. Set this or `iterations`."),
    startFactor: z.number().min(0).lt(1).describe("Initial rate, as a fraction of the scheduled rate."),
  })
  .refine(({ iterations, epochs }) => (iterations === undefined) !== (epochs === undefined), {
    message: "either iterations or epochs",
  });

/** Settings of every training. */
export const trainingShape = {
  epochs: positive.describe("Number of passes over the training images. A fraction ends within a pass."),
  batchSize: count.describe("Number of images per optimizer step, over all ranks."),
  microBatch: count
    .nullable()
    .describe(
      "Number of images per forward pass, a divisor of `batchSize`. `null` runs the whole batch at once. The gradients " +
        "of the micro-batches are averaged. Batch-norm statistics, the normalization of detection losses, mixing and " +
        "drop path are separate for each micro-batch, as for each device in data-parallel training.",
    ),
  syncBatchNorm: z
    .boolean()
    .describe(
      "Whether batch-norm uses the statistics of all ranks (SyncBN) instead of each rank's own. No effect on one rank.",
    ),
  optimizer: optimizerSchema.describe("Optimizer."),
  lr: z
    .strictObject({
      base: positive.describe("Peak learning rate at `lr.batchSize` images per step."),
      batchSize: count.describe("Batch size that `lr.base` is for."),
    })
    .describe(
      "Peak learning rate. It is scaled linearly with the batch size of the training " +
        "(https://arxiv.org/abs/1706.02677).",
    ),
  schedule: scheduleSchema.describe("Learning rate schedule."),
  warmup: warmupSchema
    .nullable()
    .describe(
      "Linear warmup of the learning rate, up to the rate of the schedule. The schedule starts at the first " +
        "iteration, not after the warmup. `null` starts at the full rate.",
    ),
  clipGradNorm: positive
    .nullable()
    .describe("Maximum 2-norm of all gradients together. `null` does not clip."),
  emaDecay: z
    .number()
    .gt(0)
    .lt(1)
    .nullable()
    .describe(
      "Decay of an exponential moving average of the weights. The averaged weights are evaluated and passed on. After " +
        "n steps, the decay is at most 1 - n^(-2/3). `null` uses the weights themselves.",
    ),
  dropPath: z
    .number()
    .gt(0)
    .lt(1)
    .nullable()
    .describe(
      "Probability that stochastic depth (https://arxiv.org/abs/1603.09382) skips a branch of the last block. It " +
        "decreases linearly toward the first block. Only for transformers. `null` disables it.",
    ),
  precision: z
    .enum(["float32", "bfloat16"])
    .describe(
      "`bfloat16` runs forward passes and losses in mixed precision, as PyTorch's autocast does. Weights, gradients, " +
        "the optimizer and evaluation stay in float32.",
    ),
  evaluateEvery: positive
    .nullable()
    .describe("Epochs between evaluations on the held-out images. `null` evaluates only at the end."),
  result: z
    .enum(["last", "best"])
    .describe("Weights that are passed on: the last ones, or those with the best evaluation."),
  checkpointEvery: count.describe("Iterations between checkpoints. Results do not depend on it."),
  keepLast: count.describe("Number of checkpoints to keep, the newest ones."),
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
      addIssue(["result"], '"last", because evaluateEvery is null: only the end is evaluated');
    }
  },
);

export const trainingSchema = z.strictObject(trainingShape).superRefine(consistent);

/** Training of a supernet. */
export const supernetTrainingSchema = z
  .strictObject({
    ...trainingShape,
    sampling: samplingSchema.describe(
      "Subnets that each training iteration runs. Their gradients are summed.",
    ),
  })
  .superRefine(consistent);

export type TrainingSettings = z.infer<typeof trainingSchema>;
export type OptimizerRecipe = z.infer<typeof optimizerSchema>;
