import type { NetworkSpace } from "../network/network-space.js";
import { type ShuffleNetV2Sizes, shuffleNetV2 } from "./spos-shufflenetv2.js";

/** The 1.3G model of DetNAS (Chen et al., NeurIPS 2019, arXiv:1903.10979): 40 blocks, so 4^40 subnets. */
export const DETNAS_LARGE_SIZES: ShuffleNetV2Sizes = {
  stem: 48,
  blocks: [8, 8, 16, 8],
  channels: [96, 240, 480, 960],
  last: 1024,
};

/**
 * The SPOS ShuffleNetV2 space at the sizes of DetNAS's large model.
 * @throws UserError where the sizes make no network
 */
export function detnasLarge(sizes: Partial<ShuffleNetV2Sizes> = {}): NetworkSpace {
  return shuffleNetV2("detnas-large", { ...DETNAS_LARGE_SIZES, ...sizes });
}
