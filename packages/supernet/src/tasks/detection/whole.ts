import {
  type Cost,
  createEstimator,
  createWorkloads,
  type Estimator,
  mapChannels,
  type NetworkSpace,
  type Subnet,
} from "@supernet/nas";
import { detectorWorkloads, estimateDetector, type MapShapes } from "@supernet/vision";
import { byInput } from "../../network/by-input.js";
import type { ImageShape, NetworkRun } from "../../network/model.js";
import { addSurroundings } from "../../search/problem.js";
import type { DetectionRecipe } from "./settings.js";
import { detectorOf, imageSizes, openDecisions, searchInput } from "./space.js";

/** Whole detectors of a recipe. */
export interface WholeDetectors {
  readonly recipe: DetectionRecipe;
  readonly space: NetworkSpace;
  readonly classes: number;
}

/** Creates an estimator of whole detectors whose necks and heads differ, from shapes. */
export function wholeEstimator({
  input,
  ...whole
}: WholeDetectors & { readonly input: ImageShape }): Pick<Estimator, "measure" | "smooth" | "profile"> {
  const backbone = createEstimator("backbone", whole.space.backbone, input);
  const restOf = createRest(whole, input, estimateDetector);
  return {
    measure: (subnet) => addSurroundings(backbone.measure(subnet), restOf(subnet)),
    smooth: (subnet) => addSurroundings(backbone.smooth(subnet), restOf(subnet)),
    profile(subnet) {
      const own = backbone.profile(subnet);
      const rest: Cost = restOf(subnet);
      return { name: "detector", ...addSurroundings(own, rest), children: [own, ...(rest.children ?? [])] };
    },
  };
}

/** Describes what whole detectors run, each on an image of its own size. */
export function wholeRun(whole: WholeDetectors): NetworkRun {
  const { recipe, space, classes } = whole;
  const workloadsOf = byInput(
    (subnet) => searchInput(recipe, subnet),
    (input) => createWholeWorkloads(whole, input),
  );
  return {
    identity: {
      settings: recipe.detector,
      classes,
      input: recipe.steps.search.input,
      sizes: imageSizes(recipe),
      strides: space.maps.map(({ stride }) => stride),
    },
    workloads: (subnet) => workloadsOf(subnet)(subnet),
  };
}

function createWholeWorkloads(whole: WholeDetectors, input: ImageShape) {
  const backbone = createWorkloads("backbone", whole.space.backbone, input);
  const restOf = createRest(whole, input, detectorWorkloads);
  return (subnet: Subnet) => [...backbone(subnet), ...restOf(subnet)];
}

/**
 * Returns a function that describes a subnet's detector without its backbone. It depends on the backbone only through
 * the shapes of its maps, so few different ones are computed.
 */
function createRest<T>(
  { recipe, space, classes }: WholeDetectors,
  input: ImageShape,
  describe: (settings: ReturnType<typeof detectorOf>, maps: MapShapes, classes: number) => T,
): (subnet: Subnet) => T {
  const { shapes: outputsOf } = createEstimator("backbone", space.backbone, input);
  const strides = space.maps.map(({ stride }) => stride);
  const places = space.maps.map(({ part }) => space.backbone.findIndex(({ name }) => name === part));
  // If only the backbone is searched, its maps are padded to the same channels in all subnets.
  const padded = openDecisions(recipe).length === 0 ? mapChannels(space) : undefined;
  const rests = new Map<string, T>();
  return (subnet) => {
    const outputs = outputsOf(subnet);
    const shapes = places.map((place, i) => [
      padded?.[i] ?? outputs[place]![0]!,
      ...outputs[place]!.slice(1),
    ]);
    const settings = detectorOf(recipe, subnet);
    const key = JSON.stringify([shapes, settings]);
    const known = rests.get(key);
    if (known !== undefined) return known;
    const rest = describe(settings, { strides, shapes }, classes);
    rests.set(key, rest);
    return rest;
  };
}
