import { UserError } from "@supernet/base";
import { type distributed, nn, noGrad, type Tensor } from "@supernet/torch";
import type { Shard } from "@supernet/vision";
import type { TrainingSettings } from "../recipe/training-schema.js";
import type { TrainingProgress, TrainingState } from "./checkpoint.js";

/** The processes that train a model together, each with a part of every batch. */
export interface Ranks extends Shard {
  /** Makes the backward pass from a loss leave all ranks' mean gradients in the parameters; gives where to begin. */
  prepare(loss: Tensor): Tensor;
  /** The means over all ranks of figures that each of them has. */
  means(figures: Readonly<Record<string, number>>): Record<string, number>;
  /** Which ranks say yes. */
  saying(yes: boolean): number[];
  /** Gives all ranks what rank 0 has loaded or begins with. */
  share(state: TrainingState, progress: TrainingProgress | undefined): TrainingProgress | undefined;
  /** Does what rank 0 alone does, with the network on its own, while the others wait for its end. */
  onFirst<T>(body: () => Promise<T>): Promise<T | undefined>;
}

/** One process with the whole batch. */
export const alone: Ranks = {
  rank: 0,
  size: 1,
  prepare: (loss) => loss,
  means: (figures) => ({ ...figures }),
  saying: (yes) => (yes ? [0] : []),
  share: (_, progress) => progress,
  onFirst: (body) => body(),
};

/** @throws UserError where a batch does not divide among the ranks */
export function ranksOf(
  world: distributed.World | undefined,
  model: nn.Module,
  { batchSize, microBatch, syncBatchNorm }: TrainingSettings,
  step: string,
): Ranks {
  if (world === undefined) return alone;
  const own = batchSize / world.size;
  const refuse = (key: string, what: string) => new UserError(`steps.${step}.${key}: ${what}`);
  if (!Number.isInteger(own)) {
    throw refuse("batchSize", `${batchSize} images do not divide among ${world.size} ranks: take a multiple`);
  }
  if (microBatch !== null && microBatch < own && own % microBatch !== 0) {
    throw refuse(
      "microBatch",
      `${microBatch} is no divisor of the ${own} images of each of ${world.size} ranks`,
    );
  }
  return new DataParallel(world, model, syncBatchNorm, step);
}

class DataParallel implements Ranks {
  readonly rank: number;
  readonly size: number;
  readonly #world: distributed.World;
  readonly #step: string;
  readonly #model: nn.Module;
  readonly #synchronised: boolean;
  readonly #reducer: distributed.Reducer;
  #alone = 0;

  constructor(world: distributed.World, model: nn.Module, synchronised: boolean, step: string) {
    this.rank = world.rank;
    this.size = world.size;
    this.#world = world;
    this.#step = step;
    this.#model = model;
    this.#synchronised = synchronised;
    this.#synchronise(true);
    this.#reducer = world.reducer(model.parameters().filter(({ requiresGrad }) => requiresGrad));
  }

  prepare(loss: Tensor): Tensor {
    return this.#reducer.prepare(loss);
  }

  means(figures: Readonly<Record<string, number>>): Record<string, number> {
    const names = Object.keys(figures);
    const sums = this.#world.group.allReduceSums(names.map((name) => figures[name]!));
    return Object.fromEntries(names.map((name, i) => [name, sums[i]! / this.size]));
  }

  saying(yes: boolean): number[] {
    const said = Array.from({ length: this.size }, (_, rank) => (yes && rank === this.rank ? 1 : 0));
    return this.#world.group.allReduceSums(said).flatMap((one, rank) => (one > 0 ? [rank] : []));
  }

  share(
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
      const memory = group.broadcastTensors(tensors);
      if (!isMainRank) optimizer.loadState({ tensors: memory, json: shared.json });
      for (const tensor of memory.values()) tensor.dispose();
    });
    return shared.progress;
  }

  async onFirst<T>(body: () => Promise<T>): Promise<T | undefined> {
    const key = `${this.#step}/alone/${this.#alone++}`;
    if (!this.#world.isMainRank) {
      await this.#world.wait(key);
      return undefined;
    }
    // Others do not run the network now: a synchronised batch-norm would wait for them.
    this.#synchronise(false);
    const result = await body();
    this.#synchronise(true);
    this.#world.store.setFlag(key);
    return result;
  }

  #synchronise(on: boolean): void {
    if (this.#synchronised) nn.synchronizeBatchNorm(this.#model, on ? this.#world.group : undefined);
  }
}
