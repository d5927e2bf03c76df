import type { Scope, Value } from "@supernet/nas/onnx";
import { anchorsPerPosition, cellAnchors } from "../boxes/anchors.js";
import { ANCHOR_WEIGHTS } from "../boxes/box-coder.js";
import type { AnchorSettings } from "../common.settings.js";
import { exportDecode } from "./box-operators.js";
import {
  cast,
  concat,
  gather,
  multiplySizes,
  quotient,
  remainder,
  reshape,
  rowsOfImages,
  sizeInput,
  sizeOf,
  smallerSize,
  transpose,
  unsqueeze,
} from "./operators.js";

/**
 * Flattens the map of a head: [N, perLocation * values, H, W] to [N, H * W * perLocation, values].
 * @param values number of predicted values per anchor or location
 */
export const exportFlat = (scope: Scope, map: Value, values: number): string =>
  reshape(scope, transpose(scope, map, 0, 2, 3, 1), 0, -1, values);

/** Best predictions of a level in each image. All are int64 [N, K] except the scores. */
export interface BestOfLevel {
  /** float32 [N, K], best first */
  readonly scores: string;
  readonly classes: string;
  /** Index of each prediction in the flattened map, such as that of its anchor. See {@link exportFlat}. */
  readonly indices: string;
  /** Index among the predictions of the same location. */
  readonly places: string;
  readonly rows: string;
  readonly columns: string;
}

export interface BestOptions {
  /** Number of predictions, such as anchors, at each location. */
  readonly perLocation: number;
  readonly classes: number;
  /** Maximum number of pairs of prediction and class. */
  readonly max: number;
}

/**
 * Selects the pairs of prediction and class with the highest scores on a level.
 * @param scores [N, perLocation * classes, H, W]
 */
export function exportBestOfLevel(
  scope: Scope,
  scores: Value,
  { perLocation, classes, max }: BestOptions,
): BestOfLevel {
  const [height, width] = [sizeOf(scope, scores, 2), sizeOf(scope, scores, 3)];
  const flat = reshape(scope, transpose(scope, scores, 0, 2, 3, 1), 0, -1);
  const pairs = multiplySizes(scope, multiplySizes(scope, height, width), perLocation * classes);
  const kept = smallerSize(scope, pairs, max);
  const [best, chosen] = scope.nodes("TopK", 2, [flat, sizeInput(scope, kept)], { axis: { int: 1 } }) as [
    string,
    string,
  ];
  const indices = quotient(scope, chosen, classes);
  const locations = quotient(scope, indices, perLocation);
  return {
    scores: best,
    classes: remainder(scope, chosen, classes),
    indices,
    places: remainder(scope, indices, perLocation),
    rows: quotient(scope, locations, width),
    columns: remainder(scope, locations, width),
  };
}

/** Returns locations in pixels, float32 [N, K, 4]: x, y, x, y of the top left corner of each location. */
export function exportCorners(scope: Scope, { rows, columns }: BestOfLevel, stride: number): string {
  const [x, y] = [unsqueeze(scope, columns, -1), unsqueeze(scope, rows, -1)];
  const corners = cast(scope, concat(scope, [x, y, x, y], -1), "float32");
  return scope.node("Mul", [corners, scope.number(stride)]);
}

/** Predictions of a head on one level. */
export interface LevelPredictions {
  /** [N, anchorsPerPosition * classes, H, W] */
  readonly logits: Value;
  /** [N, anchorsPerPosition * 4, H, W] */
  readonly deltas: Value;
}

/** Best pairs of anchor and class of all levels, finest level first. */
export interface BestAnchors {
  /** float32 [N, P] */
  readonly logits: string;
  /** int64 [N, P] */
  readonly classes: string;
  /** float32 [N, P, 4], decoded */
  readonly boxes: string;
  /** Level of each pair, int64 [N, P]. */
  readonly levels: string;
}

export interface AnchorOptions {
  /** Stride of each level, in pixels. */
  readonly strides: readonly number[];
  readonly anchors: AnchorSettings;
  readonly classes: number;
  /** Maximum number of pairs of each level. */
  readonly max: number;
}

/**
 * Selects the best pairs of anchor and class on each level and decodes their boxes, as `bestOfLevels` does. Anchors are
 * computed from their index, so a graph contains only those of one location.
 */
export function exportBestAnchors(
  scope: Scope,
  predictions: readonly LevelPredictions[],
  { strides, anchors, classes, max }: AnchorOptions,
): BestAnchors {
  const perLocation = anchorsPerPosition(anchors);
  const levels = predictions.map(({ logits, deltas }, level) => {
    const stride = strides[level]!;
    const best = exportBestOfLevel(scope, logits, { perLocation, classes, max });
    const cells = scope.constant(`anchors_${stride}`, [perLocation, 4], cellAnchors(stride, anchors));
    const own = scope.node("Add", [gather(scope, cells, best.places), exportCorners(scope, best, stride)]);
    const picked = rowsOfImages(scope, exportFlat(scope, deltas, 4), best.indices);
    const zeros = scope.node("Sub", [best.places, best.places]);
    return {
      logits: best.scores,
      classes: best.classes,
      boxes: exportDecode(scope, picked, own, ANCHOR_WEIGHTS),
      levels: scope.node("Add", [zeros, scope.integers(level)]),
    };
  });
  const joined = (key: keyof BestAnchors) =>
    concat(
      scope,
      levels.map((level) => level[key]),
      1,
    );
  return {
    logits: joined("logits"),
    classes: joined("classes"),
    boxes: joined("boxes"),
    levels: joined("levels"),
  };
}
