import { parseOptions, requireInstance } from "@supernet/base";
import { Tensor } from "@supernet/torch";
import { z } from "zod";
import { type Boxes, boxTensor, indexTensor } from "../boxes/boxes.js";
import { type FocalSettings, focalSchema } from "../common.settings.js";

/** ATen's number of the reduction that sums a loss. */
export const SUM = 2;

const boxLossOptionsSchema = z.strictObject({
  /** Indices of the chosen boxes, counted over all leading dimensions of the deltas. */
  indices: z.custom<readonly number[]>(Array.isArray, "an array"),
  /** 4 numbers for each chosen box. */
  targets: z.custom<Boxes>((value) => value instanceof Float32Array, "a Float32Array"),
  /** Error at which the loss turns from quadratic to linear; 0 for L1. */
  beta: z.number().min(0),
});

export type BoxLossOptions = Readonly<z.infer<typeof boxLossOptionsSchema>>;

/**
 * Computes the sum of smooth L1 over the chosen boxes (Girshick, Fast R-CNN, 2015), a scalar.
 * @param deltas [..., 4]
 */
export function boxLoss(deltas: Tensor, options: BoxLossOptions): Tensor {
  requireInstance("boxLoss: deltas", deltas, Tensor);
  const { indices, targets, beta } = parseOptions("boxLoss", boxLossOptionsSchema, options);
  return deltas
    .reshape([-1, 4])
    .indexSelect(0, indexTensor(Int32Array.from(indices), deltas.device))
    .smoothL1Loss(boxTensor(targets, deltas.device), SUM, beta);
}

/**
 * Computes the sum of the focal loss over all elements (Lin et al., Focal Loss for Dense Object Detection, 2017), a scalar:
 * with p the probability given to an element's target, and a = alpha for positives, 1 - alpha for negatives,
 *
 *     -a (1 - p)^gamma log p
 *
 * Both factors are computed from log p and log (1 - p), so that they and their gradients do not overflow or vanish.
 * @param logits any shape
 * @param targets 0 or 1, in the same shape
 */
export function focalLoss(logits: Tensor, targets: Tensor, settings: Readonly<FocalSettings>): Tensor {
  requireInstance("focalLoss: logits", logits, Tensor);
  requireInstance("focalLoss: targets", targets, Tensor);
  const { gamma, alpha } = parseOptions("focalLoss", focalSchema, settings);
  const towardsTarget = logits.mul(targets.mul(2).sub(1));
  const logMiss = towardsTarget.neg().logSigmoid();
  const crossEntropy = towardsTarget.logSigmoid().neg();
  const weights = targets.mul(2 * alpha - 1).add(1 - alpha);
  return logMiss.mul(gamma).exp().mul(crossEntropy).mul(weights).sum();
}
