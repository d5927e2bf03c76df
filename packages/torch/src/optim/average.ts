import { requireInstance, requireInteger, requireNumber, UserError } from "@supernet/base";
import { noGrad, ops, type Tensor, tidy } from "../engine/index.js";
import { copyState, Module } from "../nn/module.js";

/** Of the warm-up: decay n is at most 1 - n^-(2/3). */
const WARMUP_POWER = 2 / 3;

/**
 * The exponential moving average of a model's weights (Polyak and Juditsky, 1992), as timm's ModelEmaV3 has it with
 * its warm-up: average <- decay_n * average + (1 - decay_n) * weights after the n-th step, where
 * decay_n = min(decay, 1 - n^(-2/3)), so that the random beginning is soon forgotten.
 * The average is over all floating-point parameters and buffers, those included that a step did not touch;
 * integers are copied.
 */
export class WeightAverage {
  /** The live averages by the model's names; copy what must not change. */
  readonly weights: ReadonlyMap<string, Tensor>;
  readonly #model: ReadonlyMap<string, Tensor>;
  readonly #decay: number;

  /** @param decay above 0 and below 1: weights of 1 / (1 - decay) steps ago count 1 / e of the newest */
  constructor(model: Module, decay: number) {
    requireInstance("WeightAverage: model", model, Module);
    requireNumber("WeightAverage: decay", decay, { above: 0, below: 1 });
    this.weights = copyState(model);
    this.#model = model.stateDict();
    this.#decay = decay;
  }

  /** Takes in the weights after step `n`, counted from 1. */
  update(n: number): void {
    requireInteger("WeightAverage.update: n", n, { min: 1 });
    const decay = Math.min(this.#decay, 1 - n ** -WARMUP_POWER);
    const averages: Tensor[] = [];
    const weights: Tensor[] = [];
    noGrad(() =>
      tidy(() => {
        for (const [name, tensor] of this.#model) {
          const average = this.weights.get(name)!;
          if (tensor.dtype.includes("float")) {
            averages.push(average);
            weights.push(tensor);
          } else average.copy_(tensor);
        }
        ops._foreachMul_(averages, decay);
        ops._foreachAdd_(averages, weights, { alpha: 1 - decay });
      }),
    );
  }

  /**
   * Copies saved averages in; nothing changes where it throws.
   * @throws UserError that names the first that is missing or of another shape
   */
  load(saved: ReadonlyMap<string, Tensor>): void {
    requireInstance("WeightAverage.load: saved", saved, Map);
    for (const [name, { shape }] of this.weights) {
      if (saved.get(name)?.shape.join() === shape.join()) continue;
      throw new UserError(
        `the averaged weights do not fit: ${name} is missing or of another shape: ` +
          "resume from a checkpoint of the same run",
      );
    }
    noGrad(() =>
      tidy(() => {
        for (const [name, average] of this.weights) average.copy_(saved.get(name)!);
      }),
    );
  }
}
