import { ops, type Tensor } from "../engine/index.js";
import type { Module } from "../nn/module.js";
import { type ParameterGroup, resolveGroups } from "./groups.js";
import {
  clearGradients,
  makeSlots,
  type Optimizer,
  type OptimizerState,
  readState,
  type SlotGroup,
  stepGroups,
  writeState,
} from "./optimizer.js";

export interface AdamWOptions {
  lr: number;
  betas?: readonly [number, number];
  eps?: number;
  /** Shrinks each parameter by lr * weightDecay a step; 0.01 unless told, and a group may have its own. */
  weightDecay?: number;
}

const MEMORY = ["exp_avg", "exp_avg_sq"] as const;

/** Adam with decoupled weight decay, as PyTorch has it. Loshchilov and Hutter, 2019. */
export class AdamW implements Optimizer {
  lr: number;
  readonly #betas: readonly [number, number];
  readonly #eps: number;
  readonly #groups: readonly SlotGroup[];

  constructor(parameters: Module | readonly ParameterGroup[], options: AdamWOptions) {
    this.lr = options.lr;
    this.#betas = options.betas ?? [0.9, 0.999];
    this.#eps = options.eps ?? 1e-8;
    this.#groups = makeSlots(resolveGroups(parameters, options.weightDecay ?? 0.01));
  }

  // Parameters of a supernet are stepped at different times, so each has its own bias correction.
  step(): void {
    const [beta1, beta2] = this.#betas;
    stepGroups(this.#groups, MEMORY.length, ({ slots, parameters, gradients }, group) => {
      const lr = this.lr * group.lrScale;
      const means = slots.map(({ memory }) => memory[0] as Tensor);
      const squares = slots.map(({ memory }) => memory[1] as Tensor);
      if (group.weightDecay !== 0) ops._foreachMul_(parameters, 1 - lr * group.weightDecay);
      ops._foreachMul_(means, beta1);
      ops._foreachAdd_(means, gradients, { alpha: 1 - beta1 });
      ops._foreachMul_(squares, beta2);
      ops._foreachAddcmul_(squares, gradients, gradients, 1 - beta2);
      const deviations = ops._foreachSqrt(squares);
      ops._foreachDiv_(
        deviations,
        slots.map(({ steps }) => Math.sqrt(1 - beta2 ** steps)),
      );
      ops._foreachAdd_(deviations, this.#eps);
      ops._foreachAddcdiv_(
        parameters,
        means,
        deviations,
        slots.map(({ steps }) => -lr / (1 - beta1 ** steps)),
      );
    });
  }

  zeroGrad(): void {
    clearGradients(this.#groups);
  }

  state(): OptimizerState {
    return readState("adamw", this.#groups, MEMORY);
  }

  loadState(state: OptimizerState): void {
    writeState("adamw", this.#groups, MEMORY, state);
  }
}
