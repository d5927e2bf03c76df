import { fromTypedArray, nn, ops, type Tensor } from "@supernet/torch";
import type { ClassificationBatch } from "@supernet/vision";

type Labels = Pick<ClassificationBatch, "labels">;

/** Returns the labels of a batch as an int64 tensor, [n]. */
export const labelTensor = ({ labels }: Labels, device: string): Tensor =>
  fromTypedArray(labels, [labels.length], { device });

/**
 * Returns the mean cross entropy of logits, [n, classes], with a batch's labels. For mixed images it is the weighted
 * sum of the cross entropies with both labels. Cross entropy is linear in its target, so this equals the cross entropy
 * with the mixed, smoothed distribution.
 */
export function labelLoss(
  logits: Tensor,
  batch: Pick<ClassificationBatch, "labels" | "mixed">,
  labelSmoothing: number,
): Tensor {
  const { mixed } = batch;
  const crossEntropy = (labels: Labels) =>
    nn.crossEntropy(logits, labelTensor(labels, logits.device), { labelSmoothing });
  if (!mixed) return crossEntropy(batch);
  return crossEntropy(batch)
    .mul(mixed.weight)
    .add(crossEntropy(mixed).mul(1 - mixed.weight));
}

/**
 * In-place distillation (Yu and Huang, "Universally Slimmable Networks", https://arxiv.org/abs/1903.05134). The largest
 * subnet's prediction for a micro-batch is the target of the subnets that run after it. The largest subnet is not
 * trained beforehand: it learns from the labels in the same iteration. Its prediction is used without temperature and
 * without gradient.
 */
export class InPlaceTeacher {
  /** Probabilities, [n, classes], for the current micro-batch. */
  #target: Tensor | undefined;

  /**
   * Makes the prediction of the largest subnet the target of the others.
   * @param logits [n, classes]
   */
  setTarget(logits: Tensor): void {
    this.#target?.dispose();
    this.#target = ops.softmax(logits.detach(), 1).keep();
  }

  /** Returns the mean cross entropy of the target with another subnet's logits for the same images. */
  loss(logits: Tensor): Tensor {
    return nn.crossEntropy(logits, this.#target!);
  }
}
