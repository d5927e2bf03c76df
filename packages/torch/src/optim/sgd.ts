import { requireBoolean, requireNumber, requireOptions } from "@supernet/base";
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

/** Options of {@link SGD}. */
export interface SgdOptions {
  /** Learning rate. */
  lr: number;
  /** Default: 0. */
  momentum?: number;
  /** Whether to use Nesterov momentum. Default: false. */
  nesterov?: boolean;
  /** Weight decay: adds weightDecay * parameter to the gradient. Groups may override it. Default: 0. */
  weightDecay?: number;
}

/**
 * Stochastic gradient descent as in PyTorch, with dampening 0. With d = gradient + weightDecay * p, it computes
 * v <- momentum * v + d, and p <- p - lr * v, or p - lr * (d + momentum * v) with Nesterov momentum.
 *
 * @example
 * const optimizer = new optim.SGD(model, { lr: 0.1, momentum: 0.9, weightDecay: 4e-5 });
 * tidy(() => nn.crossEntropy(model.forward(images), labels).backward());
 * optimizer.step();
 * optimizer.zeroGrad();
 */
export class SGD implements Optimizer {
  lr: number;
  readonly #momentum: number;
  readonly #nesterov: boolean;
  readonly #groups: readonly SlotGroup[];
  readonly #stateNames: readonly string[];

  constructor(parameters: Module | readonly ParameterGroup[], options: SgdOptions) {
    requireOptions<SgdOptions>("SGD", options, ["lr", "momentum", "nesterov", "weightDecay"]);
    const { lr, momentum = 0, nesterov = false, weightDecay = 0 } = options;
    requireNumber("SGD: lr", lr, { min: 0 });
    requireNumber("SGD: momentum", momentum, { min: 0 });
    requireBoolean("SGD: nesterov", nesterov);
    requireNumber("SGD: weightDecay", weightDecay, { min: 0 });
    if (nesterov && momentum === 0) throw new RangeError("SGD: nesterov needs a momentum above 0");
    this.lr = lr;
    this.#momentum = momentum;
    this.#nesterov = nesterov;
    this.#stateNames = momentum === 0 ? [] : ["momentum_buffer"];
    this.#groups = makeSlots(resolveGroups("SGD", parameters, weightDecay));
  }

  // Adds the terms of d separately and in place, without allocating lists of tensors.
  step(): void {
    requireNumber("SGD: lr", this.lr, { min: 0 });
    const momentum = this.#momentum;
    stepGroups(this.#groups, this.#stateNames.length, ({ slots, parameters, gradients }, group) => {
      const { weightDecay } = group;
      const lr = this.lr * group.lrScale;
      const plain = momentum === 0;
      if (!plain) {
        const velocities = slots.map(({ state }) => state[0] as Tensor);
        ops._foreachMul_(velocities, momentum);
        ops._foreachAdd_(velocities, gradients);
        if (weightDecay !== 0) ops._foreachAdd_(velocities, parameters, { alpha: weightDecay });
        if (!this.#nesterov) {
          ops._foreachAdd_(parameters, velocities, { alpha: -lr });
          return;
        }
        if (weightDecay !== 0) ops._foreachMul_(parameters, 1 - lr * weightDecay);
        ops._foreachAdd_(parameters, velocities, { alpha: -lr * momentum });
      } else if (weightDecay !== 0) ops._foreachMul_(parameters, 1 - lr * weightDecay);
      ops._foreachAdd_(parameters, gradients, { alpha: -lr });
    });
  }

  zeroGrad(): void {
    clearGradients(this.#groups);
  }

  state(): OptimizerState {
    return readState("sgd", this.#groups, this.#stateNames);
  }

  loadState(state: OptimizerState): void {
    writeState("sgd", this.#groups, this.#stateNames, state);
  }
}
