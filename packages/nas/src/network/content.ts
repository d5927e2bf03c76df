import { candidatesOf } from "../layer/part.js";
import { featureParts, type NetworkSpace } from "./network-space.js";

/**
 * All that a space says, as plain JSON: its decisions, and every candidate of every part. Two spaces of equal content
 * are the same to every step, wherever they come from.
 */
export function spaceContent(space: NetworkSpace): unknown {
  const { name, decisions, backbone, maps, alignment, imageSize, linearInitStd } = space;
  const parts = featureParts(space).map((part) => ({
    name: part.name,
    decisions: part.decisions,
    sharing: part.sharing,
    candidates: candidatesOf(space, part),
  }));
  return { name, decisions, parts, backbone: backbone.length, maps, alignment, imageSize, linearInitStd };
}
