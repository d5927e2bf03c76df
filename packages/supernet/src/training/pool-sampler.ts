import { Random } from "@supernet/base";
import { type SamplerKey, type Space, type Subnet, subnetKey } from "@supernet/nas";
import type { SamplingRecipe } from "./sampling.settings.js";

/** Settings of a pool. */
export type PoolSettings = NonNullable<Extract<SamplingRecipe, { kind: "greedy" }>["pool"]>;

/** Subnet with its loss when it was last drawn. */
interface PooledSubnet {
  readonly subnet: Subnet;
  readonly loss: number;
}

/** State of a sampler between two iterations, as plain JSON. */
export interface PoolState {
  /** Iteration that trains the first of `subnets`. */
  readonly first: number;
  /** Subnets of the next iterations, one each. */
  readonly subnets: readonly Subnet[];
  /** Remembered subnets, the one with the lowest loss first. */
  readonly pool: readonly PooledSubnet[];
}

export interface PoolSamplerOptions {
  readonly space: Space;
  readonly key: SamplerKey;
  /** Number of subnets that are drawn together. */
  readonly draws: number;
  readonly pool: PoolSettings;
  /** Number of iterations of the training. */
  readonly iterations: number;
  /** Samples a subnet at random. */
  readonly sample: (random: Random) => Subnet;
}

/**
 * Greedy sampling with a pool of candidates (GreedyNAS, You et al., https://arxiv.org/abs/2003.11236, algorithm 1). Every
 * few iterations, subnets are drawn at random or from the pool, and their losses are computed. The best of them are trained,
 * one in each of the next iterations, and the pool remembers the best of all, with the loss that each had when it was last
 * drawn.
 *
 * The subnets depend on the seed, the iteration and the losses. So that a resumed training draws the same, its checkpoints
 * contain the state.
 */
export class PoolSampler {
  readonly subnets = 1;
  readonly #options: PoolSamplerOptions;
  #state: PoolState = { first: 0, subnets: [], pool: [] };

  constructor(options: PoolSamplerOptions) {
    this.#options = options;
  }

  /** Returns the subnet of an iteration, after `prepare`. */
  at(iteration: number): readonly Subnet[] {
    const subnet = this.#state.subnets[iteration - this.#state.first];
    if (subnet === undefined) throw new RangeError(`PoolSampler: iteration ${iteration} is not prepared`);
    return [subnet];
  }

  /**
   * Draws the subnets of an iteration and the next ones, unless it has been done. Call it before every iteration.
   * @param lossesOf computes the losses of subnets on held-out images
   */
  async prepare(
    iteration: number,
    lossesOf: (subnets: readonly Subnet[]) => Promise<readonly number[]>,
  ): Promise<void> {
    const { first, subnets, pool: before } = this.#state;
    if (iteration >= first && iteration < first + subnets.length) return;
    const { space, pool } = this.#options;
    const drawn = this.#draw(iteration);
    const losses = await lossesOf(drawn);
    // A loss that is not finite is the worst one.
    const scored = drawn
      .map((subnet, i): PooledSubnet => ({ subnet, loss: finiteOr(losses[i]!, Number.MAX_VALUE) }))
      .sort(byLoss);
    const keys = new Set(drawn.map((subnet) => subnetKey(space, subnet)));
    const others = before.filter(({ subnet }) => !keys.has(subnetKey(space, subnet)));
    this.#state = {
      first: iteration,
      subnets: scored.slice(0, pool.train).map(({ subnet }) => subnet),
      pool: [...others, ...scored].sort(byLoss).slice(0, pool.size),
    };
  }

  state(): PoolState {
    return this.#state;
  }

  load(state: PoolState): void {
    this.#state = state;
  }

  /** Draws different subnets. There may be fewer than `draws`. */
  #draw(iteration: number): Subnet[] {
    const { space, key, draws, sample } = this.#options;
    const { pool } = this.#state;
    const random = Random.of(...key, "pool", iteration);
    const probability = poolProbability(this.#options, iteration);
    const drawn = Array.from({ length: draws }, () =>
      random.uniform() < probability && pool.length > 0 ? random.pick(pool).subnet : sample(random),
    );
    return [...new Map(drawn.map((subnet) => [subnetKey(space, subnet), subnet])).values()];
  }
}

/** Returns the probability that a subnet is drawn from the pool. */
export function poolProbability(
  { pool, iterations }: Pick<PoolSamplerOptions, "pool" | "iterations">,
  iteration: number,
): number {
  const { from, to, probability } = pool;
  const progress = (iteration / iterations - from) / (to - from);
  return probability * Math.min(1, Math.max(0, progress));
}

const byLoss = (a: PooledSubnet, b: PooledSubnet): number => a.loss - b.loss;
const finiteOr = (value: number, other: number): number => (Number.isFinite(value) ? value : other);
