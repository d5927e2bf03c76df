import type { Subnet } from "@supernet/nas";
import { recalibrateBatchNorm, withBatchStatistics } from "@supernet/nas/supernet";
import { originalBox } from "@supernet/pipeline/core";
import { type nn, tidy } from "@supernet/torch";
import {
  type CocoDetection,
  type CocoMetrics,
  type DetectionBatch,
  type DetectionItem,
  type Detections,
  type Detector,
  Distillation,
} from "@supernet/vision";
import { evaluateCoco } from "@supernet/vision/coco-metrics";
import { buildSeeded } from "../../task/step-context.js";
import { imageTensor } from "../../training/batches.js";
import type { SubnetSampling } from "../../training/sampling.js";
import type { TrainingSettings } from "../../training/settings.js";
import type { Training } from "../../training/train.js";
import type { DetectionData, DetectionSplit } from "./data.js";
import { type DetectorModel, detectorNetworks } from "./detector.js";
import type { DetectionContext, SearchRecipe } from "./settings.js";

/**
 * Builds the recipe's detector for a step.
 * @param subnet subnet to build. Default: the supernet.
 */
export async function buildModel(
  context: DetectionContext,
  {
    step,
    data,
    subnet,
  }: { readonly step: string; readonly data: DetectionData; readonly subnet?: Subnet | undefined },
): Promise<DetectorModel> {
  const networks = await context.run.get(detectorNetworks);
  const classes = data.classes.length;
  // The weights with which a training for classification starts. They matter only if the recipe has none.
  const backbone = buildSeeded(context, subnet === undefined ? "pretrain" : "retrain", () =>
    networks.backbone(subnet),
  );
  let model: DetectorModel | undefined;
  buildSeeded(context, step, () => {
    model = networks.around(backbone, classes, subnet);
    return model.detector;
  });
  return model!;
}

/**
 * Copies the weights of a subnet in a supernet to the subnet's own detector, and activates the subnet.
 *
 * The statistics of batch-norms are copied as they are, although those of a supernet fit no subnet: a training
 * normalizes with those of each batch, and replaces the initial ones by a moving average. After 44 iterations, their
 * share is below 1 %.
 */
export function inheritWeights(
  { detector }: DetectorModel,
  { supernet, subnet }: { readonly supernet: DetectorModel; readonly subnet: Subnet },
): void {
  supernet.activate(subnet);
  tidy(() => detector.loadStateDict(supernet.activeState()));
}

/** Data and settings for training a detector. */
export interface DetectorTrainingOptions {
  readonly settings: TrainingSettings;
  readonly data: DetectionData;
  readonly device: string;
  readonly seed: number;
  /** Scores the detector on the search images. Undefined if it is trained on them. */
  readonly evaluate: (() => Promise<Evaluation>) | undefined;
  /** Selects the subnets of each iteration; omitted if the detector is a single network. */
  readonly sampling?: Omit<SubnetSampling, "activate">;
  /** Whether only the first subnet of an iteration learns from the ground truth, and the others from it. Default: false. */
  readonly distilled?: boolean;
  /** Modules that stay in evaluation mode. Default: none. */
  readonly frozen?: readonly nn.Module[] | undefined;
}

/**
 * Describes the fine-tuning of a detector. The losses of a micro-batch are divided by the numbers of its own sampled
 * anchors and regions, and its images are padded to its largest one. Splitting a batch therefore changes a step
 * slightly.
 */
export function detectorTraining(
  { detector, activate }: DetectorModel,
  { settings, data, device, seed, evaluate, sampling, distilled = false, frozen }: DetectorTrainingOptions,
): Training<DetectionBatch> {
  const distillation = distilled ? new Distillation() : undefined;
  return {
    model: detector,
    settings,
    device,
    images: data.train.images,
    frozen,
    batches: (from, to, shard) => data.train.lend(from, to, shard),
    subnetSampling: sampling && { ...sampling, sampler: data.inImageSize(sampling.sampler), activate },
    seed,
    losses: (batch, pass, index) => {
      const sizes = batch.items.map((item) => item.size);
      const truth = batch.items.map((item) => item.truth);
      if (distillation) distillation.teaches = index === 0;
      return detector.forward(imageTensor(batch, device), sizes, truth, [seed, pass], distillation);
    },
    evaluate:
      evaluate &&
      (async () => {
        const { metrics } = await evaluate();
        return { AP: metrics.AP, AP50: metrics.AP50 };
      }),
    metric: "AP",
  };
}

/** Result of an evaluation. */
export interface Evaluation {
  readonly metrics: CocoMetrics;
  readonly detections: readonly CocoDetection[];
}

/** Runs a detector on a split and computes COCO's box metrics. */
export async function evaluateDetector(
  detector: Detector,
  split: DetectionSplit,
  device: string,
): Promise<Evaluation> {
  detector.eval();
  return score(detector, split, device);
}

/** Data and settings for scoring one subnet of a detector. */
export interface SubnetEvaluationOptions {
  readonly split: DetectionSplit;
  /** Images to recompute batch-norm statistics over. */
  readonly calibration: AsyncIterable<DetectionBatch>;
  readonly batchNorm: SearchRecipe["batchNorm"];
  readonly device: string;
}

/**
 * Scores one subnet with the supernet's weights. According to `batchNorm`, its batch-norm statistics are recomputed
 * over `calibration`, or each batch is normalized by its own.
 */
export async function evaluateSubnet(
  { detector, activate }: DetectorModel,
  subnet: Subnet,
  { split, calibration, batchNorm, device }: SubnetEvaluationOptions,
): Promise<Evaluation> {
  activate(subnet);
  detector.eval();
  if (batchNorm.mode === "batch") return withBatchStatistics(detector, () => score(detector, split, device));
  await recalibrate(detector, calibration, device);
  return score(detector, split, device);
}

/** Recomputes the batch-norm statistics of a detector's active subnet over images. */
export function recalibrate(
  detector: Detector,
  calibration: AsyncIterable<DetectionBatch>,
  device: string,
): Promise<void> {
  return recalibrateBatchNorm(detector, calibration, (batch) => {
    detector.detect(
      imageTensor(batch, device),
      batch.items.map(({ size }) => size),
    );
  });
}

async function score(detector: Detector, split: DetectionSplit, device: string): Promise<Evaluation> {
  const detections: CocoDetection[] = [];
  for await (const batch of split.batches) {
    const found = tidy(() =>
      detector.detect(
        imageTensor(batch, device),
        batch.items.map(({ size }) => size),
      ),
    );
    for (const [i, item] of batch.items.entries())
      detections.push(...toCoco(found[i]!, item, split.categoryIds));
  }
  return { metrics: evaluateCoco(split.truth, detections), detections };
}

/** Converts detections to COCO's format: [x, y, width, height] in pixels of the original image, and category ids. */
export function toCoco(
  found: Detections,
  item: DetectionItem,
  categoryIds: readonly number[],
): CocoDetection[] {
  return Array.from(found.scores, (score, i) => ({
    image_id: item.id,
    category_id: categoryIds[found.labels[i]!]!,
    bbox: originalBox(found.boxes, i, item),
    score,
  }));
}
