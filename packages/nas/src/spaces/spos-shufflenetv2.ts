/**
 * The SPOS ShuffleNetV2 search space.
 *
 * Guo et al., "Single Path One-Shot Neural Architecture Search with Uniform Sampling", ECCV 2020,
 * arXiv:1904.00420; taken over as a detector's backbone by Chen et al., "DetNAS", NeurIPS 2019,
 * arXiv:1903.10979. Blocks after Ma et al., "ShuffleNet V2", ECCV 2018, arXiv:1807.11164.
 *
 * ## Network
 * `pw(a, b)` is a 1x1 convolution from a to b channels, `dw(k, s)` a depth-wise k x k convolution with stride s
 * and padding floor(k/2); no convolution has a bias, and a batch-norm (BN) follows each.
 *
 *     stem       Sequential(conv 3x3 stride 2 padding 1: 3 -> stem, BN, ReLU)     no max-pool
 *     layers     stage i: blocks[i] blocks that put out channels[i]; the first has stride 2, the others 1
 *     last_conv  Sequential(pw(channels[3], last), BN, ReLU)      classifier only
 *     fc         Linear(last, classes), with bias, on the mean over height and width      classifier only
 *
 * The backbone's maps are the outputs of the stages: strides 4, 8, 16, 32.
 *
 * ## Block
 * With `in` and `out` the block's channels, `mid = out / 2`:
 *
 *     stride 1 (in = out): half = in / 2 channels pass unchanged, the other half go through branch_main,
 *                          which puts out main = half channels. No branch_proj.
 *     stride 2:            both branches see all `in` channels; branch_proj puts out `in` channels,
 *                          branch_main main = out - in channels.
 *
 *     shuffle_kxk, k = 3, 5, 7; x = half or in:
 *       branch_main  0 pw(x, mid)   1 BN  2 ReLU  3 dw(k, stride)  4 BN  5 pw(mid, main)  6 BN  7 ReLU
 *     shuffle_xception:
 *       branch_main  0 dw(3, stride)  1 BN   2 pw(x, mid)     3 BN   4 ReLU
 *                    5 dw(3, 1)       6 BN   7 pw(mid, mid)   8 BN   9 ReLU
 *                   10 dw(3, 1)      11 BN  12 pw(mid, main) 13 BN  14 ReLU
 *     branch_proj (stride 2 alone; k as above, 3 for Xception):
 *       branch_proj  0 dw(k, 2)  1 BN  2 pw(in, in)  3 BN  4 ReLU
 *
 * Output: concatenation of [passed half or branch_proj, branch_main], in this order. The shuffle is at the entry of
 * a stride-1 block: the even channels pass, the odd ones go through branch_main. Stride-2 blocks do not shuffle.
 *
 * The split of a stride-2 block (out - in and in, rather than halves) is settled by the published sums: it gives
 * 0.326 G multiply-accumulates for the DetNAS subnet, halves give 0.325 G.
 */
import { UserError } from "@supernet/base";
import {
  batchNorm2d,
  concat,
  conv2d,
  depthwiseConv2d,
  globalAveragePool,
  type Layer,
  relu,
  sequential,
  splitShuffle,
} from "../layer/layer.js";
import { fixedPart, type Part } from "../layer/part.js";
import { defineSpace } from "../network/define-space.js";
import type { Alignment, NetworkSpace } from "../network/network-space.js";
import type { Choice } from "../space/space.js";

export const SHUFFLE_CHOICES = ["shuffle_3x3", "shuffle_5x5", "shuffle_7x7", "shuffle_xception"] as const;
export type ShuffleChoice = (typeof SHUFFLE_CHOICES)[number];

export interface ShuffleNetV2Sizes {
  /** Channels of the first convolution. */
  readonly stem: number;
  /** Blocks of each stage. */
  readonly blocks: readonly number[];
  /** Output channels of each stage, as many as `blocks`. */
  readonly channels: readonly number[];
  /** Channels of the last 1x1 convolution, before the classifier. */
  readonly last: number;
}

/** SPOS, and the 300M model of DetNAS. */
export const SPOS_SIZES: ShuffleNetV2Sizes = {
  stem: 16,
  blocks: [4, 4, 8, 4],
  channels: [64, 160, 320, 640],
  last: 1024,
};

/**
 * The space at the given sizes (those of SPOS where not given): one decision a block.
 * @throws UserError where the sizes make no network
 */
export function sposShuffleNetV2(sizes: Partial<ShuffleNetV2Sizes> = {}): NetworkSpace {
  return shuffleNetV2("spos-shufflenetv2", { ...SPOS_SIZES, ...sizes });
}

