import { callable, count, parseOptions, positive } from "@supernet/base";
import { Graph, type OnnxModel, Scope, type Value, type Weights } from "@supernet/nas/onnx";
import { z } from "zod";
import { type DetectorDefinition, detectorLayers } from "./detector.js";
import { builtInDetectors } from "./detectors.js";
import { type DetectorSettings, detectorSchema } from "./detectors.settings.js";
import { exportFasterRcnn } from "./faster-rcnn/export.js";
import { exportFcos } from "./fcos/export.js";
import type { DetectorGraph, GraphDetections } from "./onnx/detector-graph.js";
import { cast, gather, unsqueeze } from "./onnx/operators.js";
import { exportRetinaNet } from "./retinanet/export.js";

/** Detector to export. */
export interface ExportedDetector {
  /**
   * Adds the backbone to the graph and returns its maps, finest first. See `addBackbone` for those of spaces.
   * @param scope scope of the backbone's module, `backbone`
   * @param images [N, 3, H, W], normalized
   */
  readonly backbone: (scope: Scope, images: Value) => readonly Value[];
  /** Stride of each map of the backbone, in pixels. */
  readonly strides: readonly number[];
  readonly settings: DetectorSettings;
  /** Name of each class, in the order of the labels. */
  readonly classes: readonly string[];
  /** Height and width of the images in pixels. "any" accepts images of any size. */
  readonly size: { readonly height: number; readonly width: number } | "any";
  /** Mean and standard deviation of red, green and blue, for values from 0 to 1. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** State dict of the detector. */
  readonly weights: Weights;
  /**
   * Whether the images of a batch may be padded at the right and the bottom. The model then has a second input, `sizes`.
   * Default: false.
   */
  readonly padded?: boolean;
  /** More strings to store in the model. Default: none. */
  readonly metadata?: Readonly<Record<string, string>>;
}

const perChannel = z.array(z.number()).length(3);

const optionsSchema = z.strictObject({
  backbone: callable,
  strides: z.array(count).min(1),
  settings: detectorSchema,
  classes: z.array(z.string()).min(1),
  size: z.union([z.literal("any"), z.strictObject({ height: count, width: count })]),
  mean: perChannel,
  std: z.array(positive).length(3),
  weights: z.instanceof(Map),
  padded: z.boolean().optional(),
  metadata: z.record(z.string(), z.string()).optional(),
});

/** How each built-in detector is added to a graph. */
const EXPORTERS: {
  readonly [S in DetectorSettings as S["kind"]]: (graph: DetectorGraph<S>) => GraphDetections;
} = {
  "faster-rcnn": exportFasterRcnn,
  retinanet: exportRetinaNet,
  fcos: exportFcos,
};

/**
 * Exports a whole detector. It finds the same objects as `Detector.detect` in evaluation mode.
 *
 * Inputs:
 * - `images`, float32 [N, 3, H, W]: red, green and blue from 0 to 255. The model normalizes them. It does not resize
 *   them: resize as in training.
 * - `sizes`, int64 [N, 2], only if `padded`: height and width of each image without its padding. Pad with the color
 *   `255 * mean`, which is 0 after normalization. Without this input, the whole image is searched.
 *
 * Outputs, best first in each image; D is `detectionsPerImage`:
 * - `boxes`, float32 [N, D, 4]: x1, y1, x2, y2 in pixels of `images`
 * - `scores`, float32 [N, D]
 * - `labels`, int64 [N, D]: index in `classes`
 * - `counts`, int64 [N]: number of detections of each image. The rest of the other outputs is filled with zeros, and
 *   labels of -1.
 *
 * The metadata contains `classes` and `padding`, the color to pad with, as JSON, and `pixels`, a description of the
 * input.
 *
 * @example
 * const model = exportDetector({
 *   backbone: (scope, images) => addBackbone(scope, { space, subnet, images }),
 *   strides: detector.backbone.strides,
 *   settings,
 *   classes: ["cat", "dog"],
 *   size: { height: 512, width: 512 },
 *   mean: [0.485, 0.456, 0.406],
 *   std: [0.229, 0.224, 0.225],
 *   weights: detector.stateDict(),
 * });
 * writeFileSync("detector.onnx", encodeModel(model));
 * @throws UserError if an option is missing, unknown or wrong, or the settings do not match the backbone
 * @throws RangeError if the weights do not belong to this detector
 */
