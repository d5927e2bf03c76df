/**
 * @module
 *
 * The SPOS ShuffleNetV2 search space.
 *
 * Guo et al., "Single Path One-Shot Neural Architecture Search with Uniform Sampling", ECCV 2020,
 * https://arxiv.org/abs/1904.00420. Chen et al., "DetNAS", NeurIPS 2019, https://arxiv.org/abs/1903.10979, use it for a
 * detector's backbone. The blocks are those of Ma et al., "ShuffleNet V2", ECCV 2018, https://arxiv.org/abs/1807.11164.
 *
 * ## Network
 * `pw(a, b)` is a 1x1 convolution from a to b channels, `dw(k, s)` a depth-wise k x k convolution with stride s
 * and padding floor(k/2). No convolution has a bias, and a batch-norm (BN) follows each.
 *
 *     stem       Sequential(conv 3x3 stride 2 padding 1: 3 -> stem, BN, ReLU)     no max-pool
 *     layers     stage i: blocks[i] blocks that output channels[i]; the first has stride 2, the others 1
 *     last_conv  Sequential(pw(channels[3], last), BN, ReLU)      classifier only
 *     fc         Linear(last, classes), with bias, on the mean over height and width      classifier only
 *
 * The backbone's feature maps are the outputs of the stages: strides 4, 8, 16, 32.
 *
 * ## Block
 * `in` and `out` are the block's channels, and `mid = out / 2`:
 *
 *     stride 1 (in = out): half = in / 2 channels pass unchanged, the other half go through branch_main,
 *                          which outputs main = half channels. No branch_proj.
 *     stride 2:            both branches receive all `in` channels; branch_proj outputs `proj` channels,
 *                          branch_main main = out - proj channels. See the wirings for `proj`.
 *
 *     shuffle_kxk, k = 3, 5, 7; x = half or in:
 *       branch_main  0 pw(x, mid)   1 BN  2 ReLU  3 dw(k, stride)  4 BN  5 pw(mid, main)  6 BN  7 ReLU
 *     shuffle_xception:
 *       branch_main  0 dw(3, stride)  1 BN   2 pw(x, mid)     3 BN   4 ReLU
 *                    5 dw(3, 1)       6 BN   7 pw(mid, mid)   8 BN   9 ReLU
 *                   10 dw(3, 1)      11 BN  12 pw(mid, main) 13 BN  14 ReLU
 *     branch_proj (only in stride-2 blocks; k as above, 3 for Xception):
 *       branch_proj  0 dw(k, 2)  1 BN  2 pw(in, proj)  3 BN  4 ReLU
 *
 * Output: concatenation of [passed half or branch_proj, branch_main], in this order.
 *
 * ## Wirings
 * The references shuffle the channels in different places, so weights trained with one wiring give wrong outputs with
 * another. `shuffle(n)` is the order 0, n / 2, 1, n / 2 + 1, ...
 *
 *     channel_shuffle2  SPOS; DetNAS for the training of the found backbone. A stride-1 block passes the even channels
 *                       and works on the odd ones. proj = in.
 *     channel_shuffle1  DetNAS for the supernet, on ImageNet and in its COCO configurations named `_search`. A stride-1
 *                       block shuffles its input, passes the first half and works on the second. proj = in.
 *     mmrazor           MMRazor, for SPOS and DetNAS. A stride-1 block passes the first half and works on the second.
 *                       Every block shuffles its output, also those of stride 2. proj = out / 2.
 *
 * The first two have the same weights and cost. Only proj = in gives the published cost of the DetNAS subnet (0.326
 * GMACs; equal halves give 0.325).
 *
 * DetNAS's own code has a bias in the stem and last_conv, before their batch-norm, which cancels it. Here they have
 * none: subtract the bias from the batch-norm's running mean to load such weights.
 */
import { count, type Immutable, parseOptions, UserError } from "@supernet/base";
import { z } from "zod";
import {
  batchNorm2d,
  concat,
  conv2d,
  depthwiseConv2d,
  globalAveragePool,
  type Layer,
  relu,
  type ShufflePlace,
  sequential,
  splitShuffle,
} from "../layer/layer.js";
import { fixedPart, type Part } from "../layer/part.js";
import { defineSpace } from "../network/define-space.js";
import type { Alignment, NetworkSpace } from "../network/network-space.js";
import type { Choice } from "../space/space.js";
import { withDefaults } from "./settings.js";

export const SHUFFLE_CHOICES = ["shuffle_3x3", "shuffle_5x5", "shuffle_7x7", "shuffle_xception"] as const;
export type ShuffleChoice = (typeof SHUFFLE_CHOICES)[number];

