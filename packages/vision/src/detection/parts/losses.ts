import { parseOptions, requireInstance } from "@supernet/base";
import { ops, Tensor } from "@supernet/torch";
import { z } from "zod";
import { type Boxes, boxTensor, indexTensor } from "../boxes/boxes.js";
import { type FocalSettings, focalSchema } from "../common.settings.js";

/** ATen's code of the reduction that sums a loss. */
export const SUM = 2;

const boxLossOptionsSchema = z.strictObject({
  /** Indices of the chosen boxes in the deltas, flattened to [n, 4]. */
  indices: z.custom<readonly number[]>(Array.isArray, "an array"),
  /** Target deltas, 4 numbers per chosen box. */
  targets: z.custom<Boxes>((value) => value instanceof Float32Array, "a Float32Array"),
  /** Error at which the loss changes from quadratic to linear. 0 is plain L1. */
  beta: z.number().min(0),
});

export type BoxLossOptions = Readonly<z.infer<typeof boxLossOptionsSchema>>;

/**
 * Computes the sum of the smooth L1 loss (https://arxiv.org/abs/1504.08083) over the chosen boxes.
 * @param deltas [..., 4]
 * @returns a scalar
 */
export function boxLoss(deltas: Tensor, options: BoxLossOptions): Tensor {
  requireInstance("boxLoss: deltas", deltas, Tensor);
  const { indices, targets, beta } = parseOptions("boxLoss", boxLossOptionsSchema, options);
  return deltas
    .reshape([-1, 4])
    .indexSelect(0, indexTensor(Int32Array.from(indices), deltas.device))
    .smoothL1Loss(boxTensor(targets, deltas.device), SUM, beta);
}

/** Keeps the quotients of areas finite. */
const MIN_AREA = 1e-7;

/**
 * Computes the sum of the GIoU loss (https://arxiv.org/abs/1902.09630) over pairs of boxes:
 *
 *     1 - IoU + (enclosing - union) / enclosing
 *
 * where `enclosing` is the area of the smallest box around both.
 * @param boxes [n, 4]
 * @param targets [n, 4]
 * @returns a scalar
 */
export function giouLoss(boxes: Tensor, targets: Tensor): Tensor {
  requireInstance("giouLoss: boxes", boxes, Tensor);
  requireInstance("giouLoss: targets", targets, Tensor);
  const low = (box: Tensor) => box.slice(-1, 0, 2);
  const high = (box: Tensor) => box.slice(-1, 2, 4);
  const area = (extent: Tensor) => extent.select(-1, 0).mul(extent.select(-1, 1));
  // Boxes that do not overlap have negative extents. ReLU also has no gradient where they touch.
  const shared = area(
    ops
      .minimum(high(boxes), high(targets))
      .sub(ops.maximum(low(boxes), low(targets)))
      .relu(),
  );
  const union = area(high(boxes).sub(low(boxes)))
    .add(area(high(targets).sub(low(targets))))
    .sub(shared);
  const enclosing = area(ops.maximum(high(boxes), high(targets)).sub(ops.minimum(low(boxes), low(targets))));
  const iou = shared.div(union.add(MIN_AREA));
  const empty = enclosing.sub(union).div(enclosing.add(MIN_AREA));
  return empty.sub(iou).add(1).sum();
}

/**
 * Computes the sum of the focal loss (https://arxiv.org/abs/1708.02002) over all elements:
 *
 *     -a (1 - p)^gamma log p
 *
 * where p is the probability of the element's target, and a is alpha for positives and 1 - alpha for negatives.
 * Computes both factors from log p and log (1 - p), so neither they nor their gradients overflow or vanish.
 * @param logits tensor of any shape
 * @param targets 0 or 1, in the same shape
 * @returns a scalar
 */
export function focalLoss(logits: Tensor, targets: Tensor, settings: Readonly<FocalSettings>): Tensor {
  requireInstance("focalLoss: logits", logits, Tensor);
  requireInstance("focalLoss: targets", targets, Tensor);
  const { gamma, alpha } = parseOptions("focalLoss", focalSchema, settings);
  const towardTarget = logits.mul(targets.mul(2).sub(1));
  const logMiss = towardTarget.neg().logSigmoid();
  const crossEntropy = towardTarget.logSigmoid().neg();
  const weights = targets.mul(2 * alpha - 1).add(1 - alpha);
  return logMiss.mul(gamma).exp().mul(crossEntropy).mul(weights).sum();
}
