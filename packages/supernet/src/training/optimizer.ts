import { type nn, optim } from "@supernet/torch";
import type { TrainingSettings } from "../recipe/training-schema.js";
import type { Length } from "./length.js";

/** The optimiser that a recipe asks for, over all parameters of a model. Its rate is set at each iteration. */
export function makeOptimizer(model: nn.Module, { optimizer, lr }: TrainingSettings): optim.Optimizer {
  const groups = optim.noDecayGroups(model, optimizer.weightDecay, optimizer.noDecay);
  if (optimizer.kind === "adamw") return new optim.AdamW(groups, { lr: lr.base, betas: optimizer.betas });
  const { momentum, nesterov } = optimizer;
  return new optim.SGD(groups, { lr: lr.base, momentum, nesterov });
}

/** The learning rate of each iteration: the peak, scaled linearly with the batch, times schedule and warm-up. */
export function learningRate(
  { lr, batchSize, schedule, warmup }: TrainingSettings,
  { iterations, milestones, warmup: rising }: Length,
): (iteration: number) => number {
  const decay =
    schedule.kind === "linear"
      ? optim.polynomial(iterations)
      : schedule.kind === "cosine"
        ? optim.cosine(iterations, { end: schedule.endFactor })
        : optim.multiStep(milestones, { gamma: schedule.gamma });
  const factor = warmup ? optim.withWarmup(decay, rising, { start: warmup.startFactor }) : decay;
  const peak = lr.base * (batchSize / lr.batchSize);
  return (iteration) => peak * factor(iteration);
}
