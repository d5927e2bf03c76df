import { requireObject, UserError } from "@supernet/base";
import { type Layer, linear, outputChannels } from "../layer/layer.js";
import { candidatesOf, fixedPart, type Part } from "../layer/part.js";
import type { Space } from "../space/space.js";
import { requireNetworkSpace } from "./require.js";

/** Where one of the backbone's maps is taken. */
export interface FeatureMap {
  /** Name of the part that puts it out. */
  readonly part: string;
  /** Pixels of the image between two places of the map, each way. */
  readonly stride: number;
}

/** How the candidates of choice blocks can begin as nearly the same function; see `alignCandidates`. */
export interface Alignment {
  /** The choice that the others begin like. */
  readonly base: string;
  /**
   * Of other choices, the weights that begin like a weight of another name in the base, or as an `identity`; all
   * others begin like the base's weight of the same name.
   */
  readonly renamed?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A search space of networks for images: data from which both their cost and their modules are made. */
export interface NetworkSpace extends Space {
  /** In order of execution, from the image, which has three channels. */
  readonly backbone: readonly Part[];
  /** Side in pixels of the only, square image that fits; absent where any size does. */
  readonly imageSize?: number;
  /** What a detector takes from the backbone, finest first; empty where it is for classifiers alone. */
  readonly maps: readonly FeatureMap[];
  /** From the backbone's last part to the features that the classifier's last layer, `fc`, takes. */
  readonly tail: readonly Part[];
  /** Where it is absent, candidates cannot be aligned. */
  readonly alignment?: Alignment;
  /**
   * Standard deviation of the normal distribution, truncated at 2, of the initial weights of linear layers. Their biases
   * are 0. Default: PyTorch's initialization.
   */
  readonly linearInitStd?: number;
}

/** The classifier up to its last layer, which alone depends on the classes. */
export function featureParts(space: Pick<NetworkSpace, "backbone" | "tail">): readonly Part[] {
  requireNetworkSpace("featureParts", space);
  return [...space.backbone, ...space.tail];
}

/** What ends a classifier. */
export const lastPart = (classes: number): Part => fixedPart("fc", linear(classes));

/** The whole classifier. */
export const classifierParts = (space: NetworkSpace, classes: number): readonly Part[] => [
  ...featureParts(space),
  lastPart(classes),
];

/** Returns the side of a square image that fits every subnet. */
export function exampleImageSize(space: Pick<NetworkSpace, "imageSize" | "maps">): number {
  requireObject("exampleImageSize: space", space);
  return space.imageSize ?? 2 * Math.max(...space.maps.map(({ stride }) => stride));
}

/** Channels of an image. */
export const IMAGE_CHANNELS = 3;

/**
 * For those who know what images they will show to a space's networks.
 * @param setting that the size comes from, for the message
 * @throws UserError where the space takes images of another size
 */
export function requireImageSize(space: NetworkSpace, size: number, setting: string): void {
  requireNetworkSpace("requireImageSize", space);
  const { name, imageSize } = space;
  if (imageSize === undefined || imageSize === size) return;
  throw new UserError(
    `${setting}: got ${size}, but space ${name} takes images of ${imageSize}x${imageSize} alone: ` +
      "set both to the same size",
  );
}

/**
 * For those who take the backbone's maps, as a detector does.
 * @throws UserError where the space hands out none
 */
export function requireMaps(space: Pick<NetworkSpace, "name" | "maps">): void {
  requireObject("requireMaps: space", space);
  const { name, maps } = space;
  if (maps.length > 0) return;
  throw new UserError(
    `space ${name} hands out no feature maps, so no detector can stand on it: ` +
      "take a space with maps, such as elastic-mobilenet, or search a classifier",
  );
}

/** The most channels that each of the backbone's maps has in any subnet. */
export function mapChannels(space: NetworkSpace): number[] {
  requireNetworkSpace("mapChannels", space);
  const most = new Map<string, number>();
  let channels = IMAGE_CHANNELS;
  for (const part of space.backbone) {
    const outputs = candidatesOf(space, part).map((layer) => outputChannels(layer, channels));
    channels = Math.max(...outputs);
    most.set(part.name, channels);
  }
  return space.maps.map(({ part }) => most.get(part)!);
}

/** Whether any subnet has a layer of a kind. */
export function hasLayer(space: NetworkSpace, kind: Layer["kind"]): boolean {
  requireNetworkSpace("hasLayer", space);
  return featureParts(space).some((part) => candidatesOf(space, part).some((layer) => holds(layer, kind)));
}

/** A layer is plain data: whatever holds other layers has them among its values. */
function holds(value: unknown, kind: Layer["kind"]): boolean {
  if (typeof value !== "object" || value === null) return false;
  return ("kind" in value && value.kind === kind) || Object.values(value).some((inner) => holds(inner, kind));
}

/**
 * All that a space says, as plain JSON: its decisions, and every candidate of every part. Two spaces of equal content
 * are the same to every step, wherever they come from.
 */
export function spaceContent(space: NetworkSpace): unknown {
  requireNetworkSpace("spaceContent", space);
  const { name, decisions, backbone, maps, alignment, imageSize, linearInitStd } = space;
  const parts = featureParts(space).map((part) => ({
    name: part.name,
    decisions: part.decisions,
    sharing: part.sharing,
    candidates: candidatesOf(space, part),
  }));
  return { name, decisions, parts, backbone: backbone.length, maps, alignment, imageSize, linearInitStd };
}
