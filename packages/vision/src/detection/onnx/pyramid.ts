import type { Scope, Value } from "@supernet/nas/onnx";
import type { PyramidSettings } from "../common.settings.js";
import { findFirstMap } from "../parts/feature-pyramid.js";
import type { LayerExporter } from "./detector-graph.js";
import { concat } from "./operators.js";

export interface ExportedPyramid {
  /** Maps of the backbone, finest first. */
  readonly maps: readonly Value[];
  /** Stride of each map, in pixels. */
  readonly strides: readonly number[];
  readonly settings: PyramidSettings;
  /** Adds a layer of the pyramid. See `pyramidLayers`. */
  readonly layer: LayerExporter;
}

/**
 * Adds a feature pyramid to a graph. It computes the same as `FeaturePyramid`.
 * @returns one map per stride of the settings, finest first, and the number of those that have a map of the backbone
 */
export function exportPyramid(
  scope: Scope,
  { maps, strides, settings, layer }: ExportedPyramid,
): { levels: Value[]; mapLevels: number } {
  const { extraLevels } = settings;
  const laterals = maps
    .slice(findFirstMap(settings.strides, strides))
    .map((map, i) => layer(`lateral_convs.${i}`, map));
  for (let i = laterals.length - 2; i >= 0; i--) {
    const lateral = laterals[i]!;
    laterals[i] = scope.add("Add", [lateral, upsample(scope, laterals[i + 1]!, lateral)], lateral.shape);
  }
  const levels = laterals.map((lateral, i) => layer(`fpn_convs.${i}`, lateral));
  while (levels.length < settings.strides.length) {
    const below = levels.at(-1)!;
    if (extraLevels === "pool") {
      levels.push(everySecond(scope, below));
      continue;
    }
    const first = levels.length === laterals.length;
    const onMap = extraLevels === "conv-on-input" ? maps.at(-1)! : below;
    const input = first ? onMap : scope.add("Relu", [below], below.shape);
    levels.push(layer(`fpn_convs.${levels.length}`, input));
  }
  return { levels, mapLevels: laterals.length };
}

/** Enlarges a map to the size of another by nearest-neighbor upsampling. */
function upsample(scope: Scope, map: Value, like: Value): Value {
  const how = {
    mode: { text: "nearest" },
    coordinate_transformation_mode: { text: "asymmetric" },
    nearest_mode: { text: "floor" },
  };
  const [height, width] = like.shape.slice(1) as [number, number];
  const shape = [map.shape[0]!, height, width];
  const doubled = height === 2 * map.shape[1]! && width === 2 * map.shape[2]!;
  if (!scope.anySize && doubled) {
    const scales = scope.constant("double", [4], Float32Array.of(1, 1, 2, 2));
    return scope.add("Resize", [map, "", scales], shape, how);
  }
  const kept = scope.node("Shape", [map], { end: { int: 2 } });
  const target = scope.anySize
    ? scope.node("Shape", [like], { start: { int: 2 } })
    : scope.integers(height, width);
  return scope.add("Resize", [map, "", "", concat(scope, [kept, target], 0)], shape, how);
}

/** Takes every second location of a map. */
function everySecond(scope: Scope, map: Value): Value {
  const [channels, height, width] = map.shape as [number, number, number];
  return scope.add("MaxPool", [map], [channels, Math.ceil(height / 2), Math.ceil(width / 2)], {
    kernel_shape: { ints: [1, 1] },
    strides: { ints: [2, 2] },
  });
}
