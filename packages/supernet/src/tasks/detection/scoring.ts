import type { Scored, Subnet } from "@supernet/nas";
import { type SpaceBackbone, SubnetTree } from "@supernet/nas/supernet";
import { noGrad, tidy } from "@supernet/torch";
import type { CocoDetection, DetectionBatch, Detections } from "@supernet/vision";
import { averagePrecision } from "@supernet/vision/coco-metrics";
import { EarlyStopping } from "../../scoring/early-stopping.js";
import { scoreByData } from "../../scoring/groups.js";
import type { ScoringOptions, ScoringTask } from "../../scoring/scorer.js";
import { loadWeights } from "../../task/step-context.js";
import type { OpenScorer } from "../../task/task.js";
import { imageTensor } from "../../training/batches.js";
import { type DetectionSplit, openDetection } from "./data.js";
import type { DetectorModel } from "./detector.js";
import { HeadTree } from "./head-tree.js";
import type { DetectionContext, SearchRecipe } from "./settings.js";
import { buildModel, toCoco } from "./training.js";

/** Opens the scorer of candidates: their box AP on the search images with the fine-tuned supernet's weights. */
export async function openDetectorScorer(context: DetectionContext): Promise<OpenScorer> {
  const { recipe, device } = context;
  const { batchNorm } = recipe.steps.search;
  const data = await openDetection(context);
  const model = await buildModel(context, { step: "finetune", data });
  loadWeights(context, "finetune", model.detector);
  return {
    score: (task, checkStop) =>
      scoreByData(
        task,
        (subnet) => data.of(subnet),
        (part, own) =>
          scoreDetectors(model, part, {
            calibration: own.calibration,
            scored: own.searchPart(part.fraction),
            batchNorm,
            device,
            checkStop,
          }),
      ),
    [Symbol.dispose]: () => data[Symbol.dispose](),
  };
}

/** Data and settings for scoring subnets. */
export interface DetectorScoringOptions extends ScoringOptions, Pick<SearchRecipe, "batchNorm"> {
  /** Training images to recompute batch-norm statistics over, in that mode. */
  readonly calibration: AsyncIterable<DetectionBatch>;
  readonly scored: DetectionSplit;
}

/**
 * Computes the box AP of subnets of a detector on images of one size, each with its own batch-norm statistics. They
 * equal those of `evaluateSubnet`, applied to one subnet at a time, up to rounding.
 */
export async function scoreDetectors(
  model: Pick<DetectorModel, "detector" | "backbone" | "activateHeads" | "stages">,
  task: ScoringTask,
  { calibration, scored, batchNorm, device, checkStop }: DetectorScoringOptions,
): Promise<Scored[]> {
  const { subnets } = task;
  const { detector, backbone } = model;
  detector.eval();
  const backbones = indicesByBackbone(backbone, subnets);
  using tree = new SubnetTree(
    backbone,
    backbones.map(([first]) => subnets[first!]!),
  );
  using heads = new HeadTree(model, subnets, backbones);
  const run = (batch: DetectionBatch, visit: (index: number, found: Detections[]) => void) => {
    const sizes = batch.items.map(({ size }) => size);
    noGrad(() =>
      tidy(() =>
        tree.run(imageTensor(batch, device), (index, _, maps) => heads.run(index, maps, sizes, visit)),
      ),
    );
  };
  if (batchNorm.mode === "batch") {
    tree.useBatchStatistics();
    heads.useBatchStatistics();
  } else {
    tree.gatherStatistics();
    heads.gatherStatistics();
    for await (const batch of calibration) {
      await checkStop();
      run(batch, () => {});
    }
    tree.fuse();
    heads.useStatistics();
  }
  const earlyStopping = new EarlyStopping(task, scored.truth.images.length);
  const detections = subnets.map((): CocoDetection[] => []);
  const images: { id: number }[] = [];
  const stopped = new Set<number>();
  const precision = (index: number) => averagePrecision({ ...scored.truth, images }, detections[index]!);
  for await (const batch of scored.batches) {
    await checkStop();
    run(batch, (index, found) => {
      for (const [i, item] of batch.items.entries())
        detections[index]!.push(...toCoco(found[i]!, item, scored.categoryIds));
    });
    images.push(...batch.items.map(({ id }) => ({ id })));
    for (const index of earlyStopping.check(images.length, precision)) {
      heads.drop(index);
      stopped.add(index);
      for (const [place, own] of backbones.entries())
        if (own.every((subnet) => stopped.has(subnet))) tree.drop(place);
    }
    if (earlyStopping.allStopped) break;
  }
  return earlyStopping.results(precision);
}

/** Returns the indices of the subnets with each different backbone. */
function indicesByBackbone(backbone: SpaceBackbone, subnets: readonly Subnet[]): number[][] {
  const groups = new Map<string, number[]>();
  for (const [index, subnet] of subnets.entries()) {
    const key = JSON.stringify(backbone.activeParts(subnet).map(({ key }) => key));
    groups.set(key, [...(groups.get(key) ?? []), index]);
  }
  return [...groups.values()];
}
