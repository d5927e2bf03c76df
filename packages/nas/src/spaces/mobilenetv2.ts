/**
 * @module
 *
 * The single-path space of inverted residuals.
 *
 * Choices and default widths are those of Cai et al., "ProxylessNAS", ICLR 2019, https://arxiv.org/abs/1812.00332, for
 * mobile phones. SPOS was also applied to it (Hu et al., "Angle-based Search Space Shrinking", ECCV 2020,
 * https://arxiv.org/abs/2004.13431). With other sizes it contains MobileNetV2 itself.
 *
 * ## Network
 * `dw(k, s)` is a depth-wise k x k convolution with stride s, `pw(n)` a 1x1 convolution to n channels. No convolution
 * has a bias, and a batch-norm (BN) follows each.
 *
 *     stem         Sequential(conv 3x3 stride 2: 3 -> stem, BN, ReLU6)
 *     layers.0.0   Sequential(dw(3, 1), BN, ReLU6, pw(first), BN)      not searched
 *     layers.1-6   stage i: blocks[i - 1] blocks that output channels[i - 1]; the first has the stage's stride of
 *                  2, 2, 2, 1, 2, 1, the others 1
 *     last_conv    Sequential(pw(last), BN, ReLU6)      classifier only
 *     fc           Linear(last, classes), with bias, on the mean over height and width      classifier only
 *
 * The backbone's maps are the outputs of stages 1, 2, 4 and 6: strides 4, 8, 16, 32.
 *
 * ## Block
 *     mb_k<k>e<e>   Sequential(pw(e in), BN, ReLU6, dw(k, stride), BN, ReLU6, pw(out), BN), k = 3, 5, 7, e = 3, 6
 *     identity      the block is omitted
 *
 * If a block has stride 1 and equal numbers of input and output channels, it is a residual whose body is the sequence.
 * Only such a block has the choice `identity`.
 */

import { count, type Immutable, parseOptions } from "@supernet/base";
import { z } from "zod";
import { identity } from "../layer/layer.js";
import type { Part } from "../layer/part.js";
import { defineSpace } from "../network/define-space.js";
import type { NetworkSpace } from "../network/network-space.js";
import type { Decision } from "../space/space.js";
import {
  firstParts,
  invertedResidual,
  mapsAfter,
  mobileShape,
  STAGE_STRIDES,
  tailParts,
} from "./inverted-residual.js";
import { withDefaults } from "./settings.js";

const BLOCKS = {
  mb_k3e3: { kernel: 3, expansion: 3 },
  mb_k3e6: { kernel: 3, expansion: 6 },
  mb_k5e3: { kernel: 5, expansion: 3 },
  mb_k5e6: { kernel: 5, expansion: 6 },
  mb_k7e3: { kernel: 7, expansion: 3 },
  mb_k7e6: { kernel: 7, expansion: 6 },
} as const;

export type MobileChoice = keyof typeof BLOCKS | "identity";

const sizesSchema = z.strictObject({
  ...mobileShape,
  blocks: z
    .array(count)
    .length(STAGE_STRIDES.length)
    .describe(
      "Number of blocks in each of the six searched stages. Their first blocks have strides 2, 2, 2, 1, 2, 1.",
    ),
  channels: z
    .array(count)
    .length(STAGE_STRIDES.length)
    .describe("Output channels of each of the six searched stages."),
});

export type MobileNetV2Sizes = Immutable<z.output<typeof sizesSchema>>;

/** Widths of ProxylessNAS for mobile phones, with up to four blocks per stage. */
export const PROXYLESS_MOBILE_SIZES: MobileNetV2Sizes = {
  stem: 32,
  first: 16,
  blocks: [4, 4, 4, 4, 4, 1],
  channels: [32, 40, 80, 96, 192, 320],
  last: 1280,
};

export const mobileNetV2Settings = withDefaults(sizesSchema, PROXYLESS_MOBILE_SIZES);

/**
 * Creates the space, with one decision per block.
 *
 * @example
 * const space = mobileNetV2({ last: 640 });
 * @param sizes default: `PROXYLESS_MOBILE_SIZES`
 * @throws UserError if a size is unknown or wrong
 */
export function mobileNetV2(sizes: Partial<MobileNetV2Sizes> = {}): NetworkSpace {
  const name = "mobilenetv2";
  const { stem, first, blocks, channels, last } = parseOptions(name, mobileNetV2Settings, sizes);
  const decisions: Decision[] = [];
  let input = first;
  const stages = STAGE_STRIDES.map((stageStride, i) =>
    Array.from({ length: blocks[i]! }, (_, block): Part => {
      const decision = `layers.${i + 1}.${block}`;
      const config = { in: input, out: channels[i]!, stride: block === 0 ? stageStride : 1 };
      const shortcut = config.stride === 1 && config.in === config.out;
      input = config.out;
      decisions.push({
        name: decision,
        choices: [...Object.keys(BLOCKS), ...(shortcut ? ["identity"] : [])],
      });
      return {
        name: decision,
        decisions: [decision],
        layer(choices) {
          const choice = choices[decision] as MobileChoice;
          return choice === "identity"
            ? identity()
            : invertedResidual({ ...config, ...BLOCKS[choice], shortcut });
        },
        sharing: "separate",
      };
    }),
  );
  return defineSpace({
    name,
    decisions,
    backbone: [...firstParts(stem, first), ...stages.flat()],
    maps: mapsAfter(stages),
    tail: tailParts(last),
    alignment: { base: "mb_k3e3" },
  });
}
