import { requireInteger, requireNumber, requireOneOf } from "@supernet/base";
import { ops, type Tensor } from "../engine/index.js";

/** One loss an element, their mean, or their sum. */
export type Reduction = "none" | "mean" | "sum";

const REDUCTIONS = { none: 0, mean: 1, sum: 2 } as const satisfies Record<Reduction, number>;

function reductionCode(name: string, reduction: Reduction): number {
  requireOneOf(`${name}: reduction`, reduction, Object.keys(REDUCTIONS));
  return REDUCTIONS[reduction];
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
  const { weight, reduction = "mean", ignoreIndex = -100, labelSmoothing = 0 } = options;
  requireInteger("crossEntropy: ignoreIndex", ignoreIndex);
  requireNumber("crossEntropy: labelSmoothing", labelSmoothing, { min: 0, max: 1 });
  const code = reductionCode("crossEntropy", reduction);
  return ops.crossEntropyLoss(logits, target, weight, code, ignoreIndex, labelSmoothing);
}

/** d^2 / (2 beta) where |d| < beta, else |d| - beta / 2, with d = input - target. Girshick, Fast R-CNN, 2015. */
export function smoothL1(
  input: Tensor,
  target: Tensor,
  options: { beta?: number; reduction?: Reduction } = {},
): Tensor {
  const { beta = 1, reduction = "mean" } = options;
  requireNumber("smoothL1: beta", beta, { min: 0 });
  return ops.smoothL1Loss(input, target, reductionCode("smoothL1", reduction), beta);
}

/** Binary cross entropy of sigmoid(logits) against targets in [0, 1] of the same shape. */
export function binaryCrossEntropyWithLogits(
  logits: Tensor,
  target: Tensor,
  options: { weight?: Tensor; positiveWeight?: Tensor; reduction?: Reduction } = {},
): Tensor {
  const { weight, positiveWeight, reduction = "mean" } = options;
  const code = reductionCode("binaryCrossEntropyWithLogits", reduction);
  return ops.binaryCrossEntropyWithLogits(logits, target, weight, positiveWeight, code);
}
