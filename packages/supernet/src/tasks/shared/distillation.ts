import { nn, ops, type Tensor } from "@supernet/torch";

/**
 * In-place distillation (Yu and Huang, "Universally Slimmable Networks", ICCV 2019): what the largest subnet predicts
 * for a micro-batch is the target of those that come after it. It is no teacher that was trained before: it learns
 * from the labels in the same iteration, and its prediction is taken as it is, without temperature or gradient.
 */
export class InPlaceTeacher {
  /** Probabilities, [n, classes]; of one micro-batch at a time, so that nothing is carried along. */
  #prediction: Tensor | undefined;

  /** @param logits of the largest subnet, [n, classes] */
  predict(logits: Tensor): void {
    this.#prediction?.dispose();
    this.#prediction = ops.softmax(logits.detach(), 1).keep();
  }

  /** Mean cross entropy of another subnet's logits for the same images with the prediction. */
  loss(logits: Tensor): Tensor {
    return nn.crossEntropy(logits, this.#prediction!);
  }
}
