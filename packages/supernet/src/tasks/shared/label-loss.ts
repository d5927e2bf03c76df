import { fromTypedArray, nn, type Tensor } from "@supernet/torch";
import type { ClassificationBatch } from "@supernet/vision";

type Labels = Pick<ClassificationBatch, "labels">;

/** [n], int64. */
export const labelTensor = ({ labels }: Labels, device: string): Tensor =>
  fromTypedArray(labels, [labels.length], { device });

/**
 * The mean cross entropy of logits [n, classes] and a batch's labels. Of mixed images it is the weighted sum of that
 * of either label, which is that of the mixed, smoothed distribution: cross entropy is linear in its target.
 */
export function labelLoss(
  logits: Tensor,
  batch: Pick<ClassificationBatch, "labels" | "mixed">,
  labelSmoothing: number,
): Tensor {
  const { mixed } = batch;
  const lossOf = (of: Labels) => nn.crossEntropy(logits, labelTensor(of, logits.device), { labelSmoothing });
  if (!mixed) return lossOf(batch);
  return lossOf(batch)
    .mul(mixed.weight)
    .add(lossOf(mixed).mul(1 - mixed.weight));
}