/** Where the channels are shuffled. */
export const SHUFFLE_WIRINGS = ["channel_shuffle2", "channel_shuffle1", "mmrazor"] as const;
export type ShuffleWiring = (typeof SHUFFLE_WIRINGS)[number];

/** Schema of the sizes of a space of ShuffleNetV2 blocks. */
const sizesSchema = z.strictObject({
  stem: count.describe("Output channels of the first 3x3 convolution, which has stride 2."),
  blocks: z
    .array(count)
    .min(1)
    .describe("Number of blocks in each stage. The first block of a stage has stride 2."),
  channels: z
    .array(count)
    .min(1)
    .describe("Output channels of each stage: even numbers, because blocks split them in halves."),
  last: count.describe("Output channels of the last 1x1 convolution, before the classifier."),
  wiring: z
    .enum(SHUFFLE_WIRINGS)
    .describe(
      "Where the channels are shuffled: as in SPOS and DetNAS's retraining (channel_shuffle2), as in DetNAS's " +
        "supernet (channel_shuffle1), or as in MMRazor, whose stride-2 blocks also have other widths (mmrazor).",
    ),
  initialization: z
    .enum(["pytorch", "spos"])
    .describe(
      "Initial weights: PyTorch's defaults, or as in the code of SPOS, DetNAS and MMRazor (spos): normal with a " +
        "standard deviation of 1 / inputs, in the stem of 0.01; bias of batch-norms 1e-4.",
    ),
});

export type ShuffleNetV2Sizes = Immutable<z.output<typeof sizesSchema>>;

/** Sizes of SPOS, and of the 300M model of DetNAS. */
export const SPOS_SIZES: ShuffleNetV2Sizes = {
  stem: 16,
  blocks: [4, 4, 8, 4],
  channels: [64, 160, 320, 640],
  last: 1024,
  wiring: "channel_shuffle2",
  initialization: "pytorch",
};

/** Sizes of DetNAS's large model (1.3G, https://arxiv.org/abs/1903.10979): 40 blocks, and therefore 4^40 subnets. */
export const DETNAS_LARGE_SIZES: ShuffleNetV2Sizes = {
  stem: 48,
  blocks: [8, 8, 16, 8],
  channels: [96, 240, 480, 960],
  last: 1024,
  wiring: "channel_shuffle2",
  initialization: "pytorch",
};

export const sposSettings = withDefaults(sizesSchema, SPOS_SIZES);
export const detnasLargeSettings = withDefaults(sizesSchema, DETNAS_LARGE_SIZES);

/**
 * Creates the SPOS space, with one decision per block.
 *
 * @example
 * const space = sposShuffleNetV2();
 * space.decisions[0]?.name; // "layers.0.0"
 * @param sizes default: `SPOS_SIZES`
 * @throws UserError if a size is unknown or wrong
 */
export function sposShuffleNetV2(sizes: Partial<ShuffleNetV2Sizes> = {}): NetworkSpace {
  return shuffleNetV2("spos-shufflenetv2", sposSettings, sizes);
}

/**
 * Creates the same space at the sizes of DetNAS's large model.
 *
 * @param sizes default: `DETNAS_LARGE_SIZES`
 * @throws UserError if a size is unknown or wrong
 */
export function detnasLarge(sizes: Partial<ShuffleNetV2Sizes> = {}): NetworkSpace {
  return shuffleNetV2("detnas-large", detnasLargeSettings, sizes);
}

function shuffleNetV2(
  name: string,
  settings: typeof sposSettings,
  given: Partial<ShuffleNetV2Sizes>,
): NetworkSpace {
  const sizes = parseOptions(name, settings, given);
  checkSizes(name, sizes);
  const { stem, blocks, channels, last: headChannels, wiring, initialization } = sizes;
  const stages = channels.map((out, stage) =>
    Array.from({ length: blocks[stage]! }, (_, block) => {
      const before = stage === 0 ? stem : channels[stage - 1]!;
      const config: BlockConfig = {
        wiring,
        ...(block === 0 ? { stride: 2, in: before, out } : { stride: 1, in: out, out }),
      };
      return blockPart(`layers.${stage}.${block}`, config);
    }),
  );
  return defineSpace({
    name,
    decisions: stages.flat().map((part) => ({ name: part.name, choices: SHUFFLE_CHOICES })),
    backbone: [
      fixedPart("stem", sequential(conv2d(stem, 3, { stride: 2 }), batchNorm2d(), relu())),
      ...stages.flat(),
    ],
    maps: stages.map((parts, stage) => ({ part: parts.at(-1)!.name, stride: 2 ** (stage + 2) })),
    tail: [
      fixedPart("last_conv", sequential(...pointwiseRelu(headChannels))),
      fixedPart("pool", globalAveragePool()),
    ],
    alignment: ALIGNMENT,
    ...(initialization === "spos" ? { initialization } : {}),
  });
}

