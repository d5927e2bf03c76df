import type { Subnet } from "@supernet/nas";
import { recalibrateBatchNorm, type WeightSharing } from "@supernet/nas/supernet";
import { noGrad, tidy } from "@supernet/torch";
import type { ClassificationBatch } from "@supernet/vision";
import type { ClassifierTraining } from "../recipe/training-schema.js";
import type { Classifier } from "../steps/common/architecture.js";
import { type BatchSource, imageTensor, ReusableBatches } from "./batches.js";
import type { LoopHost } from "./host.js";
import { labelLoss, labelTensor } from "./label-loss.js";
import { activating, type PathAt } from "./paths.js";
import { CALIBRATION_BATCHES } from "./probes.js";
import { train } from "./train.js";

export interface ClassifierData {
  readonly train: BatchSource<ClassificationBatch>;
  /** Held-out images, without augmentation. */
  readonly val: AsyncIterable<ClassificationBatch>;
}

/** Trains a stand-alone classifier; its evaluation figures are those of `classifierFigures`. */
export async function trainClassifier(
  model: WeightSharing<Classifier>,
  settings: ClassifierTraining,
  data: ClassifierData,
  device: string,
  host: LoopHost,
): Promise<void> {
  await fit(model, settings, data, device, host, () => classifierFigures(model, data.val, device));
}

/**
 * Trains a supernet, one path an iteration (Guo et al., 2020). Evaluation is the mean over a few fixed paths,
 * each with its own batch-norm statistics.
 * @param pathAt the subnet that an iteration trains
 * @param probes the subnets that are evaluated
 */
export async function trainClassifierSupernet(
  model: WeightSharing<Classifier>,
  settings: ClassifierTraining,
  data: ClassifierData,
  device: string,
  host: LoopHost,
  paths: { readonly pathAt: PathAt; readonly probes: readonly Subnet[] },
): Promise<void> {
  const calibration = new ReusableBatches(() => microBatches(data.train.train(0, CALIBRATION_BATCHES)));
  const evaluate = async () => {
    const accuracies: number[] = [];
    for (const subnet of paths.probes) {
      model.activate(subnet);
      await recalibrateBatchNorm(model, calibration, (batch) => model.forward(imageTensor(batch, device)));
      accuracies.push((await classifierFigures(model, data.val, device)).accuracy);
    }
    return { accuracy: accuracies.reduce((sum, value) => sum + value, 0) / accuracies.length };
  };
  await fit(model, settings, data, device, host, evaluate, activating(model, paths.pathAt));
}

async function* microBatches<Batch>(batches: AsyncIterable<readonly Batch[]>): AsyncGenerator<Batch> {
  for await (const batch of batches) yield* batch;
}

function fit(
  model: WeightSharing<Classifier>,
  settings: ClassifierTraining,
  data: ClassifierData,
  device: string,
  host: LoopHost,
  evaluate: () => Promise<Record<string, number>>,
  activate?: PathAt,
): Promise<void> {
  const { labelSmoothing } = settings;
  return train(
    {
      model,
      settings,
      device,
      images: data.train.images,
      batches: (from, to) => data.train.train(from, to),
      activate,
      losses: (batch: ClassificationBatch) => {
        const logits = model.forward(imageTensor(batch, device));
        return { lossClassification: labelLoss(logits, batch, labelSmoothing) };
      },
      evaluate,
      metric: "accuracy",
    },
    host,
  );
}

/** The part of images whose best-scored class is right. */
export async function classifierFigures(
  model: Classifier,
  batches: AsyncIterable<ClassificationBatch>,
  device: string,
): Promise<{ accuracy: number }> {
  model.eval();
  let right = 0;
  let all = 0;
  for await (const batch of batches) {
    right += noGrad(() =>
      tidy(() => {
        const best = model.forward(imageTensor(batch, device)).argmax(1);
        return best.eq(labelTensor(batch, device)).sum().item();
      }),
    );
    all += batch.labels.length;
  }
  return { accuracy: right / all };
}
