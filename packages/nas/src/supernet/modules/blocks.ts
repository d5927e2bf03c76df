import { nn, ops, type Tensor } from "@supernet/torch";
import type { ShufflePlace } from "../../layer/layer.js";

// As in nn.Sequential, intermediate outputs are released immediately, so the next layer works in memory that is still
// in the cache. Autograd keeps the tensors that it needs.

/** `nn.Sequential` whose modules have names instead of numbers. */
export class NamedSequential extends nn.Sequential {
  readonly #names: readonly string[];

  constructor(layers: readonly (readonly [name: string, layer: nn.Layer])[]) {
    super(...layers.map(([, layer]) => layer));
    this.#names = layers.map(([name]) => name);
  }

  override *namedChildren(): Generator<[string, nn.Module]> {
    for (const [i, layer] of [...this].entries()) yield [this.#names[i]!, layer];
  }
}

/** Mean over height and width: `[n, c, h, w] -> [n, c]`. */
export class GlobalAveragePool extends nn.Module {
  forward(x: Tensor): Tensor {
    return x.mean([2, 3]);
  }
}

/** `x + scale * body(x)` */
export class Residual extends nn.Module {
  readonly body: nn.Layer;
  scale: number;
  readonly shortcut: nn.Layer | undefined;

  constructor(body: nn.Layer, scale = 1, shortcut?: nn.Layer) {
    super();
    this.body = body;
    this.scale = scale;
    this.shortcut = shortcut;
  }

  forward(x: Tensor): Tensor {
    const y = this.body.forward(x);
    const kept = this.shortcut?.forward(x) ?? x;
    const sum = kept.add(y, { alpha: this.scale });
    if (y !== x) y.dispose();
    if (kept !== x) kept.dispose();
    return sum;
  }
}

/** Runs every branch on the input and concatenates the outputs along the channels. */
export class Concat extends nn.ModuleDict<nn.Layer> {
  readonly #shuffle: boolean;

  /** @param shuffle whether the channels of the output are shuffled in two groups */
  constructor(branches: readonly (readonly [name: string, branch: nn.Layer])[], shuffle = false) {
    super(branches);
    this.#shuffle = shuffle;
  }

  forward(x: Tensor): Tensor {
    const maps = Array.from(this, ([, branch]) => branch.forward(x));
    const joined = ops.cat(maps, 1);
    for (const map of maps) if (map !== x) map.dispose();
    return this.#shuffle ? shuffleChannels(joined) : joined;
  }
}

/** Half of the channels pass through, the others go through the body, and both are concatenated. */
export class SplitShuffle extends nn.ModuleDict<nn.Layer> {
  readonly #body: nn.Layer;
  readonly #shuffle: ShufflePlace;

  constructor(name: string, body: nn.Layer, shuffle: ShufflePlace = "split") {
    super({ [name]: body });
    this.#body = body;
    this.#shuffle = shuffle;
  }

  forward(x: Tensor): Tensor {
    switch (this.#shuffle) {
      case "split":
        return this.#run(x, 2);
      case "input": {
        const shuffled = shuffleChannels(x, false);
        const output = this.#run(shuffled, 1);
        shuffled.dispose();
        return output;
      }
      case "output":
        return shuffleChannels(this.#run(x, 1));
    }
  }

  /** @param axis axis of `[n, c / 2, c / 2, h, w]` along which the channels are split: 1 for halves, 2 for even and odd */
  #run(x: Tensor, axis: 1 | 2): Tensor {
    const [n, c, h, w] = x.shape as [number, number, number, number];
    const pairs = x.reshape(axis === 1 ? [n, 2, c / 2, h, w] : [n, c / 2, 2, h, w]);
    const passed = pairs.select(axis, 0);
    const input = pairs.select(axis, 1);
    const worked = this.#body.forward(input);
    const joined = ops.cat([passed, worked], 1);
    for (const tensor of [pairs, passed, input, worked]) tensor.dispose();
    return joined;
  }
}

/**
 * Shuffles the channels of a map in two groups: 0, c / 2, 1, c / 2 + 1, ...
 * @param release whether `x` is disposed
 */
function shuffleChannels(x: Tensor, release = true): Tensor {
  const [n, c, h, w] = x.shape as [number, number, number, number];
  const groups = x.reshape([n, 2, c / 2, h, w]);
  const pairs = groups.transpose(1, 2);
  const shuffled = pairs.reshape([n, c, h, w]);
  for (const tensor of [groups, pairs]) tensor.dispose();
  if (release) x.dispose();
  return shuffled;
}