/**
 * Xception's outer 1x1 layers and its middle depth-wise layer start as those of the 3x3 block, with their batch-norms.
 * The others start as identities.
 */
const ALIGNMENT: Alignment = {
  base: "shuffle_3x3",
  renamed: {
    shuffle_xception: {
      "branch_main.0": "identity",
      "branch_main.1": "identity",
      "branch_main.2": "branch_main.0",
      "branch_main.3": "branch_main.1",
      "branch_main.5": "branch_main.3",
      "branch_main.6": "branch_main.4",
      "branch_main.7": "identity",
      "branch_main.8": "identity",
      "branch_main.10": "identity",
      "branch_main.11": "identity",
      "branch_main.12": "branch_main.5",
      "branch_main.13": "branch_main.6",
    },
  },
};

/** Where the stride-1 blocks of each wiring shuffle. */
const SHUFFLES: Readonly<Record<ShuffleWiring, ShufflePlace>> = {
  channel_shuffle2: "split",
  channel_shuffle1: "input",
  mmrazor: "output",
};

interface BlockConfig {
  readonly wiring: ShuffleWiring;
  readonly stride: 1 | 2;
  readonly in: number;
  readonly out: number;
}

function blockPart(name: string, config: BlockConfig): Part {
  return {
    name,
    decisions: [name],
    layer: (choices) => shuffleBlock(config, choices[name]!),
    sharing: "separate",
  };
}

function shuffleBlock(config: BlockConfig, choice: Choice): Layer {
  const kernel = kernelSize(choice);
  const main = choice === "shuffle_xception" ? xceptionBranch(config) : shuffleBranch(config, kernel);
  const shuffle = SHUFFLES[config.wiring];
  if (config.stride === 1) return splitShuffle("branch_main", main, { shuffle });
  const proj = sequential(...depthwise(kernel, 2), ...pointwiseRelu(branchChannels(config).proj));
  return concat({ branch_proj: proj, branch_main: main }, { shuffle: shuffle === "output" });
}

/** Returns the channels inside branch_main, and the output channels of both branches. */
function branchChannels({ wiring, stride, in: input, out }: BlockConfig) {
  const mid = out / 2;
  const proj = stride === 2 && wiring !== "mmrazor" ? input : mid;
  return { mid, proj, main: out - proj };
}

function shuffleBranch(config: BlockConfig, kernel: number): Layer {
  const { mid, main } = branchChannels(config);
  return sequential(...pointwiseRelu(mid), ...depthwise(kernel, config.stride), ...pointwiseRelu(main));
}

function xceptionBranch(config: BlockConfig): Layer {
  const { mid, main } = branchChannels(config);
  return sequential(
    ...[...depthwise(3, config.stride), ...pointwiseRelu(mid)],
    ...[...depthwise(3, 1), ...pointwiseRelu(mid)],
    ...[...depthwise(3, 1), ...pointwiseRelu(main)],
  );
}

const pointwiseRelu = (out: number): Layer[] => [conv2d(out, 1), batchNorm2d(), relu()];

const depthwise = (kernel: number, stride: number): Layer[] => [
  depthwiseConv2d(kernel, { stride }),
  batchNorm2d(),
];

/** Returns the side of a choice's depth-wise kernels. */
function kernelSize(choice: Choice): number {
  switch (choice as ShuffleChoice) {
    case "shuffle_3x3":
    case "shuffle_xception":
      return 3;
    case "shuffle_5x5":
      return 5;
    case "shuffle_7x7":
      return 7;
    default:
      throw new RangeError(`unknown ShuffleNetV2 block: ${choice}`);
  }
}

/** Checks conditions that involve several sizes. */
function checkSizes(name: string, { stem, blocks, channels, wiring }: ShuffleNetV2Sizes): void {
  if (blocks.length !== channels.length) {
    throw new UserError(
      `${name}: blocks has ${blocks.length} stages and channels ${channels.length}; use the same number for both`,
    );
  }
  for (const [stage, out] of channels.entries()) {
    const before = stage === 0 ? stem : channels[stage - 1]!;
    // Otherwise branch_proj, which keeps the channels, leaves none for branch_main.
    const narrow = wiring !== "mmrazor" && out <= before;
    if (out % 2 !== 0 || narrow) {
      throw new UserError(
        `${name}: channels[${stage}] is ${out}; expected an even number` +
          (narrow ? ` above the ${before} channels that enter the stage` : ""),
      );
    }
  }
}
