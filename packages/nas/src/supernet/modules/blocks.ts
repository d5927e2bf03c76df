import { nn, ops, type Tensor } from "@supernet/torch";

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

  constructor(body: nn.Layer, scale = 1) {
    super();
    this.body = body;
    this.scale = scale;
  }

  forward(x: Tensor): Tensor {
    const y = this.body.forward(x);
    const sum = x.add(y, { alpha: this.scale });
    if (y !== x) y.dispose();
    return sum;
  }
}

/** Runs every branch on the input and concatenates the outputs along the channels. */
export class Concat extends nn.ModuleDict<nn.Layer> {
  forward(x: Tensor): Tensor {
    const maps = Array.from(this, ([, branch]) => branch.forward(x));
    const joined = ops.cat(maps, 1);
    for (const map of maps) if (map !== x) map.dispose();
    return joined;
  }
}

/** Splits the channels: the even ones pass through, the odd ones go through the body, and both are concatenated. */
export class SplitShuffle extends nn.ModuleDict<nn.Layer> {
  readonly #body: nn.Layer;

  constructor(name: string, body: nn.Layer) {
    super({ [name]: body });
    this.#body = body;
  }

  forward(x: Tensor): Tensor {
    const [n, c, h, w] = x.shape as [number, number, number, number];
    const pairs = x.reshape([n, c / 2, 2, h, w]);
    const even = pairs.select(2, 0);
    const odd = pairs.select(2, 1);
    const worked = this.#body.forward(odd);
    const joined = ops.cat([even, worked], 1);
    for (const tensor of [pairs, even, odd, worked]) tensor.dispose();
    return joined;
  }
}
