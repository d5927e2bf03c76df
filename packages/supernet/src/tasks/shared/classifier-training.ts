import type { Sampler, Subnet } from "@supernet/nas";
import { recalibrateBatchNorm, type WeightSharing } from "@supernet/nas/supernet";
import { type nn, noGrad, type Tensor, tidy } from "@supernet/torch";
import type { ClassificationBatch } from "@supernet/vision";
import type { LoopContext } from "../../run/loop-context.js";
import { type BatchSource, imageTensor, ReusableBatches } from "../../training/batches.js";
import { CALIBRATION_BATCHES, type SubnetSampling } from "../../training/sampling.js";
import type { ClassifierTraining } from "../../training/settings.js";
import { train } from "../../training/train.js";
import { InPlaceTeacher } from "./distillation.js";
import { labelLoss, labelTensor } from "./label-loss.js";

/** [n, 3, h, w] -> [n, classes] logits; `backbone` is what a detector takes over. */
export interface Classifier extends nn.Module {
  readonly backbone: nn.Module;
  forward(images: Tensor): Tensor;
}

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
  host: LoopContext,
  { seed }: { readonly seed: number },
): Promise<void> {
  const evaluate = () => classifierFigures(model, data.val, device);
  await fit(model, settings, data, device, host, { seed, evaluate });
}

/**
 * Trains a supernet. The statistics that its batch-norms gather are of all subnets in turn and so of none: evaluation
 * is the mean over a few fixed subnets, each with statistics of its own.
 * @param sampler the subnets that an iteration trains
 * @param distillation whether the first of them alone learns from the labels, and the others from its prediction
 * @param probes the subnets that are evaluated
 */
export async function trainClassifierSupernet(
  model: WeightSharing<Classifier>,
  settings: ClassifierTraining,
  data: ClassifierData,
  device: string,
  host: LoopContext,
  options: {
    readonly seed: number;
    readonly sampler: Sampler;
    readonly distillation: boolean;
    readonly probes: readonly Subnet[];
  },
): Promise<void> {
  const { seed, sampler, distillation, probes } = options;
  const calibration = new ReusableBatches(() => microBatches(data.train.train(0, CALIBRATION_BATCHES)));
  const evaluate = async () => {
    const accuracies: number[] = [];
    for (const subnet of probes) {
      await prepareSubnet(model, subnet, calibration, device);
      accuracies.push((await classifierFigures(model, data.val, device)).accuracy);
    }
    return { accuracy: accuracies.reduce((sum, value) => sum + value, 0) / accuracies.length };
  };
  const subnetSampling: SubnetSampling = { sampler, activate: (subnet) => model.activate(subnet) };
  const teacher = distillation ? new InPlaceTeacher() : undefined;
  await fit(model, settings, data, device, host, { seed, evaluate, subnetSampling, teacher });
}

async function* microBatches<Batch>(batches: AsyncIterable<readonly Batch[]>): AsyncGenerator<Batch> {
  for await (const batch of batches) yield* batch;
}

function fit(
  model: WeightSharing<Classifier>,
  settings: ClassifierTraining,
  data: ClassifierData,
  device: string,
  host: LoopContext,
  options: {
    readonly seed: number;
    readonly evaluate: () => Promise<Record<string, number>>;
    readonly subnetSampling?: SubnetSampling;
    readonly teacher?: InPlaceTeacher | undefined;
  },
): Promise<void> {
  const { labelSmoothing } = settings;
  const { teacher, ...rest } = options;
  return train(
    {
      model,
      settings,
      device,
      images: data.train.images,
      batches: (from, to, shard) => data.train.lend(from, to, shard),
      losses: (batch: ClassificationBatch, _, index): Readonly<Record<string, Tensor>> => {
        const logits = model.forward(imageTensor(batch, device));
        if (teacher && index > 0) return { lossDistillation: teacher.loss(logits) };
        teacher?.predict(logits);
        return { lossClassification: labelLoss(logits, batch, labelSmoothing) };
      },
      metric: "accuracy",
      ...rest,
    },
    host,
  );
}

/**
 * Makes a subnet the one that runs in a supernet, for inference.
 * @param calibration training images over which its batch-norm statistics are computed; null where it has none
 */
export async function prepareSubnet(
  supernet: WeightSharing<Classifier>,
  subnet: Subnet,
  calibration: AsyncIterable<ClassificationBatch> | null,
  device: string,
): Promise<void> {
  supernet.activate(subnet);
  supernet.eval();
  if (calibration === null) return;
  await recalibrateBatchNorm(supernet, calibration, (batch) => supernet.forward(imageTensor(batch, device)));
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
