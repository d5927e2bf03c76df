import { UserError } from "@supernet/base";
import {
  type Cost,
  classifierParts,
  createEstimator,
  type NetworkSpace,
  type Part,
  requireMaps,
  type Subnet,
} from "@supernet/nas";
import type { Latency } from "@supernet/nas/supernet";
import { openRuntime, type RuntimeName } from "../latency/runtime.js";
import type { LatencySubject, NetworkKind } from "../latency/subject.js";
import { openSpace } from "../recipe/open-space.js";
import type { DetectionRecipe, Recipe } from "../recipe/schema.js";

/** A kind of network of which every subnet of a space has one: what `supernet profile` tells the cost of. */
export interface Subject {
  readonly title: string;
  readonly space: NetworkSpace;
  readonly input: ImageShape;
  /** By which the least and the greatest subnet are found; in microseconds. */
  flops(subnet: Subnet): number;
  /** Module by module. */
  cost(subnet: Subnet): Promise<Cost>;
  /** @throws UserError where the runtime does not run such networks */
  latency(subnet: Subnet, runtime: RuntimeName): Promise<MeasuredLatency>;
}

/** How long one image takes, and what ran it. */
export interface MeasuredLatency extends Latency {
  readonly batch: 1;
  readonly threads: number;
  readonly device: "cpu";
  readonly engine: string;
}

async function measured(
  runtime: RuntimeName,
  kind: NetworkKind,
  subject: LatencySubject,
  subnet: Subnet,
): Promise<MeasuredLatency> {
  const { measureLatency } = await import("@supernet/nas/supernet");
  const { network, threads, engine } = await openRuntime(runtime, undefined);
  const latency = await measureLatency(await network(kind, subject, subnet));
  return { ...latency, batch: 1, threads, device: "cpu", engine };
}

// Estimates come from shapes alone: only measurements and detectors load the engine.

/** [channels, height, width] */
type ImageShape = readonly [number, number, number];

/** Classes of ImageNet and COCO, by which the field publishes its figures. */
const CLASSES = { classifier: 1000, detector: 80 };

/** The classifier of each subnet, with 1000 classes unless told. */
export function classifierSubject(
  space: NetworkSpace,
  input: ImageShape,
  classes = CLASSES.classifier,
): Subject {
  return {
    ...estimated(space, "classifier", classifierParts(space, classes), input),
    latency: (subnet, runtime) =>
      measured(runtime, "classifier", { space, input, classes, detector: null }, subnet),
  };
}

/**
 * The classifier of a recipe, with the classes of its data.
 * @param input the recipe's image as the network sees it, unless told
 * @throws UserError where the data is not there
 */
export async function recipeClassifierSubject(recipe: Recipe, input?: ImageShape): Promise<Subject> {
  const { classificationSet } = await import("../steps/common/labelled-images.js");
  const { imageSize } = recipe.classification;
  const { length } = classificationSet(recipe).classes;
  const subject = classifierSubject(
    await openSpace(recipe.space),
    input ?? [3, imageSize, imageSize],
    length,
  );
  return { ...subject, title: `classifier of ${recipe.name} on ${subject.space.name}, ${length} classes` };
}

/** The backbone of each subnet, as a detector takes it over. */
export function backboneSubject(space: NetworkSpace, input: ImageShape): Subject {
  requireMaps(space);
  return {
    ...estimated(space, "backbone", space.backbone, input),
    latency: (subnet, runtime) =>
      measured(runtime, "backbone", { space, input, classes: null, detector: null }, subnet),
  };
}

function estimated(
  space: NetworkSpace,
  name: string,
  parts: readonly Part[],
  input: ImageShape,
): Omit<Subject, "latency"> {
  const estimator = createEstimator(name, parts, input);
  return {
    title: `${name} of ${space.name}`,
    space,
    input,
    flops: (subnet) => estimator.measure(subnet).flops,
    cost: async (subnet) => estimator.profile(subnet),
  };
}

/**
 * The whole detector of a recipe round each subnet, with 80 classes, at the most that inference can ask of it.
 * @param input the recipe's largest image, padded, unless told
 */
export async function detectorSubject(
  recipe: DetectionRecipe,
  input = largestImage(recipe),
): Promise<Subject> {
  const space = await openSpace(recipe.space);
  const detector = async (subnet: Subnet) => {
    const { detectorOf } = await import("../steps/detection/detector-cost.js");
    return detectorOf(recipe, space, subnet, CLASSES.detector);
  };
  return {
    title: `${recipe.detector.kind} of ${recipe.name} on ${space.name}`,
    space,
    input,
    flops: backboneSubject(space, input).flops,
    async cost(subnet) {
      const { detectorCost } = await import("../steps/detection/detector-cost.js");
      return detectorCost(await detector(subnet), input);
    },
    latency(subnet, runtime) {
      if (runtime !== "libtorch") {
        throw new UserError(
          "detectors are not exported: measure one by --runtime libtorch, or its --backbone",
        );
      }
      const round = { settings: recipe.detector, classes: CLASSES.detector };
      return measured(runtime, "detector", { space, input, classes: null, detector: round }, subnet);
    },
  };
}

function largestImage({ detection: { size, padTo } }: DetectionRecipe): ImageShape {
  const padded = (side: number) => Math.ceil(side / padTo) * padTo;
  return [3, padded(size.short), padded(size.long)];
}
