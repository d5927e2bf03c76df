import type { Subnet } from "@supernet/nas";
import { type PartedSupernet, SubnetTree } from "@supernet/nas/supernet";
import { noGrad, tidy } from "@supernet/torch";
import type { ClassificationBatch } from "@supernet/vision";
import { imageTensor } from "../training/batches.js";
import { labelTensor } from "../training/label-loss.js";
import type { ScoringOptions } from "./scorer.js";

export interface ClassifierImages {
  /** Training images over which batch-norm statistics are computed; null where the space has no batch-norm. */
  readonly calibration: AsyncIterable<ClassificationBatch> | null;
  readonly scored: AsyncIterable<ClassificationBatch>;
}

/**
 * The accuracies of subnets of a classifier, each with batch-norm statistics of its own: what `prepareSubnet` and
 * `classifierFigures` give for one after the other, up to rounding.
 */
export async function scoreClassifiers(
  supernet: PartedSupernet,
  subnets: readonly Subnet[],
  { calibration, scored }: ClassifierImages,
  { device, pause }: ScoringOptions,
): Promise<number[]> {
  using tree = new SubnetTree(supernet, subnets);
  if (calibration) {
    tree.gatherStatistics();
    for await (const batch of calibration) {
      await pause();
      noGrad(() => tidy(() => tree.run(imageTensor(batch, device), () => {})));
    }
  }
  tree.fuse();
  const right = subnets.map(() => 0);
  let all = 0;
  for await (const batch of scored) {
    await pause();
    noGrad(() =>
      tidy(() => {
        const labels = labelTensor(batch, device);
        tree.run(imageTensor(batch, device), (place, logits) => {
          right[place]! += logits.argmax(1).eq(labels).sum().item();
        });
      }),
    );
    all += batch.labels.length;
  }
  return right.map((own) => own / all);
}
