import type { Tensor } from "@supernet/torch";
import { boxTensor, indexTensor } from "../boxes/boxes.js";

/** ATen's number for a loss that is summed. */
export const SUM = 2;

/**
 * The sum of smooth L1 over the chosen boxes (Girshick, Fast R-CNN, 2015), a scalar.
 * @param deltas [..., 4]
 * @param places of the chosen boxes, counted over all leading dimensions
 * @param targets 4 numbers for each chosen box
 * @param beta error at which the loss turns from quadratic to linear; 0 for L1
 */
export function boxLoss(
  deltas: Tensor,
  places: readonly number[],
  targets: Float32Array,
  beta: number,
): Tensor {
  return deltas
    .reshape([-1, 4])
    .indexSelect(0, indexTensor(Int32Array.from(places), deltas.device))
    .smoothL1Loss(boxTensor(targets, deltas.device), SUM, beta);
}

/**
 * The sum of the focal loss over all elements (Lin et al., Focal Loss for Dense Object Detection, 2017), a scalar:
 * with p the probability given to an element's target, and a = alpha for positives, 1 - alpha for negatives,
 *
 *     -a (1 - p)^gamma log p
 *
 * Both factors come from log p and log (1 - p), so that neither they nor their gradients overflow or vanish early.
 * @param logits of any shape
 * @param targets 0 or 1, of the same shape
 */
export function focalLoss(
  logits: Tensor,
  targets: Tensor,
  { gamma, alpha }: { readonly gamma: number; readonly alpha: number },
): Tensor {
  const towardsTarget = logits.mul(targets.mul(2).sub(1));
  const logMiss = towardsTarget.neg().logSigmoid();
  const crossEntropy = towardsTarget.logSigmoid().neg();
  const weights = targets.mul(2 * alpha - 1).add(1 - alpha);
  return logMiss.mul(gamma).exp().mul(crossEntropy).mul(weights).sum();
}
