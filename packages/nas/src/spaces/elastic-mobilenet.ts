/**
 * The elastic space of inverted residuals, whose candidates are slices of one another.
 *
 * After Cai et al., "Once-for-All", ICLR 2020, arXiv:1908.09791: kernels, expansions and depths vary over the blocks
 * of MobileNetV2. Widths vary a stage on top of that. Kernels are centre crops, without the published transformation
 * matrices.
 *
 * ## Network
 * That of `mobilenetv2.ts`, stem, first block, six stages, last convolution, with
 *
 *     stages.<i>.width                output channels of the stage
 *     stages.<i>.depth                blocks of the stage that are there, from its first on
 *     layers.<i>.<block>.kernel       of the depth-wise convolution
 *     layers.<i>.<block>.expansion    of the block, in multiples of the channels that come in
 *
 * What has a single choice is no decision. A stage's first block has no shortcut, all others have one. Blocks beyond
 * the depth are `identity`, and their kernel and expansion are void.
 */
import { UserError } from "@supernet/torch/errors";
import { identity } from "../layer/layer.js";
import type { Part } from "../layer/part.js";
import { defineSpace } from "../network/define-space.js";
import type { NetworkSpace } from "../network/network-space.js";
import type { Decision } from "../space/space.js";
import { type Axis, axesInto, decisionsOf } from "./axis.js";
import {
  checkCounts,
  firstParts,
  invertedResidual,
  mapsAfter,
  STAGE_STRIDES,
  tailParts,
} from "./inverted-residual.js";

export interface ElasticMobileNetSizes {
  /** Channels of the first convolution. */
  readonly stem: number;
  /** Channels of the first block, which is not searched. */
  readonly first: number;
  /** Choices for the output channels of each of the six stages. */
  readonly widths: readonly (readonly number[])[];
  /** Choices for the number of blocks of each of the six stages. */
  readonly depths: readonly (readonly number[])[];
  /** Choices for every block. */
  readonly kernels: readonly number[];
  readonly expansions: readonly number[];
  /** Channels of the last 1x1 convolution, before the classifier. */
  readonly last: number;
}

/** Depths, kernels and expansions of Once-for-all; widths of ProxylessNAS, and about three quarters of them. */
export const ELASTIC_MOBILENET_SIZES: ElasticMobileNetSizes = {
  stem: 32,
  first: 16,
  widths: [
    [24, 32],
    [32, 40],
    [64, 80],
    [72, 96],
    [144, 192],
    [240, 320],
  ],
  depths: [[2, 3, 4], [2, 3, 4], [2, 3, 4], [2, 3, 4], [2, 3, 4], [1]],
  kernels: [3, 5, 7],
  expansions: [3, 4, 6],
  last: 1280,
};

/**
 * The space at the given sizes.
 * @throws UserError where the sizes make no network
 */
export function elasticMobileNet(sizes: Partial<ElasticMobileNetSizes> = {}): NetworkSpace {
  const name = "elastic-mobilenet";
  const all = { ...ELASTIC_MOBILENET_SIZES, ...sizes };
  checkSizes(name, all);
  const decisions: Decision[] = [];
  const axis = axesInto(decisions);
  let input = axis("", [all.first]);
  const stages = STAGE_STRIDES.map((stride, i) => {
    const width = axis(`stages.${i + 1}.width`, all.widths[i]!);
    const depth = axis(`stages.${i + 1}.depth`, all.depths[i]!);
    const parts = Array.from({ length: Math.max(...all.depths[i]!) }, (_, block) => {
      const part = `layers.${i + 1}.${block}`;
      return blockPart(part, block, {
        input: block === 0 ? input : width,
        width,
        depth: block < Math.min(...all.depths[i]!) ? undefined : depth,
        kernel: axis(`${part}.kernel`, all.kernels),
        expansion: axis(`${part}.expansion`, all.expansions),
        stride: block === 0 ? stride : 1,
      });
    });
    input = width;
    return parts;
  });
  return defineSpace({
    name,
    decisions,
    backbone: [...firstParts(all.stem, all.first), ...stages.flat()],
    maps: mapsAfter(stages),
    tail: tailParts(all.last),
  });
}

interface BlockAxes {
  readonly input: Axis;
  readonly width: Axis;
  /** Absent where every depth has the block. */
  readonly depth: Axis | undefined;
  readonly kernel: Axis;
  readonly expansion: Axis;
  readonly stride: number;
}

function blockPart(name: string, block: number, axes: BlockAxes): Part {
  const { input, width, depth, kernel, expansion, stride } = axes;
  const all = [input, width, ...(depth ? [depth] : []), kernel, expansion];
  return {
    name,
    decisions: decisionsOf(all),
    layer(choices) {
      if (depth && depth.of(choices) <= block) return identity();
      return invertedResidual({
        in: input.of(choices),
        out: width.of(choices),
        kernel: kernel.of(choices),
        expansion: expansion.of(choices),
        stride,
        shortcut: block > 0,
      });
    },
    sharing: "entangled",
  };
}

function checkSizes(name: string, sizes: ElasticMobileNetSizes): void {
  const { stem, first, widths, depths, kernels, expansions, last } = sizes;
  const lists = [
    ...STAGE_STRIDES.map((_, i) => [`widths[${i}]`, widths[i] ?? []] as const),
    ...STAGE_STRIDES.map((_, i) => [`depths[${i}]`, depths[i] ?? []] as const),
    ["kernels", kernels] as const,
    ["expansions", expansions] as const,
  ];
  for (const [key, choices] of lists) {
    if (choices.length === 0) throw new UserError(`${name}: ${key} has no choices; give at least one number`);
  }
  const counts = lists.flatMap(([key, choices]) =>
    choices.map((choice, i) => [`${key}[${i}]`, choice] as const),
  );
  checkCounts(name, { stem, first, last, ...Object.fromEntries(counts) });
  const even = kernels.find((kernel) => kernel % 2 === 0);
  if (even !== undefined)
    throw new UserError(`${name}: kernels has ${even}; only odd ones keep a map's size`);
}
