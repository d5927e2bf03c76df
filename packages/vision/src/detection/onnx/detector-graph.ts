import { exportLayer, type Scope, type Value } from "@supernet/nas/onnx";
import type { DetectorLayers } from "../parts/detector-layers.js";

/** Adds the layer at a path to the graph and returns its output. */
export type LayerExporter = (path: string, input: Value) => Value;

/** Returns an exporter of the layers of a module. */
export const layerExporter =
  (scope: Scope, layers: DetectorLayers): LayerExporter =>
  (path, input) =>
    exportLayer(scope.within(path), layers[path]!.layer, input);

/** Returns an exporter of the layers inside a path. */
export const exporterWithin =
  (path: string, layer: LayerExporter): LayerExporter =>
  (inner, input) =>
    layer(`${path}.${inner}`, input);

/** Graph of a detector whose backbone has been added, and what the rest needs. */
export interface DetectorGraph<Settings> {
  /** Scope of the detector's module. Its `anySize` says whether sizes of maps are known. */
  readonly scope: Scope;
  /** Maps of the backbone, finest first. */
  readonly maps: readonly Value[];
  /** Stride of each map, in pixels. */
  readonly strides: readonly number[];
  readonly settings: Settings;
  /** Number of classes, without background. */
  readonly classes: number;
  /** All layers outside the backbone. */
  readonly layers: DetectorLayers;
  /** Maximum corners in each image, [width, height, width, height]: float32, broadcasts to [N, boxes, 4]. */
  readonly limits: string;
}

/**
 * Detections in a graph, best first in each image. The number per image is fixed: absent detections follow the others,
 * with zeros as boxes and scores and with label -1.
 */
export interface GraphDetections {
  /** float32 [N, D, 4] */
  readonly boxes: string;
  /** float32 [N, D] */
  readonly scores: string;
  /** int64 [N, D] */
  readonly labels: string;
  /** Number of detections in each image, int64 [N]. */
  readonly counts: string;
}
