import type { Scope } from "@supernet/nas/onnx";
import type { SelectionSettings } from "../common.settings.js";
import { MIN_SIDE } from "../parts/select-detections.js";
import { exportAtLeast, exportClip } from "./box-operators.js";
import type { GraphDetections } from "./detector-graph.js";
import {
  batchOf,
  cast,
  column,
  concat,
  filled,
  gather,
  integerTable,
  quotient,
  remainder,
  reshape,
  rowsOfImages,
  transpose,
  unsqueeze,
} from "./operators.js";

/** Score of what is not a candidate. It is below every logit. */
const ABSENT = -1e30;
/** Threshold that only absent scores do not exceed. */
const ABSENT_BELOW = -1e29;

/** Boxes to select from, with one score and label each. */
export interface GraphCandidates {
  /** Scores or logits, float32 [N, P]. */
  readonly scores: string;
  /** float32 [N, P, 4] */
  readonly boxes: string;
}

/** Clips boxes to their images, and makes the scores of those absent that are too small. */
export function exportClippedCandidates(
  scope: Scope,
  { scores, boxes }: GraphCandidates,
  limits: string,
): GraphCandidates {
  const clipped = exportClip(scope, boxes, limits);
  const large = exportAtLeast(scope, clipped, MIN_SIDE);
  return { boxes: clipped, scores: scope.node("Where", [large, scores, scope.number(ABSENT)]) };
}

/** {@link SelectionSettings}, with `null` instead of a threshold if every score is kept, such as a logit. */
export interface GraphSelection extends Omit<SelectionSettings, "scoreThreshold"> {
  readonly scoreThreshold: number | null;
}

/** Candidates of each image that were selected, best first. */
export interface Selected {
  /** Indices of the candidates, int64 [N, detectionsPerImage]. */
  readonly indices: string;
  /** float32 [N, detectionsPerImage] */
  readonly scores: string;
  /** Whether there is such a candidate, bool [N, detectionsPerImage]. */
  readonly present: string;
}

/**
 * Suppresses overlapping boxes of the same label, and keeps the best boxes of each image.
 * @param labels int64 [N, P], 0 to labelCount - 1
 */
export function exportSelection(
  scope: Scope,
  candidates: GraphCandidates,
  { labels, labelCount, settings }: { labels: string; labelCount: number; settings: GraphSelection },
): Selected {
  const { scores, boxes } = candidates;
  const numbers = Array.from({ length: labelCount }, (_, label) => label);
  const all = integerTable(scope, "labels", numbers, [1, labelCount, 1]);
  const own = scope.node("Equal", [unsqueeze(scope, labels, 1), all]);
  const byLabel = scope.node("Where", [own, unsqueeze(scope, scores, 1), scope.number(ABSENT)]);
  const found = suppress(scope, boxes, byLabel, settings);
  // Of image, label and box, the label is known.
  const kept = gather(scope, found, scope.integers(0, 2), 1);
  return keepBest(scope, candidates, kept, settings.detectionsPerImage);
}

/**
 * Suppresses overlapping boxes of the same class, if every region has one box for each class, and keeps the best boxes
 * of each image. Candidates are in the order of their regions, then of their classes.
 */
export function exportSelectionPerClass(
  scope: Scope,
  candidates: GraphCandidates,
  { regions, classes, settings }: { regions: number; classes: number; settings: GraphSelection },
): Selected {
  // NonMaxSuppression shares the boxes of an image between its classes, so each class is passed as an image.
  const classesFirst = (value: string, ...tail: readonly number[]) =>
    transpose(scope, reshape(scope, value, 0, regions, classes, ...tail), 0, 2, 1, ...tail.map(() => 3));
  const boxes = reshape(scope, classesFirst(candidates.boxes, 4), -1, regions, 4);
  const scores = reshape(scope, classesFirst(candidates.scores), -1, 1, regions);
  const found = suppress(scope, boxes, scores, settings);
  const [list, region] = [column(scope, found, 0), column(scope, found, 2)];
  const ofRegion = scope.node("Mul", [region, scope.integers(classes)]);
  const candidate = scope.node("Add", [ofRegion, remainder(scope, list, classes)]);
  const kept = concat(scope, [quotient(scope, list, classes), candidate], 1);
  return keepBest(scope, candidates, kept, settings.detectionsPerImage);
}

/** @returns indices of image, label and box: int64 [K, 3] */
function suppress(scope: Scope, boxes: string, scores: string, settings: GraphSelection): string {
  const { nms, scoreThreshold, detectionsPerImage } = settings;
  return scope.node("NonMaxSuppression", [
    boxes,
    scores,
    scope.integers(detectionsPerImage),
    scope.number(roundDown(nms)),
    scope.number(scoreThreshold ?? ABSENT_BELOW),
  ]);
}

/**
 * Keeps the best candidates of each image.
 * @param kept image and index of the candidates to choose from, int64 [K, 2]
 */
function keepBest(scope: Scope, { scores }: GraphCandidates, kept: string, max: number): Selected {
  // The absent scores at the end are chosen if there are too few others.
  const size = scope.node("Shape", [scores]);
  const padded = scope.node("Add", [size, scope.integers(0, max)]);
  const absent = filled(scope, ABSENT, padded);
  const present = scope.node("ScatterND", [absent, kept, scope.node("GatherND", [scores, kept])]);
  const [best, chosen] = scope.nodes("TopK", 2, [present, scope.integers(max)], { axis: { int: 1 } }) as [
    string,
    string,
  ];
  const last = scope.node("Sub", [gather(scope, size, scope.integers(1)), scope.integers(1)]);
  return {
    indices: scope.node("Min", [chosen, last]),
    scores: best,
    present: scope.node("Greater", [best, scope.number(ABSENT_BELOW)]),
  };
}

/**
 * Returns the selected detections as the outputs of a model.
 * @param labels label of each detection, int64 [N, detectionsPerImage]
 */
export function exportDetections(
  scope: Scope,
  { boxes }: GraphCandidates,
  { indices, scores, present }: Selected,
  labels: string,
): GraphDetections {
  const orElse = (mask: string, value: string, other: string) => scope.node("Where", [mask, value, other]);
  return {
    boxes: orElse(unsqueeze(scope, present, -1), rowsOfImages(scope, boxes, indices), scope.number(0)),
    scores: orElse(present, scores, scope.number(0)),
    labels: orElse(present, labels, scope.integers(-1)),
    counts: scope.node("ReduceSum", [cast(scope, present, "int64"), scope.integers(1)], {
      keepdims: { int: 0 },
    }),
  };
}

/** Adds scores for `rows` regions of each image, all absent: [N, rows, columns]. */
export const exportAbsent = (scope: Scope, batch: string, rows: number, columns: number): string =>
  filled(scope, ABSENT, concat(scope, [batchOf(scope, batch), scope.integers(rows, columns)], 0));

/** Returns the largest float32 that is at most `value`, so the same overlaps exceed both. */
function roundDown(value: number): number {
  const rounded = Math.fround(value);
  if (rounded <= value || rounded === 0) return rounded;
  const bits = new Int32Array(Float32Array.of(rounded).buffer);
  bits[0]! -= 1;
  return new Float32Array(bits.buffer)[0]!;
}
