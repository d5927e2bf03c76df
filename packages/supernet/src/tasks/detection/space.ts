import type { Choice, Decision, NetworkSpace, Subnet } from "@supernet/nas";
import {
  chosenDetector,
  DETECTOR_WIDTHS,
  type DetectorSettings,
  detectorDecisions,
} from "@supernet/vision/detector-settings";
import type { ImageShape } from "../../network/model.js";
import type { DetectionRecipe } from "./settings.js";

// The space of whole detectors: the decisions of the backbone, and those of the image size, the neck and the heads that
// a recipe opens.

/** Limits of the sides of a resized image, in pixels. */
interface SizeLimits {
  readonly short: number;
  readonly long: number;
}

/** Name of the decision on the image size. Its choices are lengths of the shorter side. */
export const IMAGE_SIZE = "detection.size.short";

/** Returns every image size that a recipe allows. `long` belongs to the largest one; the others scale with it. */
export function imageSizes({ detection: { size } }: DetectionRecipe): SizeLimits[] {
  const { short, long } = size;
  if (typeof short === "number") return [{ short, long }];
  const largest = Math.max(...short);
  return short.map((side) => ({ short: side, long: Math.round((long * side) / largest) }));
}

/** Returns the index in `imageSizes` of the image size of a subnet. */
export function imageSizeOf({ detection: { size } }: DetectionRecipe, subnet: Subnet): number {
  return typeof size.short === "number" ? 0 : size.short.indexOf(Number(subnet[IMAGE_SIZE]));
}

/** Returns the decisions of a recipe besides those of the backbone. */
export function openDecisions({ detection: { size }, detector }: DetectionRecipe): Decision[] {
  return [
    ...(typeof size.short === "number" ? [] : [{ name: IMAGE_SIZE, choices: size.short }]),
    ...(detector.kind === "file" ? [] : detectorDecisions(detector)),
  ];
}

/** Adds the decisions of a recipe's detector to the space of its backbone. */
export function detectorSpace(recipe: DetectionRecipe, backbone: NetworkSpace): NetworkSpace {
  const open = openDecisions(recipe);
  if (open.length === 0) return backbone;
  const withFirst = (subnet: Subnet): Subnet => {
    const current: Record<string, Choice> = { ...subnet };
    const key = settingsKey(recipe, subnet);
    for (const { name, choices } of open) {
      if (name === IMAGE_SIZE || current[name] === choices[0]) continue;
      if (settingsKey(recipe, { ...current, [name]: choices[0]! }) === key) current[name] = choices[0]!;
    }
    return current;
  };
  return {
    ...backbone,
    decisions: [...open, ...backbone.decisions],
    ...(open.some(({ name }) => name === IMAGE_SIZE) && { imageSizeDecision: IMAGE_SIZE }),
    widthDecisions: [...open.map(({ name }) => name).filter(isWidth), ...(backbone.widthDecisions ?? [])],
    lateDecisions: open.map(({ name }) => name).filter(isOfHeads),
    canonical: (subnet) => withFirst({ ...subnet, ...backbone.canonical?.(subnet) }),
  };
}

/** Whether a decision is on a part of a detector after its pyramid. */
const isOfHeads = (name: string): boolean => name !== IMAGE_SIZE && !name.startsWith("detector.pyramid.");

const isWidth = (name: string): boolean => DETECTOR_WIDTHS.includes(name);

const settingsKey = (recipe: DetectionRecipe, subnet: Subnet): string =>
  JSON.stringify(detectorOf(recipe, subnet));

/** Returns the settings of a subnet's detector. Not for a detector from a user's file. */
export function detectorOf({ detector }: DetectionRecipe, subnet: Subnet): DetectorSettings {
  if (detector.kind === "file") throw new Error("detectorOf: the detector is in a file");
  return chosenDetector(detector, subnet);
}

/**
 * Returns the image shape that the search's limits apply to.
 * @param subnet subnet whose image size counts. Default: the largest image size.
 */
export function searchInput(recipe: DetectionRecipe, subnet?: Subnet): ImageShape {
  const { input } = recipe.steps.search;
  const { size, padTo } = recipe.detection;
  if (subnet === undefined || typeof size.short === "number") return input;
  const share = Number(subnet[IMAGE_SIZE]) / Math.max(...size.short);
  const scaled = (side: number) => Math.ceil(Math.round(side * share) / padTo) * padTo;
  return [input[0], scaled(input[1]), scaled(input[2])];
}
