import type { Sampler, Subnet } from "@supernet/nas";
import {
  type PartedSupernet,
  recalibrateBatchNorm,
  type WeightSharing,
  withBatchStatistics,
} from "@supernet/nas/supernet";
import { tidy } from "@supernet/torch";
import type {
  Backbone,
  CocoDetection,
  CocoGroundTruth,
  CocoMetrics,
  DetectionBatch,
  DetectionItem,
  Detections,
  Detector,
} from "@supernet/vision";
import { evaluateCoco } from "@supernet/vision/coco-metrics";
import type { LoopContext } from "../../run/loop-context.js";
import { type BatchSource, imageTensor } from "../../training/batches.js";
import type { DetectorTraining } from "../../training/settings.js";
import { train } from "../../training/train.js";
import type { SearchRecipe } from "./settings.js";

/** A detector and the part of it that subnets are chosen in. */
export interface DetectorModel {
  readonly detector: Detector;
  readonly backbone: WeightSharing<Backbone> & PartedSupernet;
}

/** Images to be scored on, with the truth about them. */
export interface DetectionSplit {
  readonly batches: AsyncIterable<DetectionBatch>;
  readonly truth: CocoGroundTruth;
  /** The data set's id of each class. */
  readonly categoryIds: readonly number[];
}

/**
 * Fine-tunes a detector; with `sampler` its backbone is a supernet, of which each iteration trains those subnets. A
 * micro-batch's losses are divided by its own sampled anchors and regions, and its images are padded to its own
 * largest, so that cutting a batch changes a step a little.
 */
export async function trainDetector(
  { detector, backbone }: DetectorModel,
  settings: DetectorTraining,
  source: BatchSource<DetectionBatch>,
  device: string,
  host: LoopContext,
  options: {
    readonly seed: number;
    readonly evaluate: () => Promise<Record<string, number>>;
    readonly sampler?: Sampler;
  },
): Promise<void> {
  const { seed, evaluate, sampler } = options;
  await train(
    {
      model: detector,
      settings,
      device,
      images: source.images,
      batches: (from, to, shard) => source.lend(from, to, shard),
      subnetSampling: sampler && { sampler, activate: (subnet) => backbone.activate(subnet) },
      seed,
      losses: (batch: DetectionBatch, pass) => {
        const sizes = batch.items.map((item) => item.size);
        const truth = batch.items.map((item) => item.truth);
        return detector.forward(imageTensor(batch, device), sizes, truth, [seed, pass]);
      },
      evaluate,
      metric: "AP",
    },
    host,
  );
}

export interface Evaluation {
  readonly metrics: CocoMetrics;
  readonly detections: readonly CocoDetection[];
}

/** Runs a detector over a split and scores it with COCO's box metrics. */
export async function evaluateDetector(
  detector: Detector,
  split: DetectionSplit,
  device: string,
): Promise<Evaluation> {
  detector.eval();
  return score(detector, split, device);
}

/**
 * Scores one subnet with the supernet's weights. Its batch-norm statistics are computed anew over `calibration`,
 * or those of each batch are used, as the search's settings say.
 */
export async function evaluateSubnet(
  { detector, backbone }: DetectorModel,
  subnet: Subnet,
  split: DetectionSplit,
  calibration: AsyncIterable<DetectionBatch>,
  batchNorm: SearchRecipe["batchNorm"],
  device: string,
): Promise<Evaluation> {
  backbone.activate(subnet);
  detector.eval();
  if (batchNorm.mode === "batch") return withBatchStatistics(detector, () => score(detector, split, device));
  await recalibrateBatchNorm(detector, calibration, (batch) => {
    detector.detect(
      imageTensor(batch, device),
      batch.items.map(({ size }) => size),
    );
  });
  return score(detector, split, device);
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

/** Detections in the data set's own terms: pixels of the original image, [x, y, width, height], category ids. */
export function toCoco(
  found: Detections,
  item: DetectionItem,
  categoryIds: readonly number[],
): CocoDetection[] {
  const scaleX = item.originalSize.width / item.size.width;
  const scaleY = item.originalSize.height / item.size.height;
  return Array.from(found.scores, (score, i) => {
    const [x1, y1, x2, y2] = found.boxes.subarray(4 * i, 4 * i + 4) as unknown as [
      number,
      number,
      number,
      number,
    ];
    return {
      image_id: item.id,
      category_id: categoryIds[found.labels[i]!]!,
      bbox: [x1 * scaleX, y1 * scaleY, (x2 - x1) * scaleX, (y2 - y1) * scaleY],
      score,
    };
  });
}
