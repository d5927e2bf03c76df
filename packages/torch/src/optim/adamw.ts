import { requireNumber, requireOptions } from "@supernet/base";
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

/** Options of {@link AdamW}. */
export interface AdamWOptions {
  /** Learning rate. */
  lr: number;
  /** Decay rates of the gradient's mean and of its square's. Default: [0.9, 0.999]. */
  betas?: readonly [number, number];
  /** Added to the denominator. Default: 1e-8. */
  eps?: number;
  /** Weight decay: shrinks each parameter by lr * weightDecay per step. Groups may override it. Default: 0.01. */
  weightDecay?: number;
}

const STATE_NAMES = ["exp_avg", "exp_avg_sq"] as const;

/**
 * Adam with decoupled weight decay, as in PyTorch.
 * See [Loshchilov and Hutter](https://arxiv.org/abs/1711.05101), 2019.
 *
 * @example
 * const optimizer = new optim.AdamW(model, { lr: 1e-3, weightDecay: 0.05 });
 */
export class AdamW implements Optimizer {
  lr: number;
  readonly #betas: readonly [number, number];
  readonly #eps: number;
  readonly #groups: readonly SlotGroup[];

  constructor(parameters: Module | readonly ParameterGroup[], options: AdamWOptions) {
    requireOptions<AdamWOptions>("AdamW", options, ["lr", "betas", "eps", "weightDecay"]);
    const { lr, betas = [0.9, 0.999], eps = 1e-8, weightDecay = 0.01 } = options;
    requireNumber("AdamW: lr", lr, { min: 0 });
    if (!Array.isArray(betas) || betas.length !== 2) throw new TypeError("AdamW: betas must be two numbers");
    for (const beta of betas) requireNumber("AdamW: betas", beta, { min: 0, below: 1 });
    requireNumber("AdamW: eps", eps, { min: 0 });
    requireNumber("AdamW: weightDecay", weightDecay, { min: 0 });
    this.lr = lr;
    this.#betas = betas;
    this.#eps = eps;
    this.#groups = makeSlots(resolveGroups("AdamW", parameters, weightDecay));
  }

  // A supernet's parameters take different numbers of steps, so each has its own bias correction.
  step(): void {
    requireNumber("AdamW: lr", this.lr, { min: 0 });
    const [beta1, beta2] = this.#betas;
    stepGroups(this.#groups, STATE_NAMES.length, ({ slots, parameters, gradients }, group) => {
      const lr = this.lr * group.lrScale;
      const means = slots.map(({ state }) => state[0] as Tensor);
      const squares = slots.map(({ state }) => state[1] as Tensor);
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
    return readState("adamw", this.#groups, STATE_NAMES);
  }

  loadState(state: OptimizerState): void {
    writeState("adamw", this.#groups, STATE_NAMES, state);
  }
}
