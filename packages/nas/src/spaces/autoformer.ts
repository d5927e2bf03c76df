/**
 * @module
 *
 * The AutoFormer search spaces of vision transformers, whose subnets are slices of one another (weight entanglement).
 *
 * Chen et al., "AutoFormer: Searching Transformers for Visual Recognition", ICCV 2021,
 * https://arxiv.org/abs/2107.00651.
 *
 * ## Network
 * Shapes are [tokens, width]. Norms are layer-norms (eps 1e-5). Every linear layer and the patch embedding have a bias.
 *
 *     patch_embed      convolution patch x patch, stride patch: 3 -> width, patches row by row
 *     tokens           class token before the patches, plus a learned absolute position for each
 *     blocks.<i>.0     x + drop-path(attention(norm(x)))
 *     blocks.<i>.1     x + mlpScale * drop-path(linear(gelu(linear(norm(x)))))
 *     norm, pool       mean of the patches' tokens, without the class token
 *     fc               Linear(width, classes)
 *
 * Decisions:
 *
 *     width            width of a token, in the complete network
 *     depth            number of blocks, from the first one
 *     blocks.<i>.heads heads of the block's attention; queries, keys and values are 64 x heads wide
 *     blocks.<i>.ratio ratio of the block's MLP, which has floor(ratio x width) hidden features
 *
 * A size with a single choice is not a decision. Blocks beyond the depth are `identity`, and their heads and ratio are
 * void.
 *
 * ## Attention
 * d is 64. i and j are indices of tokens; the class token is the first one.
 *
 *     score(i, j)  = (q_i . k_j + q_i . rk(i, j)) / sqrt(d)
 *     rk(i, j)     = vertical[row(i, j)] + horizontal[column(i, j)]
 *     output(i)    = sum_j softmax(score(i))_j (v_j + rv(i, j))
 *
 * row(i, j) is the distance (j's row - i's row) clipped to [-14, 14], plus 15. It is 0 if i or j is the class token.
 * column(i, j) is defined in the same way, so each table has 2 x 14 + 2 rows. Keys and values have separate tables,
 * which all heads share.
 *
 * Row 3k + m of the joint weight `qkv.weight` is row k of queries (m = 0), keys (1) and values (2), so a subnet with
 * fewer heads uses the leading rows. Its bias is not interleaved: the leading 3 x 64 x heads numbers are those of all
 * queries, then all keys, then all values. The published code does the same, and published weights depend on it.
 *
 * ## Output scale
 * The output of the heads is multiplied by (maximum heads / heads) before the projection, and the output of an MLP by
 * (maximum ratio / ratio). The published code has a switch for these factors, which its scripts for training and search
 * do not use. Set `outputScale: false` for weights that these scripts trained.
 *
 * ## Initial weights
 * Linear layers, class token, positions and tables: normal with standard deviation 0.02, truncated at 2. Biases: zero.
 * Patch embedding: PyTorch's default.
 *
 * ## Allocated weights
 * Only those of the largest subnet of the space: width 240 for tiny, although the published supernet has 256. The
 * leading slices of a published supernet's weights fit. No subnet of the space uses the remaining weights.
 */
import { count, type Immutable, parseOptions, positive, UserError } from "@supernet/base";
import { z } from "zod";
import { identity, type Layer, linear, residual, sequential } from "../layer/layer.js";
import { fixedPart, type Part } from "../layer/part.js";
import {
  attention,
  classToken,
  dropPath,
  gelu,
  layerNorm,
  patchEmbedding,
  tokenPool,
} from "../layer/token-layer.js";
import { defineSpace } from "../network/define-space.js";
import type { NetworkSpace } from "../network/network-space.js";
import type { Decision } from "../space/space.js";
import { type Axis, axisBuilder, decisionsOf } from "./axis.js";
import { withDefaults } from "./settings.js";

const choices = z.array(count).min(1);

const sizesSchema = z.strictObject({
  imageSize: count.describe(
    "Side of the image in pixels. Other sizes do not fit, because positions are learned for its patches.",
  ),
  patch: count.describe("Side of a patch in pixels, a divisor of `imageSize`."),
  width: choices.describe("Choices for the number of features of a token."),
  depth: choices.describe("Choices for the number of blocks."),
  heads: choices.describe("Choices for the number of heads of each block, with 64 features each."),
  ratio: z
    .array(positive)
    .min(1)
    .describe("Choices for the hidden features of each block's MLP, in multiples of the width."),
  outputScale: z
    .boolean()
    .describe(
      "Whether the outputs of attentions and MLPs are multiplied by the maximum over the active width. The published " +
        "scripts do not do that. Weights trained by them need `false`.",
    ),
});

export type AutoFormerSizes = Immutable<z.output<typeof sizesSchema>>;

const COMMON = { imageSize: 224, patch: 16, ratio: [3, 3.5, 4], outputScale: true };

export const AUTOFORMER_TINY_SIZES: AutoFormerSizes = {
  ...COMMON,
  width: [192, 216, 240],
  depth: [12, 13, 14],
  heads: [3, 4],
};

export const AUTOFORMER_SMALL_SIZES: AutoFormerSizes = {
  ...COMMON,
  width: [320, 384, 448],
  depth: [12, 13, 14],
  heads: [5, 6, 7],
};