export function exportDetector(options: ExportedDetector): OnnxModel {
  parseOptions("exportDetector", optionsSchema, options);
  const { backbone, strides, settings, classes, size, mean, std, weights, padded, metadata } = options;
  const anySize = size === "any";
  // In a graph for any size, the sizes of maps are only an example.
  const example = 4 * Math.max(...strides, ...settings.pyramid.strides);
  const { height, width } = anySize ? { height: example, width: example } : size;
  const images: Value = { name: "images", shape: [3, height, width] };
  const graph = new Graph({ input: images, weights, anySize });
  if (padded) graph.addInput({ name: "sizes", type: "int64", shape: [2] });
  const scope = new Scope(graph, "");
  const maps = backbone(scope.within("backbone"), normalize(scope, images, { mean, std }));
  if (maps.length !== strides.length)
    throw new RangeError(
      `exportDetector: backbone returned ${maps.length} maps for ${strides.length} strides`,
    );
  const detections = exportAround({
    scope,
    maps,
    strides,
    settings,
    classes: classes.length,
    limits: padded ? givenLimits(scope) : ownLimits(scope, images),
  });
  const { boxes, scores, labels, counts } = detections;
  const found = settings.detectionsPerImage;
  return graph.model(
    settings.kind,
    {
      boxes: { name: boxes, shape: [found, 4] },
      scores: { name: scores, shape: [found] },
      labels: { name: labels, shape: [found], type: "int64" },
      counts: { name: counts, shape: [], type: "int64" },
    },
    {
      classes: JSON.stringify(classes),
      padding: JSON.stringify(mean.map((value) => 255 * value)),
      pixels: `red, green and blue from 0 to 255, normalized in the model by mean ${mean.join(", ")} and std ${std.join(", ")}`,
      ...metadata,
    },
  );
}

/** Adds everything outside the backbone. */
function exportAround(graph: Omit<DetectorGraph<DetectorSettings>, "layers">): GraphDetections {
  const { maps, strides, settings, classes } = graph;
  const { kind } = settings;
  const { sections } = builtInDetectors[kind] as DetectorDefinition<DetectorSettings>;
  const outChannels = maps.map(({ shape }) => shape[0]!);
  const layers = detectorLayers(sections!, { maps: { outChannels, strides }, settings, classes });
  const exporter = EXPORTERS[kind] as (graph: DetectorGraph<DetectorSettings>) => GraphDetections;
  return exporter({ ...graph, layers });
}

/** Adds (value / 255 - mean) / std. */
function normalize(
  scope: Scope,
  images: Value,
  { mean, std }: Pick<ExportedDetector, "mean" | "std">,
): Value {
  const constant = (name: string, values: readonly number[]) =>
    scope.constant(
      name,
      [1, 3, 1, 1],
      Float32Array.from(values, (value) => 255 * value),
    );
  const centered = scope.node("Sub", [images, constant("mean", mean)]);
  return scope.add("Div", [centered, constant("std", std)], images.shape);
}

/** Returns the corners of the whole input as limits of its boxes. See `DetectorGraph.limits`. */
function ownLimits(scope: Scope, images: Value): string {
  const [, height, width] = images.shape as [number, number, number];
  if (!scope.anySize) {
    return scope.constant("limits", [1, 1, 4], Float32Array.of(width, height, width, height));
  }
  const size = scope.node("Shape", [images], { start: { int: 2 } });
  return cast(scope, gather(scope, size, scope.integers(1, 0, 1, 0)), "float32");
}

/** Returns the corners of each image without its padding. */
const givenLimits = (scope: Scope): string =>
  unsqueeze(scope, cast(scope, gather(scope, "sizes", scope.integers(1, 0, 1, 0), 1), "float32"), 1);
