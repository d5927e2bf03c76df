import { requireArray } from "@supernet/base";
import { type CocoDetection, type CocoGroundTruth, requireGroundTruth } from "./coco-files.js";
import {
  computeHighestRecall,
  interpolatePrecision,
  type RankedMatches,
  rankedHits,
  rankMatches,
  weightedPrecision,
} from "./curve.js";
import { type ImageMatches, matchImage, type Pair } from "./match.js";

/** Names of COCO's twelve metrics. */
export const COCO_METRICS = [
  ...["AP", "AP50", "AP75", "APs", "APm", "APl"],
  ...["AR1", "AR10", "AR100", "ARs", "ARm", "ARl"],
] as const;

/** COCO's twelve metrics, 0 to 1, or -1 if there is no ground truth for a metric. */
export interface CocoMetrics {
  /** Average precision: mean over categories and the IoU thresholds 0.5, 0.55 .. 0.95. */
  readonly AP: number;
  /** AP at IoU threshold 0.5. */
  readonly AP50: number;
  /** AP at IoU threshold 0.75. */
  readonly AP75: number;
  /** AP of small objects, with an area of up to 32^2 pixels. */
  readonly APs: number;
  /** AP of medium objects, with an area of 32^2 to 96^2 pixels. */
  readonly APm: number;
  /** AP of large objects, with an area of at least 96^2 pixels. */
  readonly APl: number;
  /** Average recall with at most one detection per image and category. */
  readonly AR1: number;
  /** Average recall with at most 10 detections per image and category. */
  readonly AR10: number;
  /** Average recall with at most 100 detections per image and category. */
  readonly AR100: number;
  /** AR100 of small objects. */
  readonly ARs: number;
  /** AR100 of medium objects. */
  readonly ARm: number;
  /** AR100 of large objects. */
  readonly ARl: number;
}

/** The same bits as numpy's linspace(0.5, 0.95, 10). */
const IOU_THRESHOLDS = Array.from({ length: 10 }, (_, i) => (i === 9 ? 0.95 : 0.5 + i * ((0.95 - 0.5) / 9)));

/** Area ranges in pixels, inclusive at both ends. */
const AREAS = {
  all: [0, 1e10],
  small: [0, 32 ** 2],
  medium: [32 ** 2, 96 ** 2],
  large: [96 ** 2, 1e10],
} as const;
type Area = keyof typeof AREAS;

const MAX_DETECTIONS = 100;

/**
 * Computes COCO's box metrics (https://cocodataset.org/#detection-eval). Crowds, area ranges, ties and limits are
 * handled as in pycocotools. Detections of images or categories that are not in the ground truth are ignored.
 *
 * @example
 * const groundTruth = readGroundTruth("instances_val2017.json");
 * const { AP, AP50 } = evaluateCoco(groundTruth, readDetections("detections.json", groundTruth));
 */
export function evaluateCoco(
  groundTruth: CocoGroundTruth,
  detections: readonly CocoDetection[],
): CocoMetrics {
  requireGroundTruth("evaluateCoco: groundTruth", groundTruth);
  requireArray("evaluateCoco: detections", detections);
  const categories = groupIntoPairs(groundTruth, detections);
  const curves = Object.fromEntries(
    Object.keys(AREAS).map((area) => [area, matchCategories(categories, area as Area)]),
  ) as Record<Area, ImageMatches[][]>;
  const precision = (area: Area, thresholds?: readonly number[]): number =>
    computeMeanPrecision(rankCategories(curves[area], MAX_DETECTIONS), thresholds);
  const recall = (area: Area, max: number): number =>
    computeMeanOfDefined(
      rankCategories(curves[area], max).flatMap((matches) =>
        IOU_THRESHOLDS.map((_, t) => computeHighestRecall(matches, t)),
      ),
    );
  return {
    AP: precision("all"),
    AP50: precision("all", [0]),
    AP75: precision("all", [5]),
    APs: precision("small"),
    APm: precision("medium"),
    APl: precision("large"),
    AR1: recall("all", 1),
    AR10: recall("all", 10),
    AR100: recall("all", MAX_DETECTIONS),
    ARs: recall("small", MAX_DETECTIONS),
    ARm: recall("medium", MAX_DETECTIONS),
    ARl: recall("large", MAX_DETECTIONS),
  };
}

