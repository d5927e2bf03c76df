/**
 * What the spaces of elastic stages share: stages of MobileNetV2's strides, each with a searched width and depth, made of
 * blocks with a searched kernel and expansion and, where there are several kinds of block, a searched kind. Kinds have
 * weights of their own, everything else is slices.
 */
import { UserError } from "@supernet/base";
import { identity, type Layer } from "../layer/layer.js";
import type { Part } from "../layer/part.js";
import { defineSpace } from "../network/define-space.js";
import type { NetworkSpace } from "../network/network-space.js";
import type { Decision } from "../space/space.js";
import { type Axis, axesInto, decisionsOf } from "./axis.js";
import {
  type BlockSettings,
  checkCounts,
  firstParts,
  mapsAfter,
  STAGE_STRIDES,
  tailParts,
} from "./inverted-residual.js";

export interface ElasticStagesSizes {
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

/** Kinds of block, by the choice that names them. */
export type BlockKinds = Readonly<Record<string, (settings: BlockSettings) => Layer>>;

/** @throws UserError where the sizes make no network */
export function elasticStages(name: string, sizes: ElasticStagesSizes, kinds: BlockKinds): NetworkSpace {
  checkSizes(name, sizes);
  const decisions: Decision[] = [];
  const axis = axesInto(decisions);
  let input = axis("", [sizes.first]);
  const stages = STAGE_STRIDES.map((stride, i) => {
    const width = axis(`stages.${i + 1}.width`, sizes.widths[i]!);
    const depth = axis(`stages.${i + 1}.depth`, sizes.depths[i]!);
    const parts = Array.from({ length: Math.max(...sizes.depths[i]!) }, (_, block) => {
      const part = `layers.${i + 1}.${block}`;
      return blockPart(part, block, kinds, {
        input: block === 0 ? input : width,
        width,
        depth: block < Math.min(...sizes.depths[i]!) ? undefined : depth,
        kind: axis(`${part}.block`, Object.keys(kinds)),
        kernel: axis(`${part}.kernel`, sizes.kernels),
        expansion: axis(`${part}.expansion`, sizes.expansions),
        stride: block === 0 ? stride : 1,
      });
    });
    input = width;
    return parts;
  });
  return defineSpace({
    name,
    decisions,
    backbone: [...firstParts(sizes.stem, sizes.first), ...stages.flat()],
    maps: mapsAfter(stages),
    tail: tailParts(sizes.last),
  });
}

interface BlockAxes {
  readonly input: Axis;
  readonly width: Axis;
  /** Absent where every depth has the block. */
  readonly depth: Axis | undefined;
  readonly kind: Axis<string>;
  readonly kernel: Axis;
  readonly expansion: Axis;
  readonly stride: number;
}

function blockPart(name: string, block: number, kinds: BlockKinds, axes: BlockAxes): Part {
  const { input, width, depth, kind, kernel, expansion, stride } = axes;
  const all = [input, width, ...(depth ? [depth] : []), kind, kernel, expansion];
  return {
    name,
    decisions: decisionsOf(all),
    layer(choices) {
      if (depth && depth.of(choices) <= block) return identity();
      return kinds[kind.of(choices)]!({
        in: input.of(choices),
        out: width.of(choices),
        kernel: kernel.of(choices),
        expansion: expansion.of(choices),
        stride,
        shortcut: block > 0,
      });
    },
    sharing: kind.decisions.length === 0 ? "entangled" : { separate: kind.decisions },
  };
}

function checkSizes(name: string, sizes: ElasticStagesSizes): void {
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
