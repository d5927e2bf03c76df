import { noGrad, ops, type Tensor, tidy } from "../engine/index.js";
import type { Module } from "../nn/module.js";

/** Of the warm-up: decay n is at most 1 - n^-(2/3). */
const WARMUP_POWER = 2 / 3;

/**
 * The exponential moving average of a model's weights (Polyak and Juditsky, 1992), as timm's ModelEmaV3 has it with
 * its warm-up: average <- decay_n * average + (1 - decay_n) * weights after the n-th step, where
 * decay_n = min(decay, 1 - n^(-2/3)), so that the random beginning is soon forgotten.
 * The average is over all floating-point parameters and buffers, those included that a step did not touch;
 * whole numbers are copied.
 */
export class WeightAverage {
  readonly #decay: number;
  readonly #weights: Map<string, Tensor>;
  readonly #pairs: readonly (readonly [average: Tensor, live: Tensor])[];
  readonly #copied: readonly (readonly [average: Tensor, live: Tensor])[];

  /** @param decay above 0 and below 1: weights of 1 / (1 - decay) steps ago count 1 / e of the newest */
  constructor(model: Module, decay: number) {
    if (!(decay > 0 && decay < 1)) throw new RangeError(`decay is ${decay}, not between 0 and 1`);
    this.#decay = decay;
    const state = model.stateDict();
    this.#weights = noGrad(
      () => new Map(Array.from(state, ([name, live]) => [name, live.detach().clone().keep()])),
    );
    const pairs = Array.from(state, ([name, live]) => [this.#weights.get(name)!, live] as const);
    this.#pairs = pairs.filter(([, live]) => live.dtype.includes("float"));
    this.#copied = pairs.filter(([, live]) => !live.dtype.includes("float"));
  }

  /** Takes in the weights after step `n`, counted from 1. */
  update(n: number): void {
    const decay = Math.min(this.#decay, 1 - n ** -WARMUP_POWER);
    noGrad(() =>
      tidy(() => {
        const averages = this.#pairs.map(([average]) => average);
        ops._foreachMul_(averages, decay);
        const live = this.#pairs.map(([, weights]) => weights);
        ops._foreachAdd_(averages, live, { alpha: 1 - decay });
        for (const [average, weights] of this.#copied) average.copy_(weights);
      }),
    );
  }

  /** The live averages by the model's names; copy what must not change. */
  get weights(): ReadonlyMap<string, Tensor> {
    return this.#weights;
  }
}
