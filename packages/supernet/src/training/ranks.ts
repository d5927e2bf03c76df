import { UserError } from "@supernet/base";
import { type distributed, nn, noGrad, type Tensor } from "@supernet/torch";
import type { Shard } from "@supernet/vision";
import type { TrainingProgress, TrainingState } from "./checkpoints.js";
import type { TrainingSettings } from "./settings.js";

/** Processes that train a model together, each on its part of every batch. */
export interface Ranks extends Shard {
  /** Returns the tensor to start the backward pass from, after which the gradients are the means over all ranks. */
  prepare(loss: Tensor): Tensor;
  /** Returns the means over all ranks of metrics that each of them has. */
  averageMetrics(metrics: Readonly<Record<string, number>>): Record<string, number>;
  /** Returns the ranks whose `flag` is true. */
  ranksWithFlag(flag: boolean): number[];
  /** Sends the state of rank 0, and its progress, to all ranks. */
  broadcastState(state: TrainingState, progress: TrainingProgress | undefined): TrainingProgress | undefined;
  /** Runs `body` on rank 0 only, while the others wait until it has finished. */
  onMainRank<T>(body: () => Promise<T>): Promise<T | undefined>;
}

/** A single process that trains on the complete batch. */
export const singleProcess: Ranks = {
  rank: 0,
  size: 1,
  prepare: (loss) => loss,
  averageMetrics: (metrics) => ({ ...metrics }),
  ranksWithFlag: (flag) => (flag ? [0] : []),
  broadcastState: (_, progress) => progress,
  onMainRank: (body) => body(),
};

/** Options of a training on several ranks. */
export interface RanksOptions {
  readonly model: nn.Module;
  readonly settings: TrainingSettings;
  readonly step: string;
}

/**
 * Creates the ranks of a training.
 * @throws UserError if the batch cannot be divided among them
 */
export function createRanks(
  world: distributed.World | undefined,
  { model, settings, step }: RanksOptions,
): Ranks {
  if (world === undefined) return singleProcess;
  const { batchSize, microBatch, syncBatchNorm } = settings;
  const batchPerRank = batchSize / world.size;
  const settingError = (key: string, problem: string) => new UserError(`steps.${step}.${key}: ${problem}`);
  if (!Number.isInteger(batchPerRank)) {
    throw settingError(
      "batchSize",
      `${batchSize} is not divisible by the ${world.size} ranks: use a multiple of ${world.size}`,
    );
  }
  if (microBatch !== null && microBatch < batchPerRank && batchPerRank % microBatch !== 0) {
    throw settingError(
      "microBatch",
      `${microBatch} does not divide the ${batchPerRank} images per rank: use a divisor of ${batchPerRank}`,
    );
  }
  return new DataParallel(world, { model, syncBatchNorm, step });
}

class DataParallel implements Ranks {
  readonly rank: number;
  readonly size: number;
  readonly #world: distributed.World;
  readonly #step: string;
  readonly #model: nn.Module;
  readonly #syncBatchNorm: boolean;
  readonly #reducer: distributed.Reducer;
  /** Number of calls of `onMainRank` so far. */
  #mainRankCalls = 0;

  constructor(
    world: distributed.World,
    {
      model,
      syncBatchNorm,
      step,
    }: { readonly model: nn.Module; readonly syncBatchNorm: boolean; readonly step: string },
  ) {
    this.rank = world.rank;
    this.size = world.size;
    this.#world = world;
    this.#step = step;
    this.#model = model;
    this.#syncBatchNorm = syncBatchNorm;
    this.#synchronizeBatchNorm(true);
    this.#reducer = world.reducer(model.parameters().filter(({ requiresGrad }) => requiresGrad));
  }

  prepare(loss: Tensor): Tensor {
    return this.#reducer.prepare(loss);
  }

  averageMetrics(metrics: Readonly<Record<string, number>>): Record<string, number> {
    const names = Object.keys(metrics);
    const sums = this.#world.group.allReduceSums(names.map((name) => metrics[name]!));
    return Object.fromEntries(names.map((name, i) => [name, sums[i]! / this.size]));
  }

  ranksWithFlag(flag: boolean): number[] {
    const flags = Array.from({ length: this.size }, (_, rank) => (flag && rank === this.rank ? 1 : 0));
    return this.#world.group.allReduceSums(flags).flatMap((count, rank) => (count > 0 ? [rank] : []));
  }

  broadcastState(
    { model, optimizer, average }: TrainingState,
    progress: TrainingProgress | undefined,
  ): TrainingProgress | undefined {
    const { group, isMainRank } = this.#world;
    const { tensors, json } = optimizer.state();
    const shared: { progress?: TrainingProgress; json: typeof json } = JSON.parse(
      group.broadcastText(JSON.stringify({ progress, json })),
    );
    noGrad(() => {
      for (const tensor of [...model.stateDict().values(), ...(average?.weights.values() ?? [])])
        group.broadcast(tensor);
      const optimizerTensors = group.broadcastTensors(tensors);
      if (!isMainRank) optimizer.loadState({ tensors: optimizerTensors, json: shared.json });
      for (const tensor of optimizerTensors.values()) tensor.dispose();
    });
    return shared.progress;
  }

  async onMainRank<T>(body: () => Promise<T>): Promise<T | undefined> {
    const finishedKey = `${this.#step}/main-rank/${this.#mainRankCalls++}`;
    if (!this.#world.isMainRank) {
      await this.#world.wait(finishedKey);
      return undefined;
    }
    // The other ranks do not run the network now; a synchronized batch-norm would wait for them.
    this.#synchronizeBatchNorm(false);
    const result = await body();
    this.#synchronizeBatchNorm(true);
    this.#world.store.setFlag(finishedKey);
    return result;
  }

  #synchronizeBatchNorm(on: boolean): void {
    if (this.#syncBatchNorm) nn.synchronizeBatchNorm(this.#model, on ? this.#world.group : undefined);
  }
}
