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
import { UserError } from "@supernet/torch/errors";
import { sumCosts } from "../cost/cost.js";
import type { CostPart } from "../cost/estimator.js";
import {
  batchNorm2d,
  conv2d,
  depthwiseConv2d,
  globalAveragePool,
  type Layer,
  linear,
  relu,
  sequential,
} from "../cost/layers.js";
import type { Choice, Space } from "../space/space.js";

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
  readonly classes: number;
}

/** SPOS, and the 300M model of DetNAS. */
export const SPOS_SIZES: ShuffleNetV2Sizes = {
  stem: 16,
  blocks: [4, 4, 8, 4],
  channels: [64, 160, 320, 640],
  last: 1024,
  classes: 1000,
};

/** The 1.3G model of DetNAS. */
export const DETNAS_LARGE_SIZES: ShuffleNetV2Sizes = {
  stem: 48,
  blocks: [8, 8, 16, 8],
  channels: [96, 240, 480, 960],
  last: 1024,
  classes: 1000,
};

/** Where a choice block stands, and the channels of its branches (see the top of this file). */
export interface ShuffleBlockPlan {
  /** `layers.<stage>.<block>`, the decision that settles it. */
  readonly decision: string;
  readonly stage: number;
  readonly block: number;
  readonly stride: 1 | 2;
  readonly in: number;
  readonly out: number;
  /** Input channels of branch_main. */
  readonly mainIn: number;
  readonly mid: number;
  /** Output channels of branch_main. */
  readonly main: number;
}

export interface SposShuffleNetV2Space extends Space {
  readonly sizes: ShuffleNetV2Sizes;
  /** Every choice block, in order of execution. */
  readonly plan: readonly ShuffleBlockPlan[];
}

/**
 * The space at the given sizes (those of SPOS where not given): one decision a block.
 * @throws UserError where the sizes make no network
 */
export function sposShuffleNetV2(sizes: Partial<ShuffleNetV2Sizes> = {}): SposShuffleNetV2Space {
  const all = { ...SPOS_SIZES, ...sizes };
  checkSizes(all);
  const plan = planBlocks(all);
  const decisions = plan.map(({ decision }) => ({ name: decision, choices: SHUFFLE_CHOICES }));
  return { name: "spos-shufflenetv2", decisions, sizes: all, plan };
}

/** Cost of the backbone alone: stem and stages, whichever of the stages' outputs are used. */
export function shuffleNetV2BackboneParts(space: SposShuffleNetV2Space): readonly CostPart[] {
  const stem = sequential(conv2d(space.sizes.stem, { kernel: 3, stride: 2 }), batchNorm2d(), relu());
  return [
    fixedPart("stem", stem),
    ...space.plan.map((plan) => ({
      name: plan.decision,
      decisions: [plan.decision],
      layer: (choices: Readonly<Record<string, Choice>>) => shuffleBlock(plan, choices[plan.decision]!),
    })),
  ];
}

/** Cost of the classifier up to its last layer, which alone hangs on the classes: backbone, last 1x1 convolution. */
export function shuffleNetV2FeatureParts(space: SposShuffleNetV2Space): readonly CostPart[] {
  return [
    ...shuffleNetV2BackboneParts(space),
    fixedPart("last_conv", sequential(...pointwise(space.sizes.last), relu())),
    fixedPart("pool", globalAveragePool()),
  ];
}

/** Cost of the whole classifier. */
export function shuffleNetV2ClassifierParts(space: SposShuffleNetV2Space): readonly CostPart[] {
  return [...shuffleNetV2FeatureParts(space), fixedPart("fc", linear(space.sizes.classes))];
}

function fixedPart(name: string, layer: Layer): CostPart {
  return { name, decisions: [], layer: () => layer };
}

function planBlocks(sizes: ShuffleNetV2Sizes): ShuffleBlockPlan[] {
  const plan: ShuffleBlockPlan[] = [];
  let input = sizes.stem;
  for (const [stage, count] of sizes.blocks.entries()) {
    const out = sizes.channels[stage]!;
    for (let block = 0; block < count; block++) {
      const stride = block === 0 ? 2 : 1;
      const mainIn = stride === 2 ? input : input / 2;
      const decision = `layers.${stage}.${block}`;
      plan.push({ decision, stage, block, stride, in: input, out, mainIn, mid: out / 2, main: out - mainIn });
      input = out;
    }
  }
  return plan;
}

function shuffleBlock(plan: ShuffleBlockPlan, choice: Choice): Layer {
  const kernel = kernelOf(choice);
  const branch = choice === "shuffle_xception" ? xceptionBranch(plan) : shuffleBranch(plan, kernel);
  return (name, input) => {
    const main = branch("branch_main", [plan.mainIn, ...input.slice(1)]);
    const costs = [main.cost];
    if (plan.stride === 2) costs.push(projectionBranch(plan, kernel)("branch_proj", input).cost);
    return { output: [plan.out, ...main.output.slice(1)], cost: sumCosts(name, costs) };
  };
}

function shuffleBranch(plan: ShuffleBlockPlan, kernel: number): Layer {
  return sequential(
    ...pointwise(plan.mid),
    relu(),
    ...depthwise(kernel, plan.stride),
    ...pointwise(plan.main),
    relu(),
  );
}

function xceptionBranch(plan: ShuffleBlockPlan): Layer {
  return sequential(
    ...[...depthwise(3, plan.stride), ...pointwise(plan.mid), relu()],
    ...[...depthwise(3, 1), ...pointwise(plan.mid), relu()],
    ...[...depthwise(3, 1), ...pointwise(plan.main), relu()],
  );
}

function projectionBranch(plan: ShuffleBlockPlan, kernel: number): Layer {
  return sequential(...depthwise(kernel, plan.stride), ...pointwise(plan.in), relu());
}

function pointwise(out: number): Layer[] {
  return [conv2d(out, { kernel: 1 }), batchNorm2d()];
}

function depthwise(kernel: number, stride: number): Layer[] {
  return [depthwiseConv2d(kernel, stride), batchNorm2d()];
}

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

function checkSizes(sizes: ShuffleNetV2Sizes): void {
  const { stem, blocks, channels, last, classes } = sizes;
  const whole = (n: number) => Number.isSafeInteger(n) && n > 0;
  for (const [key, value] of Object.entries({ stem, last, classes })) {
    if (!whole(value))
      throw new UserError(`spos-shufflenetv2: ${key} is ${value}; it takes a whole number from 1`);
  }
  if (blocks.length === 0 || blocks.length !== channels.length) {
    throw new UserError(
      `spos-shufflenetv2: blocks has ${blocks.length} stages and channels ${channels.length}; ` +
        "give both the same number, at least one",
    );
  }
  for (const [stage, count] of blocks.entries()) {
    if (!whole(count)) throw new UserError(`spos-shufflenetv2: blocks[${stage}] is ${count}; give 1 or more`);
    const before = stage === 0 ? stem : channels[stage - 1]!;
    const out = channels[stage]!;
    if (!whole(out) || out % 2 !== 0 || out <= before) {
      throw new UserError(
        `spos-shufflenetv2: channels[${stage}] is ${out}; ` +
          `it takes an even number above the ${before} channels that enter the stage`,
      );
    }
  }
}
