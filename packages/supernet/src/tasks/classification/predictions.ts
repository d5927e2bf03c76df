import { noGrad, tidy } from "@supernet/torch";
import type { ClassificationBatch } from "@supernet/vision";
import { imageTensor } from "../../training/batches.js";
import type { Classifier } from "../shared/classifier-training.js";

/** What a classifier makes of one image. */
export interface Prediction {
  /** Of the image: its file, or its place in the set. */
  readonly id: string | number;
  readonly label: number;
  /** The classes with the highest scores, five at the most, the highest first. */
  readonly best: readonly number[];
}

const BEST = 5;

/** Runs a classifier over images. */
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

/** Parts of images whose class is the best guess, or among the five best. */
export interface Accuracy {
  readonly top1: number;
  /** Left out where there are no more than five classes, of which it would say nothing. */
  readonly top5?: number;
}

export function accuracyOf(predictions: readonly Prediction[], classes: number): Accuracy {
  const part = (right: (prediction: Prediction) => boolean) =>
    predictions.filter(right).length / predictions.length;
  return {
    top1: part(({ best, label }) => best[0] === label),
    ...(classes > BEST && { top5: part(({ best, label }) => best.includes(label)) }),
  };
}
