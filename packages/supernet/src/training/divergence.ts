import { dirname, join } from "node:path";
import { makeFolder, UserError } from "@supernet/base";
import type { Subnet } from "@supernet/nas";
import { saveTensors, tidy } from "@supernet/torch";
import type { LoopContext } from "../run/loop-context.js";
import { type ImageArrays, imageTensor } from "./batches.js";

/** An iteration of which a figure is NaN or infinite. */
export interface Divergence<Batch> {
  /** Counted from 1, as in the metrics. */
  readonly iteration: number;
  readonly figures: Readonly<Record<string, number>>;
  /** What was minimised, for each subnet. */
  readonly losses: readonly number[];
  /** Those of the iteration; undefined where the model is one network. */
  readonly subnets: readonly Subnet[] | undefined;
  /** This rank's part of it. */
  readonly batch: readonly Batch[];
  readonly rank: number;
  /** The ranks whose own loss is not finite. */
  readonly here: readonly number[];
}

export const allFinite = (figures: Readonly<Record<string, number>>): boolean =>
  Object.values(figures).every(Number.isFinite);

/**
 * Saves what a training broke on: the images of each micro-batch as tensors, and in the metadata, as JSON, the rest
 * of the batch (image ids, labels, boxes), the figures, and each subnet with its loss. Of several ranks those do so
 * whose own loss is not finite, or rank 0 where only the gradient is not.
 * @returns the error that says where and what to try
 */
export function diverged<Batch extends ImageArrays>(
  host: Pick<LoopContext, "step" | "folder">,
  what: Divergence<Batch>,
): UserError {
  const { iteration, figures, subnets, rank, here } = what;
  const savers = here.length > 0 ? here : [0];
  const pathOf = (one: number) => join(host.folder, `diverged${one === 0 ? "" : `-rank-${one}`}.safetensors`);
  if (savers.includes(rank)) save(pathOf(rank), what);
  const [name, value] = Object.entries(figures).find(([, figure]) => !Number.isFinite(figure))!;
  return new UserError(
    `${host.step}: ${name} is ${value} at iteration ${iteration}: lower lr, lengthen warmup or set clipGradNorm; ` +
      `the batch${subnets ? ` and the subnet${subnets.length > 1 ? "s" : ""} are` : " is"} in ${pathOf(savers[0]!)}` +
      `${savers[0] === 0 ? "" : ` on the host of rank ${savers[0]}`}, and the checkpoints before it are kept`,
  );
}

function save<Batch extends ImageArrays>(
  path: string,
  { iteration, figures, losses, subnets, batch }: Divergence<Batch>,
): void {
  const about = batch.map(({ images: _, shape: __, ...rest }) => rest);
  // The folder is rank 0's, and other hosts may not have it.
  makeFolder(dirname(path));
  tidy(() =>
    saveTensors(path, new Map(batch.map((part, k) => [`images.${k}`, imageTensor(part, "cpu")])), {
      iteration: String(iteration),
      figures: toJson(figures),
      ...(subnets && { subnets: toJson(subnets.map((subnet, i) => ({ subnet, loss: losses[i] }))) }),
      batch: toJson(about),
    }),
  );
}

/** Typed arrays become lists of numbers; NaN and infinities, for which JSON has no form, their names. */
function toJson(value: unknown): string {
  return JSON.stringify(value, (_, item) => {
    if (ArrayBuffer.isView(item)) return Object.values(item).map(Number);
    return typeof item === "number" && !Number.isFinite(item) ? String(item) : item;
  });
}