/** Computes only the AP of {@link evaluateCoco}, with the same bits in a fraction of the time. */
export function averagePrecision(groundTruth: CocoGroundTruth, detections: readonly CocoDetection[]): number {
  requireGroundTruth("averagePrecision: groundTruth", groundTruth);
  requireArray("averagePrecision: detections", detections);
  return computeMeanPrecision(
    rankCategories(matchCategories(groupIntoPairs(groundTruth, detections), "all"), MAX_DETECTIONS),
  );
}

/**
 * Computes the AP of {@link evaluateCoco} for several samples of the same images, such as those of a bootstrap. It is the
 * AP of a data set in which each image occurs as often as in the sample.
 *
 * @param samples for each sample, how often each image of `groundTruth.images` occurs in it
 * @returns one AP per sample; -1 if its images have no objects
 */
export function resampledPrecision(
  groundTruth: CocoGroundTruth,
  detections: readonly CocoDetection[],
  samples: readonly ArrayLike<number>[],
): number[] {
  requireGroundTruth("resampledPrecision: groundTruth", groundTruth);
  requireArray("resampledPrecision: detections", detections);
  requireArray("resampledPrecision: samples", samples);
  const { images } = groundTruth;
  const wrong = samples.find(({ length }) => length !== images.length);
  if (wrong !== undefined)
    throw new RangeError(
      `resampledPrecision: a sample has ${wrong.length} counts; expected one for each of ${images.length} images`,
    );
  const placeOf = new Map(images.map(({ id }, place) => [id, place]));
  const categories = groupIntoPairs(groundTruth, detections).map((pairs) => {
    const matches = pairs.map((pair) => matchImage(pair, AREAS.all, IOU_THRESHOLDS));
    const places = new Map(
      matches.map((image, i) => {
        const { found, annotations } = pairs[i]!;
        return [image, placeOf.get((found[0] ?? annotations[0])!.image_id)!];
      }),
    );
    const ranked = rankMatches(matches, MAX_DETECTIONS);
    return {
      places,
      hits: IOU_THRESHOLDS.map((_, t) => rankedHits(ranked, t, (image) => places.get(image)!)),
    };
  });
  return samples.map((counts) =>
    computeMeanOfDefined(
      categories.flatMap(({ places, hits }) => {
        const positives = Array.from(places).reduce(
          (sum, [image, place]) => sum + counts[place]! * image.positives,
          0,
        );
        return positives === 0 ? [] : hits.map((ranked) => weightedPrecision(ranked, counts, positives));
      }),
    ),
  );
}

/** Groups annotations and detections by category and image. Pairs without either are omitted. */
function groupIntoPairs(groundTruth: CocoGroundTruth, detections: readonly CocoDetection[]): Pair[][] {
  const images = [...new Set(groundTruth.images.map(({ id }) => id))].sort((a, b) => a - b);
  const annotationsOf = groupByPair(groundTruth.annotations);
  const detectionsOf = groupByPair(detections);
  return groundTruth.categories.map(({ id: category }) => {
    const pairs = images.map((image) => {
      const key = `${image} ${category}`;
      const found = (detectionsOf.get(key) ?? [])
        .toSorted((a, b) => b.score - a.score)
        .slice(0, MAX_DETECTIONS);
      return { found, annotations: annotationsOf.get(key) ?? [] };
    });
    return pairs.filter(({ found, annotations }) => found.length > 0 || annotations.length > 0);
  });
}

const matchCategories = (categories: readonly Pair[][], area: Area): ImageMatches[][] =>
  categories.map((pairs) => pairs.map((pair) => matchImage(pair, AREAS[area], IOU_THRESHOLDS)));

const rankCategories = (categories: readonly ImageMatches[][], max: number): RankedMatches[] =>
  categories.map((images) => rankMatches(images, max));

/** Computes the mean over categories, thresholds and recall points. */
const computeMeanPrecision = (
  categories: readonly RankedMatches[],
  thresholds: readonly number[] = [...IOU_THRESHOLDS.keys()],
) =>
  computeMeanOfDefined(
    categories.flatMap((matches) => thresholds.flatMap((t) => interpolatePrecision(matches, t))),
  );

function groupByPair<T extends { readonly image_id: number; readonly category_id: number }>(
  items: readonly T[],
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = `${item.image_id} ${item.category_id}`;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

function computeMeanOfDefined(values: readonly number[]): number {
  const defined = values.filter((value) => value > -1);
  return defined.length === 0 ? -1 : defined.reduce((sum, value) => sum + value, 0) / defined.length;
}