export const AUTOFORMER_BASE_SIZES: AutoFormerSizes = {
  ...COMMON,
  width: [528, 576, 624],
  depth: [14, 15, 16],
  heads: [8, 9, 10],
};

export const autoFormerTinySettings = withDefaults(sizesSchema, AUTOFORMER_TINY_SIZES);
export const autoFormerSmallSettings = withDefaults(sizesSchema, AUTOFORMER_SMALL_SIZES);
export const autoFormerBaseSettings = withDefaults(sizesSchema, AUTOFORMER_BASE_SIZES);

type Sizes = Partial<AutoFormerSizes>;

/**
 * Creates the space.
 *
 * @example
 * const space = autoFormerTiny({ imageSize: 64, patch: 8 });
 * @param sizes default: the published ones
 * @throws UserError if a size is unknown or wrong
 */
export const autoFormerTiny = (sizes: Sizes = {}): NetworkSpace =>
  autoFormer("autoformer-tiny", autoFormerTinySettings, sizes);
/** @see autoFormerTiny */
export const autoFormerSmall = (sizes: Sizes = {}): NetworkSpace =>
  autoFormer("autoformer-small", autoFormerSmallSettings, sizes);
/** @see autoFormerTiny */
export const autoFormerBase = (sizes: Sizes = {}): NetworkSpace =>
  autoFormer("autoformer-base", autoFormerBaseSettings, sizes);

/** Width of the queries, keys and values of one head. */
const HEAD_WIDTH = 64;
/** Maximum relative distance of rows and columns. Larger ones are clipped to it. */
const DISTANCE = 14;
/** Standard deviation of the initial weights. */
const INIT_STD = 0.02;

function autoFormer(name: string, settings: typeof autoFormerTinySettings, given: Sizes): NetworkSpace {
  const sizes = parseOptions(name, settings, given);
  checkSizes(name, sizes);
  const { imageSize, patch } = sizes;
  const decisions: Decision[] = [];
  const axis = axisBuilder(decisions);
  const width = axis("width", sizes.width);
  const depth = axis("depth", sizes.depth);
  const grid = imageSize / patch;
  const blocks = Array.from({ length: Math.max(...sizes.depth) }, (_, block) => ({
    heads: axis(`blocks.${block}.heads`, sizes.heads),
    ratio: axis(`blocks.${block}.ratio`, sizes.ratio),
  }));
  return defineSpace({
    name,
    imageSize,
    decisions,
    backbone: [
      {
        name: "patch_embed",
        decisions: width.decisions,
        layer: (choices) => patchEmbedding(width.of(choices), patch, imageSize),
        sharing: "entangled",
      },
      fixedPart("tokens", classToken(grid * grid)),
      ...blocks.map((own, block) =>
        blockPart(block, sizes, {
          ...own,
          width,
          depth: block < Math.min(...sizes.depth) ? undefined : depth,
        }),
      ),
    ],
    maps: [],
    tail: [fixedPart("norm", layerNorm()), fixedPart("pool", tokenPool())],
    linearInitStd: INIT_STD,
    widthDecisions: decisionsOf([width, ...blocks.map(({ heads }) => heads)]),
  });
}

interface BlockAxes {
  readonly width: Axis;
  /** Undefined if every depth includes the block. */
  readonly depth: Axis | undefined;
  readonly heads: Axis;
  readonly ratio: Axis;
}

function blockPart(block: number, sizes: AutoFormerSizes, axes: BlockAxes): Part {
  const { width, depth, heads, ratio } = axes;
  return {
    name: `blocks.${block}`,
    decisions: decisionsOf([width, ...(depth ? [depth] : []), heads, ratio]),
    layer(choices) {
      if (depth && depth.of(choices) <= block) return identity();
      return encoderBlock(block, sizes, {
        width: width.of(choices),
        heads: heads.of(choices),
        ratio: ratio.of(choices),
      });
    },
    sharing: "entangled",
  };
}

interface BlockSizes {
  readonly width: number;
  readonly heads: number;
  readonly ratio: number;
}

function encoderBlock(block: number, sizes: AutoFormerSizes, { width, heads, ratio }: BlockSizes): Layer {
  const { imageSize, patch, depth, outputScale } = sizes;
  const scale = (choices: readonly number[], chosen: number) =>
    outputScale ? Math.max(...choices) / chosen : 1;
  const last = Math.max(...depth) - 1;
  const drop = dropPath(last === 0 ? 1 : block / last);
  const attend = attention({
    heads,
    headWidth: HEAD_WIDTH,
    grid: imageSize / patch,
    distance: DISTANCE,
    scale: scale(sizes.heads, heads),
  });
  return sequential(
    residual(sequential(layerNorm(), attend, drop)),
    residual(sequential(layerNorm(), linear(Math.floor(width * ratio)), gelu(), linear(width), drop), {
      scale: scale(sizes.ratio, ratio),
    }),
  );
}

/** Checks conditions that involve several sizes. */
function checkSizes(name: string, { imageSize, patch, width, ratio }: AutoFormerSizes): void {
  if (imageSize % patch !== 0) {
    throw new UserError(`${name}: patch is ${patch}; expected a divisor of imageSize, which is ${imageSize}`);
  }
  const minRatio = Math.min(...ratio);
  if (Math.min(...width) * minRatio < 1) {
    throw new UserError(
      `${name}: ratio is ${minRatio}; expected numbers that give the narrowest MLP at least one hidden feature`,
    );
  }
}
