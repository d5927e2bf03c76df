import { requireInstance, requireInteger, requireNumber, UserError } from "@supernet/base";
import { noGrad, ops, type Tensor, tidy } from "../engine/index.js";
import { copyState, Module } from "../nn/module.js";

/** Exponent of the warm-up, in which the decay of step n is at most 1 - n^-(2/3). */
const WARMUP_POWER = 2 / 3;

/**
 * Exponential moving average of a model's weights ([Polyak and Juditsky, 1992](https://doi.org/10.1137/0330046)), with
 * the warm-up of timm's ModelEmaV3. After step n, average <- decay_n * average + (1 - decay_n) * weights with
 * decay_n = min(decay, 1 - n^(-2/3)), so the random initial weights soon lose their influence. It includes all
 * floating-point parameters and buffers, even those that a step did not update. Integers are copied.
 */
export class WeightAverage {
  /** Live averages by the model's names. Copy those that must not change. */
  readonly weights: ReadonlyMap<string, Tensor>;
  readonly #model: ReadonlyMap<string, Tensor>;
  readonly #decay: number;

  /**
   * @param decay greater than 0 and less than 1. After 1 / (1 - decay) steps, the influence of weights falls to 1 / e
   */
  constructor(model: Module, decay: number) {
    requireInstance("WeightAverage: model", model, Module);
    requireNumber("WeightAverage: decay", decay, { above: 0, below: 1 });
    this.weights = copyState(model);
    this.#model = model.stateDict();
    this.#decay = decay;
  }

  /** Updates the average with the weights after step `n`, counted from 1. */
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
   * Restores saved averages. If it throws, nothing changes.
   * @throws UserError that names the first average that is missing or has another shape
   */
  load(saved: ReadonlyMap<string, Tensor>): void {
    requireInstance("WeightAverage.load: saved", saved, Map);
    for (const [name, { shape }] of this.weights) {
      if (saved.get(name)?.shape.join() === shape.join()) continue;
      throw new UserError(
        `the averaged weights do not match the model: ${name} is missing or has another shape: ` +
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
