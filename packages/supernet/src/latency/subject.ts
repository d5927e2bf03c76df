import { classifierParts, featureParts, type NetworkSpace, type Part } from "@supernet/nas";
import type { DetectionRecipe } from "../recipe/schema.js";

/** What latencies are measured of. */
export interface LatencySubject {
  readonly space: NetworkSpace;
  /** [channels, height, width] */
  readonly input: readonly [number, number, number];
  /** Of the classifier's last layer; null = it is left out, as where a space is measured for no data in particular. */
  readonly classes: number | null;
  /** The detector round the backbone; null = none. */
  readonly detector: { readonly settings: DetectionRecipe["detector"]; readonly classes: number } | null;
}

/** The parts whose layers a table has. */
export const measuredParts = ({
  space,
  classes,
}: Pick<LatencySubject, "space" | "classes">): readonly Part[] =>
  classes === null ? featureParts(space) : classifierParts(space, classes);

/** The networks that every subnet has: `features` is the classifier without its last layer. */
export type NetworkKind = "classifier" | "features" | "backbone" | "detector";
