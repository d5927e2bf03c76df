import { type nn, optim } from "@supernet/torch";
import type { IterationSchedule } from "./schedule.js";
import type { TrainingSettings } from "./settings.js";

/** Creates a recipe's optimizer for all parameters of a model. The training sets the rate of each iteration. */
export function createOptimizer(model: nn.Module, { optimizer, lr }: TrainingSettings): optim.Optimizer {
  const groups = optim.noDecayGroups(model, optimizer.weightDecay, optimizer.noDecay);
  if (optimizer.kind === "adamw") return new optim.AdamW(groups, { lr: lr.base, betas: optimizer.betas });
  const { momentum, nesterov } = optimizer;
  return new optim.SGD(groups, { lr: lr.base, momentum, nesterov });
}

/**
 * Returns a function that computes the learning rate of an iteration: the peak, scaled linearly with the batch size,
 * times the factors of the schedule and the warm-up.
 */
export function learningRateAt(
  { lr, batchSize, schedule, warmup }: TrainingSettings,
  { iterations, milestones, warmup: warmupIterations }: IterationSchedule,
): (iteration: number) => number {
  const decay =
    schedule.kind === "linear"
      ? optim.polynomial(iterations)
      : schedule.kind === "cosine"
        ? optim.cosine(iterations, { end: schedule.endFactor })
        : optim.multiStep(milestones, { gamma: schedule.gamma });
  const factor = warmup ? optim.withWarmup(decay, warmupIterations, { start: warmup.startFactor }) : decay;
  const peak = lr.base * (batchSize / lr.batchSize);
  return (iteration) => peak * factor(iteration);
}
