import type { Scored } from "@supernet/nas";
import { type PartedSupernet, SubnetTree } from "@supernet/nas/supernet";
import { noGrad, tidy } from "@supernet/torch";
import type { CocoDetection, DetectionBatch, Detections, Detector } from "@supernet/vision";
import { averagePrecision } from "@supernet/vision/coco-metrics";
import { EarlyStopping } from "../../scoring/early-stopping.js";
import type { ScoringOptions, ScoringTask } from "../../scoring/scorer.js";
import { imageTensor } from "../../training/batches.js";
import type { DetectionSplit } from "./data.js";
import { HeadStatistics, headNorms } from "./head-statistics.js";
import type { SearchRecipe } from "./settings.js";
import { toCoco } from "./training.js";

export interface DetectorImages {
  /** Training images over which batch-norm statistics are computed, where they are. */
  readonly calibration: AsyncIterable<DetectionBatch>;
  readonly scored: DetectionSplit;
}

/**
 * The box AP of subnets of a detector's backbone, each with batch-norm statistics of its own: what `evaluateSubnet`
 * gives for one after the other, up to rounding.
 */
export async function scoreDetectors(
  { detector, backbone }: { readonly detector: Detector; readonly backbone: PartedSupernet },
  task: ScoringTask,
  { calibration, scored }: DetectorImages,
  { batchNorm, device, checkStop }: ScoringOptions & Pick<SearchRecipe, "batchNorm">,
): Promise<Scored[]> {
  const { subnets } = task;
  detector.eval();
  using tree = new SubnetTree(backbone, subnets);
  using head = new HeadStatistics(headNorms(detector), subnets.length);
  const run = (batch: DetectionBatch, visit: (place: number, found: Detections[]) => void) => {
    const sizes = batch.items.map(({ size }) => size);
    noGrad(() =>
      tidy(() =>
        tree.run(imageTensor(batch, device), (place, _, maps) =>
          visit(
            place,
            head.with(place, () => detector.detectFromFeatures(maps, sizes)),
          ),
        ),
      ),
    );
  };
  if (batchNorm.mode === "batch") {
    tree.useBatchStatistics();
    head.useBatch();
  } else {
    tree.gatherStatistics();
    head.gather();
    for await (const batch of calibration) {
      await checkStop();
      run(batch, () => {});
    }
    tree.fuse();
    head.use();
  }
  const earlyStopping = new EarlyStopping(task, scored.truth.images.length);
  const detections = subnets.map((): CocoDetection[] => []);
  const images: { id: number }[] = [];
  const precisionOf = (place: number) => averagePrecision({ ...scored.truth, images }, detections[place]!);
  for await (const batch of scored.batches) {
    await checkStop();
    run(batch, (place, found) => {
      for (const [i, item] of batch.items.entries())
        detections[place]!.push(...toCoco(found[i]!, item, scored.categoryIds));
    });
    images.push(...batch.items.map(({ id }) => ({ id })));
    for (const place of earlyStopping.check(images.length, precisionOf)) tree.drop(place);
    if (earlyStopping.allStopped) break;
  }
  return earlyStopping.results(precisionOf);
}
