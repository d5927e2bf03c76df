import type { Subnet } from "@supernet/nas";
import { type nn, noGrad, optim, type Tensor, tidy } from "@supernet/torch";
import { inPrecision } from "./precision.js";
import { type Ranks, singleProcess } from "./ranks.js";
import type { TrainingSettings } from "./settings.js";

/** Losses that a training minimizes. */
export interface TrainingObjective<Batch> {
  readonly settings: TrainingSettings;
  readonly device: string;
  /**
   * Computes the named losses of a micro-batch, each a scalar. Their sum is minimized.
   * @param pass number of the forward pass, counted over the whole training; use it as the only key for random numbers
   * @param index index of the active subnet in the iteration; every micro-batch passes through all of its subnets in
   *   turn
   */
  readonly losses: (batch: Batch, pass: number, index: number) => Readonly<Record<string, Tensor>>;
}

/** Subnets of an iteration. */
export interface IterationSubnets {
  readonly subnets: readonly Subnet[];
  /** Makes a subnet the active one. */
  readonly activate: (subnet: Subnet) => void;
  /**
   * Returns a factor for the gradients of each subnet. One with a factor of 0 is not trained. Default: all are 1.
   * @param losses computes the loss of each subnet on the batch, the mean over all ranks
   */
  readonly weigh?: WeighSubnets | undefined;
}

export type WeighSubnets = (subnets: readonly Subnet[], losses: () => readonly number[]) => readonly number[];

export interface BatchOptions<Batch> {
  readonly parameters: readonly nn.Parameter[];
  /** This rank's part of the batch, split into micro-batches. */
  readonly batch: readonly Batch[];
  readonly iteration: number;
  /** Subnets to train in turn; undefined if the model is a single network. */
  readonly active?: IterationSubnets | undefined;
  readonly ranks?: Ranks;
}

export interface BatchResult {
  /**
   * Metrics over all ranks: the mean of each loss over the subnets that have it; `loss`, the mean over the subnets of
   * the minimized sum; and `gradNorm`, the 2-norm of the gradients before clipping.
   */
  readonly metrics: Readonly<Record<string, number>>;
  /** Minimized loss of each subnet on this rank. */
  readonly losses: readonly number[];
}

/**
 * Runs forward and backward passes over all micro-batches and subnets. The resulting gradients of the parameters are
 * the mean over the micro-batches of all ranks and the sum over the subnets, each with its factor, clipped according to
 * the settings. Only one subnet's graph is in memory at a time.
 */
export function accumulateGradients<Batch>(
  { settings, device, losses: computeLosses }: TrainingObjective<Batch>,
  { parameters, batch, iteration, active, ranks = singleProcess }: BatchOptions<Batch>,
): BatchResult {
  const subnetCount = active?.subnets.length ?? 1;
  const losses = Array.from({ length: subnetCount }, () => 0);
  const means = new Map<string, { sum: number; passes: number }>();
  /** Computes the losses of a subnet on a micro-batch, by name. */
  const lossesOf = (microBatch: Batch, k: number, index: number): [string, Tensor][] => {
    const part = (iteration * ranks.size + ranks.rank) * batch.length + k;
    const pass = part * subnetCount + index;
    return Object.entries(
      inPrecision(settings.precision, device, () => computeLosses(microBatch, pass, index)),
    );
  };
  const totalOf = (named: readonly (readonly [string, Tensor])[]): Tensor =>
    named.map(([, value]) => value).reduce((sum, value) => sum.add(value));
  const forwardLosses = (): number[] => {
    const sums = Array.from({ length: subnetCount }, (_, index) => {
      active!.activate(active!.subnets[index]!);
      return batch.reduce(
        (sum, microBatch, k) =>
          sum + noGrad(() => tidy(() => totalOf(lossesOf(microBatch, k, index)).item())) / batch.length,
        0,
      );
    });
    const averaged = ranks.averageMetrics(Object.fromEntries(sums.map((value, i) => [String(i), value])));
    return sums.map((_, i) => averaged[String(i)]!);
  };
  const factors = active?.weigh?.(active.subnets, forwardLosses) ?? losses.map(() => 1);
  const lastTrained = factors.findLastIndex((factor) => factor !== 0);
  for (const [k, microBatch] of batch.entries()) {
    for (const [index, factor] of factors.entries()) {
      if (factor === 0) continue;
      active?.activate(active.subnets[index]!);
      tidy(() => {
        const named = lossesOf(microBatch, k, index);
        const loss = totalOf(named);
        const isLast = k === batch.length - 1 && index === lastTrained;
        const mean = loss.mul(factor).div(batch.length);
        (isLast ? ranks.prepare(mean) : mean).backward();
        for (const [name, value] of [...named, ["loss", loss] as const]) {
          const { sum, passes } = means.get(name) ?? { sum: 0, passes: 0 };
          means.set(name, { sum: sum + value.item() / batch.length, passes: passes + 1 });
        }
        losses[index]! += loss.item() / batch.length;
      });
    }
  }
  const gradNorm = optim.clipGradNorm(parameters, settings.clipGradNorm ?? Number.POSITIVE_INFINITY);
  const localMetrics = Object.fromEntries(
    Array.from(means, ([name, { sum, passes }]) => [name, sum / (passes / batch.length)] as const),
  );
  return { metrics: { ...ranks.averageMetrics(localMetrics), gradNorm }, losses };
}
