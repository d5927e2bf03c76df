import type { Subnet } from "../space/space.js";
import {
  AUTOFORMER_BASE_SIZES,
  AUTOFORMER_SMALL_SIZES,
  AUTOFORMER_TINY_SIZES,
  type AutoFormerSizes,
} from "./autoformer.js";

/**
 * Published subnets of the AutoFormer spaces (Chen et al., 2021, https://arxiv.org/abs/2107.00651). Their top-1
 * accuracy on ImageNet is 74.7, 81.7 and 82.4 %.
 */
export const PUBLISHED_AUTOFORMERS = {
  "autoformer-tiny": byBlock(AUTOFORMER_TINY_SIZES, {
    width: 192,
    ratio: [3.5, 3.5, 3, 3.5, 3, 3, 4, 4, 3.5, 4, 3.5, 4, 3.5],
    heads: [3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 3, 3],
  }),
  "autoformer-small": byBlock(AUTOFORMER_SMALL_SIZES, {
    width: 384,
    ratio: [3, 3.5, 3, 3.5, 4, 4, 4, 4, 4, 4, 4, 3.5, 4],
    heads: [6, 6, 5, 7, 5, 5, 5, 6, 6, 7, 7, 6, 7],
  }),
  "autoformer-base": byBlock(AUTOFORMER_BASE_SIZES, {
    width: 576,
    ratio: [3.5, 3.5, 4, 3.5, 4, 3.5, 3.5, 3, 4, 4, 3, 4, 3, 3.5],
    heads: [9, 9, 9, 9, 9, 10, 9, 9, 10, 9, 10, 9, 9, 10],
  }),
} as const satisfies Readonly<Record<string, Subnet>>;

interface Blocks {
  readonly width: number;
  readonly ratio: readonly number[];
  readonly heads: readonly number[];
}

/** Creates a subnet with the given blocks. Blocks beyond its depth are void and have the space's first choices. */
function byBlock(sizes: AutoFormerSizes, { width, ratio, heads }: Blocks): Subnet {
  const blocks = Array.from({ length: Math.max(...sizes.depth) }, (_, i) => [
    [`blocks.${i}.heads`, heads[i] ?? sizes.heads[0]!] as const,
    [`blocks.${i}.ratio`, ratio[i] ?? sizes.ratio[0]!] as const,
  ]);
  return { width, depth: ratio.length, ...Object.fromEntries(blocks.flat()) };
}
