import {
  type Cost,
  createEstimator,
  type Estimator,
  mapChannels,
  type NetworkSpace,
  type Subnet,
} from "@supernet/nas";
import { estimateDetector } from "@supernet/vision";
import type { ImageShape } from "../../network/model.js";
import { addSurroundings } from "../../search/problem.js";
import type { DetectionRecipe } from "./settings.js";
import { detectorOf, openDecisions } from "./space.js";

/** Options of `wholeEstimator`. */
export interface WholeOptions {
  readonly recipe: DetectionRecipe;
  readonly space: NetworkSpace;
  readonly classes: number;
  readonly input: ImageShape;
}

/** Creates an estimator of whole detectors whose necks and heads differ, from shapes. */
export function wholeEstimator({
  recipe,
  space,
  classes,
  input,
}: WholeOptions): Pick<Estimator, "measure" | "smooth" | "profile"> {
  const backbone = createEstimator("backbone", space.backbone, input);
  const strides = space.maps.map(({ stride }) => stride);
  const places = space.maps.map(({ part }) => space.backbone.findIndex(({ name }) => name === part));
  const rests = new Map<string, Cost>();
  // If only the backbone is searched, its maps are padded to the same channels in all subnets.
  const padded = openDecisions(recipe).length === 0 ? mapChannels(space) : undefined;

  /** Returns the cost without the backbone, which depends on it only through the channels of its maps. */
  const restOf = (subnet: Subnet): Cost => {
    const outputs = backbone.shapes(subnet);
    const shapes = places.map((place, i) => [
      padded?.[i] ?? outputs[place]![0]!,
      ...outputs[place]!.slice(1),
    ]);
    const settings = detectorOf(recipe, subnet);
    const key = JSON.stringify([shapes, settings]);
    const rest = rests.get(key) ?? estimateDetector(settings, { strides, shapes }, classes);
    rests.set(key, rest);
    return rest;
  };
  return {
    measure: (subnet) => addSurroundings(backbone.measure(subnet), restOf(subnet)),
    smooth: (subnet) => addSurroundings(backbone.smooth(subnet), restOf(subnet)),
    profile(subnet) {
      const own = backbone.profile(subnet);
      const rest = restOf(subnet);
      return { name: "detector", ...addSurroundings(own, rest), children: [own, ...(rest.children ?? [])] };
    },
  };
}
