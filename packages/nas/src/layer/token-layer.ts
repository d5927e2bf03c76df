import { count, fraction, parseOptions, requireObject } from "@supernet/base";
import { z } from "zod";
import { layerWithoutOptions, requireCounts } from "./require.js";

/**
 * Layers of a vision transformer (Dosovitskiy et al., "An Image is Worth 16x16 Words", ICLR 2021), whose shape is
 * `[tokens, width]`. The features of a token take the role of channels.
 */
export type TokenLayer =
  | PatchEmbedding
  | ClassToken
  | Attention
  | DropPath
  /** Affine layer-norm over the features of each token. Ba et al., 2016. */
  | { readonly kind: "layer-norm" }
  /** The exact Gaussian error linear unit. Hendrycks and Gimpel, 2016. */
  | { readonly kind: "gelu" }
  /** Mean over all tokens but the first, the class token: `[tokens, width] -> [width]`. */
  | { readonly kind: "token-pool" };

/** Shape: `[3, imageSize, imageSize] -> [(imageSize / patch)^2, out]`, patches row by row; with bias. */
export interface PatchEmbedding {
  readonly kind: "patch-embedding";
  readonly out: number;
  /** Side of a patch in pixels, a divisor of the image's side. */
  readonly patch: number;
  /** Side of the only image that fits, in pixels. */
  readonly imageSize: number;
}

/** Prepends a learned token and adds a learned position to each token. Shape: `[patches, w] -> [patches + 1, w]`. */
export interface ClassToken {
  readonly kind: "class-token";
  readonly patches: number;
}

/**
 * Multi-head self-attention over a class token and a square grid of patches. It has relative positions of keys and
 * values (Shaw et al., 2018, https://arxiv.org/abs/1803.02155) in two dimensions. Shape:
 * `[grid^2 + 1, w] -> [grid^2 + 1, w]`.
 */
export interface Attention {
  readonly kind: "attention";
  readonly heads: number;
  /** Width of a head; queries, keys and values are `heads * headWidth` wide. */
  readonly headWidth: number;
  /** Side of the grid of patches. */
  readonly grid: number;
  /** Maximum relative distance of rows and columns. Larger ones are clipped to it. */
  readonly distance: number;
  /** Factor for the output of the heads, before the projection. */
  readonly scale: number;
}

/**
 * Drops a branch for random samples of a batch in training (Huang et al., "Deep Networks with Stochastic Depth", 2016,
 * https://arxiv.org/abs/1603.09382).
 */
export interface DropPath {
  readonly kind: "drop-path";
  /** Fraction of the network's rate, from 0 in the first block to 1 in the last; see `setDropPath`. */
  readonly share: number;
}

/** Creates a patch embedding. */
export function patchEmbedding(out: number, patch: number, imageSize: number): PatchEmbedding {
  requireCounts("patchEmbedding", { out, patch, imageSize });
  return { kind: "patch-embedding", out, patch, imageSize };
}

/** Creates a class token with learned positions. */
export function classToken(patches: number): ClassToken {
  requireCounts("classToken", { patches });
  return { kind: "class-token", patches };
}

const attentionSchema = z.strictObject({
  heads: count,
  headWidth: count,
  grid: count,
  distance: z.int().min(0),
  scale: z.number(),
});

/** Creates a multi-head self-attention. */
export function attention(sizes: Omit<Attention, "kind">): Attention {
  parseOptions("attention", attentionSchema, sizes);
  return { kind: "attention", ...sizes };
}

/** Creates a drop-path. */
export function dropPath(share: number): DropPath {
  parseOptions("dropPath", z.strictObject({ share: fraction }), { share });
  return { kind: "drop-path", share };
}

export const layerNorm = layerWithoutOptions<TokenLayer>("layerNorm", { kind: "layer-norm" });
export const gelu = layerWithoutOptions<TokenLayer>("gelu", { kind: "gelu" });
export const tokenPool = layerWithoutOptions<TokenLayer>("tokenPool", { kind: "token-pool" });

/**
 * Returns the number of distances between rows (or columns) of a grid that a relative position distinguishes, in both
 * directions and 0. Distances above `distance` count as `distance`, and those beyond the grid do not occur.
 */
export function relativeDistanceCount(sizes: Pick<Attention, "grid" | "distance">): number {
  requireObject("relativeDistanceCount: sizes", sizes);
  return 2 * Math.min(sizes.distance, sizes.grid - 1) + 1;
}
