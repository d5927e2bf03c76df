import { requireObject, UserError } from "@supernet/base";
import { IMAGE_CHANNELS } from "../cost/shape.js";
import { holds } from "../layer/holds.js";
import { type Layer, linear, outputChannels } from "../layer/layer.js";
import { candidatesOf, fixedPart, layerOf, type Part } from "../layer/part.js";
import { requireCounts } from "../layer/require.js";
import type { Space, Subnet } from "../space/space.js";
import { requireNetworkSpace } from "./require.js";

/** One of the backbone's feature maps. */
export interface FeatureMap {
  /** Name of the part that outputs it. */
  readonly part: string;
  /** Pixels of the image per position of the map, in each direction. */
  readonly stride: number;
}

/** How the candidates of choice blocks can start as nearly the same function; see `alignCandidates`. */
export interface Alignment {
  /** Choice whose weights the other choices start from. */
  readonly base: string;
  /**
   * For each other choice, the modules that start as a module of another name in the base, or as an `identity`. All
   * others start as the base's module of the same name.
   */
  readonly renamed?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A search space of image networks, as data. Both the cost and the modules of a network are created from it. */
export interface NetworkSpace extends Space {
  /** Parts of the backbone in order of execution. Its input is an image with three channels. */
  readonly backbone: readonly Part[];
  /** Side in pixels of the only image size that fits; images are square. Undefined if any size fits. */
  readonly imageSize?: number;
  /**
   * Decision on the size of the images, if it is searched: see `withImageSizes`. Subnets with different choices run on
   * different images. If there is an `imageSize`, it is the largest choice, and a choice is the only size that fits.
   */
  readonly imageSizeDecision?: string;
  /** Feature maps that a detector takes from the backbone, finest first. Empty if the space is only for classifiers. */
  readonly maps: readonly FeatureMap[];
  /** Parts from the backbone's output to the input features of the classifier's last layer, `fc`. */
  readonly tail: readonly Part[];
  /** How candidates are aligned. Undefined if they cannot be. */
  readonly alignment?: Alignment;
  /**
   * Standard deviation of the normal distribution, truncated at 2, of the initial weights of linear layers. Their
   * biases are 0. Default: PyTorch's initialization.
   */
  readonly linearInitStd?: number;
  /**
   * Initial weights: "spos" as in the code of SPOS, DetNAS and MMRazor. Convolutions are normal with standard deviation
   * 1 / (inputs of a group), those of the first part with 0.01. Batch-norms have weight 1 and bias 1e-4. Linear layers
   * are normal with 0.01 and have bias 0. Default: PyTorch's initialization.
   */
  readonly initialization?: "spos";
}

/** Returns the classifier's parts up to its last layer, which is the only one that depends on the classes. */
export function featureParts(space: Pick<NetworkSpace, "backbone" | "tail">): readonly Part[] {
  requireNetworkSpace("featureParts", space);
  return [...space.backbone, ...space.tail];
}

/** Returns the last layer of a classifier. */
export const lastPart = (classes: number): Part => fixedPart("fc", linear(classes));

/** Returns the parts of the complete classifier. */
export function classifierParts(space: NetworkSpace, classes: number): readonly Part[] {
  requireCounts("classifierParts", { classes });
  return [...featureParts(space), lastPart(classes)];
}

/** Returns the side of a square image that fits a subnet. */
export function exampleImageSize(
  space: Pick<NetworkSpace, "imageSize" | "imageSizeDecision" | "maps">,
  subnet: Subnet,
): number {
  requireObject("exampleImageSize: space", space);
  requireObject("exampleImageSize: subnet", subnet);
  const { imageSize, imageSizeDecision, maps } = space;
  if (imageSize === undefined) return 2 * Math.max(...maps.map(({ stride }) => stride));
  return imageSizeDecision === undefined ? imageSize : Number(subnet[imageSizeDecision]);
}

/**
 * Checks that images of a size fit the networks of a space.
 *
 * @param setting source of the size, for the message
 * @throws UserError if the space requires another size
 */
export function requireImageSize(space: NetworkSpace, size: number, setting: string): void {
  requireNetworkSpace("requireImageSize", space);
  const { name, imageSize } = space;
  if (imageSize === undefined || imageSize === size) return;
  throw new UserError(
    `${setting}: got ${size}, but space ${name} only accepts images of ${imageSize}x${imageSize}: ` +
      "set both to the same size",
  );
}

/**
 * Checks that the backbone has feature maps, which a detector needs.
 *
 * @throws UserError if it has none
 */
export function requireMaps(space: Pick<NetworkSpace, "name" | "maps">): void {
  requireObject("requireMaps: space", space);
  const { name, maps } = space;
  if (maps.length > 0) return;
  throw new UserError(
    `space ${name} has no feature maps, so it cannot be the backbone of a detector: ` +
      "use a space with feature maps, such as elastic-mobilenet, or search for a classifier",
  );
}

/**
 * Returns the number of channels of each of the backbone's maps: of one subnet, or the maximum over all subnets.
 *
 * @param subnet default: all subnets
 */
export function mapChannels(space: NetworkSpace, subnet?: Subnet): number[] {
  requireNetworkSpace("mapChannels", space);
  return subnet === undefined
    ? channelsOfMaps(space, (part, channels) => extreme(space, part, [channels, Math.max]))
    : channelsOfMaps(space, (part, channels) => outputChannels(layerOf(part, subnet), channels));
}

/** Returns the minimum number of channels of each of the backbone's maps over all subnets. */
export function minMapChannels(space: NetworkSpace): number[] {
  requireNetworkSpace("minMapChannels", space);
  return channelsOfMaps(space, (part, channels) => extreme(space, part, [channels, Math.min]));
}

/** Returns the smallest or largest number of output channels of a part over its candidates. */
const extreme = (
  space: NetworkSpace,
  part: Part,
  [channels, choose]: readonly [number, (...values: number[]) => number],
): number => choose(...candidatesOf(space, part).map((layer) => outputChannels(layer, channels)));

function channelsOfMaps(
  { backbone, maps }: NetworkSpace,
  output: (part: Part, channels: number) => number,
): number[] {
  const channelsOf = new Map<string, number>();
  let channels = IMAGE_CHANNELS;
  for (const part of backbone) {
    channels = output(part, channels);
    channelsOf.set(part.name, channels);
  }
  return maps.map(({ part }) => channelsOf.get(part)!);
}

/** Returns whether any subnet has a layer of a kind. */
export function hasLayer(space: NetworkSpace, kind: Layer["kind"]): boolean {
  requireNetworkSpace("hasLayer", space);
  return featureParts(space).some((part) => candidatesOf(space, part).some((layer) => holds(layer, kind)));
}

/**
 * Returns the content of a space as plain JSON: its decisions, and every candidate of every part. Every step treats two
 * spaces with equal content as the same.
 */
export function spaceContent(space: NetworkSpace): unknown {
  requireNetworkSpace("spaceContent", space);
  const { name, decisions, backbone, maps, alignment, imageSize, linearInitStd, initialization } = space;
  const parts = featureParts(space).map((part) => ({
    name: part.name,
    decisions: part.decisions,
    sharing: part.sharing,
    candidates: candidatesOf(space, part),
  }));
  const initial = { linearInitStd, initialization };
  return { name, decisions, parts, backbone: backbone.length, maps, alignment, imageSize, ...initial };
}
