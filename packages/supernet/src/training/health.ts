// Signs that a training diverges. Spikes of the loss cause a warning; values that are NaN or infinite stop the
// training.

import { dirname, join } from "node:path";
import { makeFolder, UserError } from "@supernet/base";
import type { Subnet } from "@supernet/nas";
import { saveTensors, tidy } from "@supernet/torch";
import type { LoopContext } from "../run/loop-context.js";
import { type ImageArrays, imageTensor } from "./batches.js";

/** Ratio to the running median above which a value is a spike. */
const SPIKE_FACTOR = 10;
/** Number of latest values in the median. */
const WINDOW = { min: 20, max: 50 };

const WATCHED = ["loss", "gradNorm"] as const;

/** Latest values of each watched metric, as plain JSON. */
export type RecentValues = Readonly<Record<string, readonly number[]>>;

export interface Spike {
  /** Name of the metric. */
  readonly name: string;
  readonly value: number;
  /** Running median before the spike. */
  readonly level: number;
}

/** Detects that the loss or the gradient norm is far above its running median, an early sign of divergence. */
export class SpikeDetector {
  readonly #recent: Map<string, readonly number[]>;

  constructor(saved: RecentValues = {}) {
    this.#recent = new Map(Object.entries(saved));
  }

  /** Adds the metrics of an iteration and returns their spikes. After a spike, the median is computed from scratch. */
  add(metrics: Readonly<Record<string, number>>): Spike[] {
    return WATCHED.flatMap((name): Spike[] => {
      const value = metrics[name]!;
      const recent = this.#recent.get(name) ?? [];
      const level = recent.length < WINDOW.min ? Number.POSITIVE_INFINITY : median(recent);
      const isSpike = value > SPIKE_FACTOR * level;
      this.#recent.set(name, isSpike ? [] : [...recent, value].slice(-WINDOW.max));
      return isSpike ? [{ name, value, level }] : [];
    });
  }

  toJson(): RecentValues {
    return Object.fromEntries(this.#recent);
  }
}

/** Returns the median, or the lower of the two middle values. */
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[(values.length - 1) >> 1]!;

/** Reports a spike to the user and in the metrics. */
export function reportSpike(host: LoopContext, iteration: number, { name, value, level }: Spike): void {
  const times = (value / level).toFixed(0);
  host.log(
    `warning: ${host.step}: ${name} is ${value.toPrecision(3)} at iteration ${iteration}, ` +
      `${times} times its running median ${level.toPrecision(3)}`,
  );
  host.record({ iteration, [`${name}Spike`]: value, [`${name}Level`]: level });
}

/** An iteration with a metric that is NaN or infinite. */
export interface Divergence<Batch> {
  /** Number of the iteration, counted from 1 as in the metrics. */
  readonly iteration: number;
  readonly metrics: Readonly<Record<string, number>>;
  /** Minimized loss of each subnet. */
  readonly losses: readonly number[];
  /** Subnets of the iteration; undefined if the model is a single network. */
  readonly subnets: readonly Subnet[] | undefined;
  /** This rank's part of the batch. */
  readonly batch: readonly Batch[];
  readonly rank: number;
  /** Ranks whose own loss is NaN or infinite. */
  readonly divergedRanks: readonly number[];
}

/** Checks that no metric is NaN or infinite. */
export const allFinite = (metrics: Readonly<Record<string, number>>): boolean =>
  Object.values(metrics).every(Number.isFinite);

/**
 * Saves the batch of a diverged iteration. The images of each micro-batch are tensors. The metadata has, as JSON, the
 * rest of the batch (image ids, labels, boxes), the metrics, and each subnet with its loss. With several ranks, those
 * whose own loss is not finite save their part, or rank 0 if only a gradient is not finite.
 * @returns the error that names the file and possible fixes
 */
export function divergenceError<Batch extends ImageArrays>(
  host: Pick<LoopContext, "step" | "folder">,
  divergence: Divergence<Batch>,
): UserError {
  const { iteration, metrics, subnets, rank, divergedRanks } = divergence;
  const savingRanks = divergedRanks.length > 0 ? divergedRanks : [0];
  const fileOf = (saver: number) =>
    join(host.folder, `diverged${saver === 0 ? "" : `-rank-${saver}`}.safetensors`);
  if (savingRanks.includes(rank)) save(fileOf(rank), divergence);
  const [name, value] = Object.entries(metrics).find(([, metric]) => !Number.isFinite(metric))!;
  return new UserError(
    `${host.step}: ${name} is ${value} at iteration ${iteration}: lower lr, lengthen warmup or set clipGradNorm; ` +
      `the batch${subnets ? ` and the subnet${subnets.length > 1 ? "s" : ""} are` : " is"} in ${fileOf(savingRanks[0]!)}` +
      `${savingRanks[0] === 0 ? "" : ` on the host of rank ${savingRanks[0]}`}, and the checkpoints before it are kept`,
  );
}

function save<Batch extends ImageArrays>(
  path: string,
  { iteration, metrics, losses, subnets, batch }: Divergence<Batch>,
): void {
  const withoutImages = batch.map(({ images: _, shape: __, ...rest }) => rest);
  // The folder is on rank 0's host; other hosts may not have it.
  makeFolder(dirname(path));
  tidy(() =>
    saveTensors(path, new Map(batch.map((part, k) => [`images.${k}`, imageTensor(part, "cpu")])), {
      iteration: String(iteration),
      figures: toJson(metrics),
      ...(subnets && { subnets: toJson(subnets.map((subnet, i) => ({ subnet, loss: losses[i] }))) }),
      batch: toJson(withoutImages),
    }),
  );
}

/** Converts to JSON: typed arrays to lists of numbers; NaN and infinities, which JSON does not have, to their names. */
function toJson(value: unknown): string {
  return JSON.stringify(value, (_, item) => {
    if (ArrayBuffer.isView(item)) return Object.values(item).map(Number);
    return typeof item === "number" && !Number.isFinite(item) ? String(item) : item;
  });
}
