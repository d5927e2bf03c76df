import type { NetworkSpace } from "../network/network-space.js";
import { autoFormerBase, autoFormerSmall, autoFormerTiny } from "./autoformer.js";
import { detnasLarge } from "./detnas-large.js";
import { elasticMobileNet } from "./elastic-mobilenet.js";
import { mixedMobileNet } from "./mixed-mobilenet.js";
import { mobileNetV2 } from "./mobilenetv2.js";
import { sposShuffleNetV2 } from "./spos-shufflenetv2.js";

/** The spaces that come with supernet, by name. */
export const SPACES = {
  "spos-shufflenetv2": {
    summary: "ShuffleNetV2 blocks of SPOS and DetNAS (300M), one of four a block",
    create: sposShuffleNetV2,
  },
  "detnas-large": {
    summary: "the same blocks at the sizes of DetNAS's large model (1.3G)",
    create: detnasLarge,
  },
  mobilenetv2: {
    summary: "inverted residuals of ProxylessNAS: kernel, expansion, or left out",
    create: mobileNetV2,
  },
  "elastic-mobilenet": {
    summary: "inverted residuals that share weights: kernel and expansion a block, depth and width a stage",
    create: elasticMobileNet,
  },
  "mixed-mobilenet": {
    summary: "the same, and each block is an inverted residual or a fused one, with weights of its own",
    create: mixedMobileNet,
  },
  "autoformer-tiny": {
    summary: "vision transformers of AutoFormer, tiny: heads and MLP ratio a block, width and depth",
    create: autoFormerTiny,
  },
  "autoformer-small": {
    summary: "the same at the small sizes",
    create: autoFormerSmall,
  },
  "autoformer-base": {
    summary: "the same at the base sizes",
    create: autoFormerBase,
  },
} as const satisfies Readonly<Record<string, { readonly summary: string; create(): NetworkSpace }>>;

export type SpaceName = keyof typeof SPACES;
