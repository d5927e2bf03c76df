import { requireInstance, requireInteger, requireNumber, requireOneOf, requireOptions } from "@supernet/base";
import { ops, Tensor } from "../engine/index.js";

/** Reduction of the losses: one loss per element, their mean or their sum. */
export type Reduction = "none" | "mean" | "sum";

const REDUCTIONS = { none: 0, mean: 1, sum: 2 } as const satisfies Record<Reduction, number>;

function reductionCode(name: string, reduction: Reduction): number {
  requireOneOf(`${name}: reduction`, reduction, Object.keys(REDUCTIONS));
  return REDUCTIONS[reduction];
}

function requireTensors(name: string, tensors: Readonly<Record<string, Tensor>>): void {
  for (const [key, tensor] of Object.entries(tensors)) requireInstance(`${name}: ${key}`, tensor, Tensor);
}

/** Options of {@link crossEntropy}. */
export interface CrossEntropyOptions {
  /** Weight of each class, [C]. Default: 1. */
  weight?: Tensor;
  /** Default: "mean". */
  reduction?: Reduction;
  /** Target value that is ignored. Default: -100. */
  ignoreIndex?: number;
  /**
   * Fraction of the target's probability that is spread over all classes. Default: 0.
   * See [Szegedy et al.](https://arxiv.org/abs/1512.00567), 2016.
   */
  labelSmoothing?: number;
}

/**
 * Computes the cross entropy, -log softmax(logits)[target].
 *
 * @example
 * const loss = nn.crossEntropy(model.forward(images), labels, { labelSmoothing: 0.1 });
 *
 * @param logits [N, C, ...]
 * @param target int64 [N, ...], or probabilities of the logits' shape
 */
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

/** Options of {@link smoothL1}. */
export interface SmoothL1Options {
  /** Absolute difference at which the loss changes from quadratic to linear. Default: 1. */
  beta?: number;
  /** Default: "mean". */
  reduction?: Reduction;
}

/**
 * Computes the smooth L1 loss: d^2 / (2 beta) if |d| < beta, otherwise |d| - beta / 2, with d = input - target.
 * See [Girshick, Fast R-CNN](https://arxiv.org/abs/1504.08083), 2015.
 */
export function smoothL1(input: Tensor, target: Tensor, options: SmoothL1Options = {}): Tensor {
  requireTensors("smoothL1", { input, target });
  requireOptions<SmoothL1Options>("smoothL1", options, ["beta", "reduction"]);
  const { beta = 1, reduction = "mean" } = options;
  requireNumber("smoothL1: beta", beta, { min: 0 });
  return ops.smoothL1Loss(input, target, reductionCode("smoothL1", reduction), beta);
}

/** Options of {@link binaryCrossEntropyWithLogits}. */
export interface BinaryCrossEntropyOptions {
  /** Weight of each element. Default: 1. */
  weight?: Tensor;
  /** Weight of the positive targets. Default: 1. */
  positiveWeight?: Tensor;
  /** Default: "mean". */
  reduction?: Reduction;
}

/** Computes the binary cross entropy between sigmoid(logits) and targets in [0, 1] of the same shape. */
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
