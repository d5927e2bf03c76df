import { UserError } from "@supernet/base";
import {
  type Attention,
  type ClassToken,
  type PatchEmbedding,
  relativeDistanceCount,
} from "../layer/token-layer.js";
import { BYTES, sumCosts } from "./cost.js";
import { type Estimate, elements, leaf } from "./leaf.js";
import { mapSizes, type Shape, sequenceSizes } from "./shape.js";

export function patchEmbedding(layer: PatchEmbedding, name: string, input: Shape, path: string): Estimate {
  const [channels, height, width] = mapSizes(path, input);
  const { out, patch, imageSize } = layer;
  if (height !== imageSize || width !== imageSize) {
    throw new UserError(
      `an image of ${height}x${width} does not fit ${path}: it has learned positions for ${imageSize}x${imageSize}: ` +
        "use images of that size, or set the imageSize of the space",
    );
  }
  const grid = imageSize / patch;
  const weights = channels * patch * patch * out;
  const map = [out, grid, grid];
  const proj = leaf("proj", input, map, {
    params: weights + out,
    macs: weights * grid * grid,
    activations: elements(map),
  });
  return { ...proj, output: [grid * grid, out], cost: sumCosts(name, [proj.cost], proj.maps.peak) };
}

export function classToken({ patches }: ClassToken, name: string, input: Shape, path: string): Estimate {
  const [tokens, width] = sequenceSizes(path, input);
  if (tokens !== patches) throw new RangeError(`${path}: expected ${patches} patches, got ${tokens}`);
  return leaf(name, input, [patches + 1, width], { params: (patches + 2) * width });
}

/**
 * Estimates attention by its products. A relative position costs a product of each query (or of the weights summed by
 * distance) with the rows of its two tables that occur in the grid. Lookups are free. A product for each pair of
 * tokens, as in the paper's formula, would cost as much as the attention itself.
 *
 * `memory` includes tensors inside the layer: queries, keys and values, the products with the tables, and two numbers
 * per head and pair of tokens. The latter are first the relative positions' terms, then the scores and the weights.
 */
export function attention(layer: Attention, name: string, input: Shape, path: string): Estimate {
  const [tokens, width] = sequenceSizes(path, input);
  const { heads, headWidth, grid, distance } = layer;
  if (tokens !== grid * grid + 1) {
    throw new RangeError(`${path}: expected a class token and ${grid}x${grid} patches, got ${tokens} tokens`);
  }
  const inner = heads * headWidth;
  const rows = 2 * (relativeDistanceCount(layer) + 1);
  const product = (of: string, from: number, to: number) =>
    leaf(of, [tokens, from], [tokens, to], {
      params: from * to + to,
      macs: tokens * from * to,
      activations: tokens * to,
    }).cost;
  const pairs = [heads, tokens, tokens];
  const table = { params: 2 * (2 * distance + 2) * headWidth, macs: tokens * inner * rows };
  const children = [
    product("qkv", width, 3 * inner),
    leaf("rel_pos_embed_k", [tokens, inner], pairs, table).cost,
    leaf("rel_pos_embed_v", pairs, [tokens, inner], table).cost,
    leaf("products", [tokens, 3 * inner], [tokens, inner], { macs: 2 * tokens * tokens * inner }).cost,
    product("proj", inner, width),
  ];
  const size = BYTES * elements(input);
  const within = BYTES * (3 * tokens * inner + tokens * heads * rows + 2 * elements(pairs));
  const first = size + BYTES * 3 * tokens * inner;
  const last = BYTES * tokens * inner + size;
  const maps = {
    input: size,
    output: size,
    peak: Math.max(first, within, last),
    kept: size + Math.max(within, last),
    passes: false,
  };
  return { output: input, cost: sumCosts(name, children, maps.peak), maps };
}
