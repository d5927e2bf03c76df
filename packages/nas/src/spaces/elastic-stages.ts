/**
 * @module
 *
 * The space that the elastic spaces share. Its stages have MobileNetV2's strides, and a searched width and depth each.
 * Their blocks have a searched kernel and expansion. If there are several kinds of block, the kind is also searched.
 * Kinds have separate weights; everything else is a slice.
 */
import { count, type Immutable, parseOptions, UserError } from "@supernet/base";
import { z } from "zod";
import { identity, type Layer } from "../layer/layer.js";
import type { Part } from "../layer/part.js";
import { defineSpace } from "../network/define-space.js";
import type { NetworkSpace } from "../network/network-space.js";
import type { Decision } from "../space/space.js";
import { type Axis, axisBuilder, decisionsOf } from "./axis.js";
import {
  type BlockSettings,
  firstParts,
  mapsAfter,
  mobileShape,
  STAGE_STRIDES,
  tailParts,
} from "./inverted-residual.js";
import type { WithDefaults } from "./settings.js";

const choices = z.array(count).min(1);
const stageChoices = z.array(choices).length(STAGE_STRIDES.length);

export const elasticStagesSchema = z.strictObject({
  ...mobileShape,
  widths: stageChoices.describe(
    "Choices for the output channels of each of the six stages. Their first blocks have strides 2, 2, 2, 1, 2, 1.",
  ),
  depths: stageChoices.describe("Choices for the number of blocks of each of the six stages."),
  kernels: choices.describe("Choices for the depthwise kernel size of each block."),
  expansions: choices.describe("Choices for the expansion of each block."),
});

export type ElasticStagesSizes = Immutable<z.output<typeof elasticStagesSchema>>;

/** Functions that create a block, by the choice that selects its kind. */
export type BlockKinds = Readonly<Record<string, (settings: BlockSettings) => Layer>>;

export interface ElasticStagesOptions {
  readonly name: string;
  /** Schema of the sizes, with their defaults. */
  readonly settings: WithDefaults<typeof elasticStagesSchema>;
  readonly sizes: Partial<ElasticStagesSizes>;
  readonly kinds: BlockKinds;
}

/** @throws UserError if a size is unknown or wrong */
export function elasticStages({ name, settings, sizes: given, kinds }: ElasticStagesOptions): NetworkSpace {
  const sizes = parseOptions(name, settings, given);
  const even = sizes.kernels.findIndex((kernel) => kernel % 2 === 0);
  if (even >= 0) {
    throw new UserError(`${name}: kernels[${even}] is ${sizes.kernels[even]}; expected an odd number`);
  }
  const decisions: Decision[] = [];
  const axis = axisBuilder(decisions);
  const widths: Axis[] = [];
  let input = axis("", [sizes.first]);
  const stages = STAGE_STRIDES.map((stride, i) => {
    const width = axis(`stages.${i + 1}.width`, sizes.widths[i]!);
    widths.push(width);
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
    widthDecisions: decisionsOf(widths),
  });
}

interface BlockAxes {
  readonly input: Axis;
  readonly width: Axis;
  /** Undefined if every depth includes the block. */
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
