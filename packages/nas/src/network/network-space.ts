import { outputChannels } from "../layer/channels.js";
import { linear } from "../layer/layer.js";
import { candidatesOf, fixedPart, type Part } from "../layer/part.js";
import type { Space } from "../space/space.js";

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

/** A search space of convolutional networks: data from which both their cost and their modules are made. */
export interface NetworkSpace extends Space {
  /** In order of execution, from the image, which has three channels. */
  readonly backbone: readonly Part[];
  /** What a detector takes from the backbone, finest first. */
  readonly maps: readonly FeatureMap[];
  /** From the backbone's last part to the features that the classifier's last layer, `fc`, takes. */
  readonly tail: readonly Part[];
  /** Where it is absent, candidates cannot be aligned. */
  readonly alignment?: Alignment;
}

/** The classifier up to its last layer, which alone hangs on the classes. */
export const featureParts = ({ backbone, tail }: NetworkSpace): readonly Part[] => [...backbone, ...tail];

/** What ends a classifier. */
export const lastPart = (classes: number): Part => fixedPart("fc", linear(classes));

/** The whole classifier. */
export const classifierParts = (space: NetworkSpace, classes: number): readonly Part[] => [
  ...featureParts(space),
  lastPart(classes),
];

/** Channels of an image. */
export const IMAGE_CHANNELS = 3;

/** The most channels that each of the backbone's maps has in any subnet. */
export function mapChannels(space: NetworkSpace): number[] {
  const most = new Map<string, number>();
  let channels = IMAGE_CHANNELS;
  for (const part of space.backbone) {
    const outputs = candidatesOf(space, part).map((layer) => outputChannels(layer, channels));
    channels = Math.max(...outputs);
    most.set(part.name, channels);
  }
  return space.maps.map(({ part }) => most.get(part)!);
}
