import { noGrad, tidy } from "@supernet/torch";
import type { ClassificationBatch } from "@supernet/vision";
import { imageTensor } from "../../training/batches.js";
import type { Classifier } from "../shared/classifier-training.js";
import type { Prediction } from "./results.js";

/** Number of classes in a prediction, for top-5 accuracy. */
export const BEST = 5;

/** Runs a classifier on images. */
export async function predict(
  model: Classifier,
  batches: AsyncIterable<ClassificationBatch>,
  device: string,
): Promise<Prediction[]> {
  model.eval();
  const predictions: Prediction[] = [];
  for await (const batch of batches) {
    const best = noGrad(() =>
      tidy(() => {
        const logits = model.forward(imageTensor(batch, device));
        const [, indices] = logits.topk(Math.min(BEST, logits.shape[1]!), 1);
        return indices.toArray() as number[][];
      }),
    );
    for (const [i, id] of batch.ids.entries())
      predictions.push({ id, label: Number(batch.labels[i]), best: best[i]! });
  }
  return predictions;
}

/** Whether the best class of a prediction is the true one. */
export const isCorrect = ({ best, label }: Prediction): boolean => best[0] === label;
