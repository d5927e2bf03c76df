import { join } from "node:path";
import type { Subnet } from "@supernet/nas";
import { saveTensors, tidy } from "@supernet/torch";
import { UserError } from "@supernet/torch/errors";
import { type ImageArrays, imageTensor } from "./batches.js";
import type { LoopHost } from "./host.js";

/** An iteration of which a figure is NaN or infinite. */
export interface Divergence<Batch> {
  /** Counted from 1, as in the metrics. */
  readonly iteration: number;
  readonly figures: Readonly<Record<string, number>>;
  /** What was minimised, for each subnet. */
  readonly losses: readonly number[];
  /** Those of the iteration; undefined where the model is one network. */
  readonly subnets: readonly Subnet[] | undefined;
  readonly batch: readonly Batch[];
}

export const allFinite = (figures: Readonly<Record<string, number>>): boolean =>
  Object.values(figures).every(Number.isFinite);

/**
 * Saves what a training broke on: the images of each micro-batch as tensors, and in the metadata, as JSON, the rest
 * of the batch (image ids, labels, boxes), the figures, and each subnet with its loss.
 * @returns the error that says where and what to try
 */
export function diverged<Batch extends ImageArrays>(
  host: Pick<LoopHost, "step" | "folder">,
  what: Divergence<Batch>,
): UserError {
  const { iteration, figures, losses, subnets, batch } = what;
  const path = join(host.folder, "diverged.safetensors");
  const about = batch.map(({ images: _, shape: __, ...rest }) => rest);
  tidy(() =>
    saveTensors(path, new Map(batch.map((part, k) => [`images.${k}`, imageTensor(part, "cpu")])), {
      iteration: String(iteration),
      figures: toJson(figures),
      ...(subnets && { subnets: toJson(subnets.map((subnet, i) => ({ subnet, loss: losses[i] }))) }),
      batch: toJson(about),
    }),
  );
  const [name, value] = Object.entries(figures).find(([, figure]) => !Number.isFinite(figure))!;
  return new UserError(
    `${host.step}: ${name} is ${value} at iteration ${iteration}: lower lr, lengthen warmup or set clipGradNorm; ` +
      `the batch${subnets ? ` and the subnet${subnets.length > 1 ? "s" : ""} are` : " is"} in ${path}, and the checkpoints before it are kept`,
  );
}

/** Typed arrays become lists of numbers; NaN and infinities, for which JSON has no form, their names. */
function toJson(value: unknown): string {
  return JSON.stringify(value, (_, item) => {
    if (ArrayBuffer.isView(item)) return Object.values(item).map(Number);
    return typeof item === "number" && !Number.isFinite(item) ? String(item) : item;
  });
}
