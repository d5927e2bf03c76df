import { type nn, optim } from "@supernet/torch";
import type { ClassifierTraining, DetectorTraining } from "../recipe/steps-schema.js";

export type TrainingSettings = ClassifierTraining | DetectorTraining;

/** The optimiser that a recipe asks for, over all parameters of a model. */
export function makeOptimizer(model: nn.Module, settings: TrainingSettings): optim.Optimizer {
  const { optimizer, lr } = settings;
  const groups = optim.noDecayGroups(model, optimizer.weightDecay, optimizer.noDecay);
  if (optimizer.kind === "adamw") return new optim.AdamW(groups, { lr, betas: optimizer.betas });
  return new optim.SGD(groups, { lr, momentum: optimizer.momentum, nesterov: optimizer.nesterov });
}

/** The factor on the learning rate at each iteration, warm-up included. */
export function makeSchedule(
  { schedule, warmup }: TrainingSettings,
  iterations: number,
  iterationsPerEpoch: number,
): optim.Schedule {
  const decay =
    schedule.kind === "linear"
      ? optim.polynomial(iterations)
      : schedule.kind === "cosine"
        ? optim.cosine(iterations)
        : optim.multiStep(
            schedule.milestones.map((epoch) => Math.round(epoch * iterationsPerEpoch)),
            { gamma: schedule.gamma },
          );
  return optim.withWarmup(decay, warmup.iterations, { start: warmup.startFactor });
}
