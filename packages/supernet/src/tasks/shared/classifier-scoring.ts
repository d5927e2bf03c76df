import type { Scored } from "@supernet/nas";
import { type PartedSupernet, SubnetTree } from "@supernet/nas/supernet";
import { noGrad, tidy } from "@supernet/torch";
import type { ClassificationBatch } from "@supernet/vision";
import { EarlyStopping } from "../../scoring/early-stopping.js";
import type { ScoringOptions, ScoringTask } from "../../scoring/scorer.js";
import { imageTensor } from "../../training/batches.js";
import { labelTensor } from "./losses.js";

/** Data and settings for scoring subnets. */
export interface ClassifierScoringOptions extends ScoringOptions {
  /** Training images to recompute batch-norm statistics over; null if the space has no batch-norm. */
  readonly calibration: AsyncIterable<ClassificationBatch> | null;
  readonly scored: { readonly images: number; readonly batches: AsyncIterable<ClassificationBatch> };
}

/**
 * Computes the accuracies of subnets of a classifier, each with its own batch-norm statistics. They equal those of
 * `prepareSubnet` and `evaluateClassifier`, applied to one subnet at a time, up to rounding.
 */
export async function scoreClassifiers(
  supernet: PartedSupernet,
  task: ScoringTask,
  { calibration, scored, device, checkStop }: ClassifierScoringOptions,
): Promise<Scored[]> {
  using tree = new SubnetTree(supernet, task.subnets);
  if (calibration) {
    tree.gatherStatistics();
    for await (const batch of calibration) {
      await checkStop();
      noGrad(() => tidy(() => tree.run(imageTensor(batch, device), () => {})));
    }
  }
  tree.fuse();
  const earlyStopping = new EarlyStopping(task, scored.images);
  const correct = task.subnets.map(() => 0);
  let seen = 0;
  const accuracy = (index: number) => correct[index]! / seen;
  for await (const batch of scored.batches) {
    await checkStop();
    noGrad(() =>
      tidy(() => {
        const labels = labelTensor(batch, device);
        tree.run(imageTensor(batch, device), (index, logits) => {
          correct[index]! += logits.argmax(1).eq(labels).sum().item();
        });
      }),
    );
    seen += batch.labels.length;
    for (const index of earlyStopping.check(seen, accuracy)) tree.drop(index);
    if (earlyStopping.allStopped) break;
  }
  return earlyStopping.results(accuracy);
}
