import { requireInstance, requireInteger, requireNumber, requireOneOf, requireOptions } from "@supernet/base";
import { ops, Tensor } from "../engine/index.js";

/** One loss an element, their mean, or their sum. */
export type Reduction = "none" | "mean" | "sum";

const REDUCTIONS = { none: 0, mean: 1, sum: 2 } as const satisfies Record<Reduction, number>;

function reductionCode(name: string, reduction: Reduction): number {
  requireOneOf(`${name}: reduction`, reduction, Object.keys(REDUCTIONS));
  return REDUCTIONS[reduction];
}

function requireTensors(name: string, tensors: Readonly<Record<string, Tensor>>): void {
  for (const [key, tensor] of Object.entries(tensors)) requireInstance(`${name}: ${key}`, tensor, Tensor);
}

export interface CrossEntropyOptions {
  /** One weight a class, [C]. */
  weight?: Tensor;
  reduction?: Reduction;
  /** Targets of this value do not count. Default: -100. */
  ignoreIndex?: number;
  /** Share of the target's probability that is spread over all classes. Szegedy et al., 2016. */
  labelSmoothing?: number;
}

/** -log softmax(logits)[target]; logits [N, C, ...], target int64 [N, ...] or probabilities of logits' shape. */
export function crossEntropy(logits: Tensor, target: Tensor, options: CrossEntropyOptions = {}): Tensor {
  requireTensors("crossEntropy", { logits, target });
  requireOptions<CrossEntropyOptions>("crossEntropy", options, [
    "weight",
    "reduction",
    "ignoreIndex",
    "labelSmoothing",
  ]);
  const { weight, reduction = "mean", ignoreIndex = -100, labelSmoothing = 0 } = options;
  requireInteger("crossEntropy: ignoreIndex", ignoreIndex);
  requireNumber("crossEntropy: labelSmoothing", labelSmoothing, { min: 0, max: 1 });
  const code = reductionCode("crossEntropy", reduction);
  return ops.crossEntropyLoss(logits, target, weight, code, ignoreIndex, labelSmoothing);
}

export interface SmoothL1Options {
  /** Where the square ends. Default: 1. */
  beta?: number;
  reduction?: Reduction;
}

/** d^2 / (2 beta) where |d| < beta, else |d| - beta / 2, with d = input - target. Girshick, Fast R-CNN, 2015. */
export function smoothL1(input: Tensor, target: Tensor, options: SmoothL1Options = {}): Tensor {
  requireTensors("smoothL1", { input, target });
  requireOptions<SmoothL1Options>("smoothL1", options, ["beta", "reduction"]);
  const { beta = 1, reduction = "mean" } = options;
  requireNumber("smoothL1: beta", beta, { min: 0 });
  return ops.smoothL1Loss(input, target, reductionCode("smoothL1", reduction), beta);
}

export interface BinaryCrossEntropyOptions {
  /** Weight of each element. */
  weight?: Tensor;
  /** Weight of the positive targets. */
  positiveWeight?: Tensor;
  reduction?: Reduction;
}

/** Binary cross entropy of sigmoid(logits) against targets in [0, 1] of the same shape. */
export function binaryCrossEntropyWithLogits(
  logits: Tensor,
  target: Tensor,
  options: BinaryCrossEntropyOptions = {},
): Tensor {
  requireTensors("binaryCrossEntropyWithLogits", { logits, target });
  requireOptions<BinaryCrossEntropyOptions>("binaryCrossEntropyWithLogits", options, [
    "weight",
    "positiveWeight",
    "reduction",
  ]);
  const { weight, positiveWeight, reduction = "mean" } = options;
  const code = reductionCode("binaryCrossEntropyWithLogits", reduction);
  return ops.binaryCrossEntropyWithLogits(logits, target, weight, positiveWeight, code);
}
