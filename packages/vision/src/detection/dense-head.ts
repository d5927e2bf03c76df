import { ops, type Tensor } from "@supernet/torch";
import type { ImageSize } from "./boxes.js";

/**
 * Puts the predictions of a head that runs on every level into the order of the anchors.
 * @param maps one N x (perPlace * values) x H x W map a level
 * @param values numbers predicted for each anchor
 * @returns N x anchors x values
 */
export function flattenPredictions(maps: readonly Tensor[], values: number): Tensor {
  const flat = maps.map((map) => {
    const images = map.shape[0]!;
    return map.permute([0, 2, 3, 1]).reshape([images, -1, values]);
  });
  return ops.cat(flat, 1);
}

export function mapSizes(maps: readonly Tensor[]): ImageSize[] {
  return maps.map(({ shape }) => ({ height: shape[2]!, width: shape[3]! }));
}