/** A space of ShuffleNetV2 blocks, under its name. */
export function shuffleNetV2(name: string, sizes: ShuffleNetV2Sizes): NetworkSpace {
  checkSizes(name, sizes);
  const { stem, blocks, channels, last } = sizes;
  const stages = channels.map((out, stage) =>
    Array.from({ length: blocks[stage]! }, (_, block) => {
      const before = stage === 0 ? stem : channels[stage - 1]!;
      const place: Place = block === 0 ? { stride: 2, in: before, out } : { stride: 1, in: out, out };
      return blockPart(`layers.${stage}.${block}`, place);
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
      fixedPart("last_conv", sequential(...pointwise(last), relu())),
      fixedPart("pool", globalAveragePool()),
    ],
    alignment: ALIGNMENT,
  });
}

/** Xception's outer 1x1 layers and middle depth-wise one begin like the 3x3 block's, its other layers pass on. */
const ALIGNMENT: Alignment = {
  base: "shuffle_3x3",
  renamed: {
    shuffle_xception: {
      "branch_main.0.weight": "identity",
      "branch_main.2.weight": "branch_main.0.weight",
      "branch_main.5.weight": "branch_main.3.weight",
      "branch_main.7.weight": "identity",
      "branch_main.10.weight": "identity",
      "branch_main.12.weight": "branch_main.5.weight",
    },
  },
};

/** Where a block stands, and its channels. */
interface Place {
  readonly stride: 1 | 2;
  readonly in: number;
  readonly out: number;
}

function blockPart(name: string, place: Place): Part {
  return {
    name,
    decisions: [name],
    layer: (choices) => shuffleBlock(place, choices[name]!),
    sharing: "separate",
  };
}

function shuffleBlock(place: Place, choice: Choice): Layer {
  const kernel = kernelOf(choice);
  const main = choice === "shuffle_xception" ? xceptionBranch(place) : shuffleBranch(place, kernel);
  if (place.stride === 1) return splitShuffle("branch_main", main);
  const proj = sequential(...depthwise(kernel, 2), ...pointwise(place.in), relu());
  return concat({ branch_proj: proj, branch_main: main });
}

/** Channels within branch_main, and those that it puts out. */
function mainChannels({ stride, in: input, out }: Place): { mid: number; main: number } {
  return { mid: out / 2, main: stride === 2 ? out - input : out / 2 };
}

function shuffleBranch(place: Place, kernel: number): Layer {
  const { mid, main } = mainChannels(place);
  return sequential(
    ...[...pointwise(mid), relu()],
    ...depthwise(kernel, place.stride),
    ...[...pointwise(main), relu()],
  );
}

function xceptionBranch(place: Place): Layer {
  const { mid, main } = mainChannels(place);
  return sequential(
    ...[...depthwise(3, place.stride), ...pointwise(mid), relu()],
    ...[...depthwise(3, 1), ...pointwise(mid), relu()],
    ...[...depthwise(3, 1), ...pointwise(main), relu()],
  );
}

const pointwise = (out: number): Layer[] => [conv2d(out, 1), batchNorm2d()];

const depthwise = (kernel: number, stride: number): Layer[] => [
  depthwiseConv2d(kernel, { stride }),
  batchNorm2d(),
];

/** Side of the depth-wise kernels of a choice. */
function kernelOf(choice: Choice): number {
  switch (choice as ShuffleChoice) {
    case "shuffle_3x3":
    case "shuffle_xception":
      return 3;
    case "shuffle_5x5":
      return 5;
    case "shuffle_7x7":
      return 7;
    default:
      throw new RangeError(`no ShuffleNetV2 block is named ${choice}`);
  }
}

function checkSizes(name: string, { stem, blocks, channels, last }: ShuffleNetV2Sizes): void {
  const whole = (n: number) => Number.isSafeInteger(n) && n > 0;
  for (const [key, value] of Object.entries({ stem, last })) {
    if (!whole(value)) throw new UserError(`${name}: ${key} is ${value}; it takes a whole number from 1`);
  }
  if (blocks.length === 0 || blocks.length !== channels.length) {
    throw new UserError(
      `${name}: blocks has ${blocks.length} stages and channels ${channels.length}; ` +
        "give both the same number, at least one",
    );
  }
  for (const [stage, count] of blocks.entries()) {
    if (!whole(count)) throw new UserError(`${name}: blocks[${stage}] is ${count}; give 1 or more`);
    const before = stage === 0 ? stem : channels[stage - 1]!;
    const out = channels[stage]!;
    if (!whole(out) || out % 2 !== 0 || out <= before) {
      throw new UserError(
        `${name}: channels[${stage}] is ${out}; ` +
          `it takes an even number above the ${before} channels that enter the stage`,
      );
    }
  }
}
