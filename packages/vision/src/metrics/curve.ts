import type { ImageMatches } from "./match.js";

/** 0, 0.01 .. 1 as in numpy's linspace, which computes i * 0.01. It is not always equal to i / 100. */
const RECALL_POINTS = Array.from({ length: 101 }, (_, i) => (i === 100 ? 1 : i * 0.01));

/** Keeps the precision defined before the first detection. The same as numpy's spacing(1). */
const EPSILON = Number.EPSILON;

/** Detections of one category in all images, best first. The order is the same at every IoU threshold. */
export interface RankedMatches {
  /** Image, index in the image and score of each detection. */
  readonly order: readonly { readonly image: ImageMatches; readonly index: number; readonly score: number }[];
  /** Number of objects in all images that are not ignored. */
  readonly positives: number;
}

/** Ranks the detections of one category. @param max number of best detections to use per image */
export function rankMatches(images: readonly ImageMatches[], max: number): RankedMatches {
  const order: { image: ImageMatches; index: number; score: number }[] = [];
  for (const image of images) {
    const { scores } = image;
    for (let index = 0; index < Math.min(scores.length, max); index++)
      order.push({ image, index, score: scores[index]! });
  }
  order.sort((a, b) => b.score - a.score);
  return { order, positives: images.reduce((sum, { positives }) => sum + positives, 0) };
}

/** Counts true and false positives up to each detection, from the best one. */
function countMatches({ order }: RankedMatches, threshold: number): { found: Int32Array; wrong: Int32Array } {
  const found = new Int32Array(order.length);
  const wrong = new Int32Array(order.length);
  let [tp, fp] = [0, 0];
  for (const [rank, { image, index }] of order.entries()) {
    const at = threshold * image.scores.length + index;
    if (image.ignored[at] === 0) image.matched[at] === 1 ? tp++ : fp++;
    found[rank] = tp;
    wrong[rank] = fp;
  }
  return { found, wrong };
}

/** Computes the monotonically decreasing precision at each recall point, or a single -1 without objects. */
export function interpolatePrecision(ranked: RankedMatches, threshold: number): number[] {
  const { positives } = ranked;
  if (positives === 0) return [-1];
  const { found, wrong } = countMatches(ranked, threshold);
  const precision = Float64Array.from(found, (tp, i) => tp / (tp + wrong[i]! + EPSILON));
  for (let i = precision.length - 1; i > 0; i--)
    precision[i - 1] = Math.max(precision[i - 1]!, precision[i]!);
  let index = 0;
  return RECALL_POINTS.map((recall) => {
    while (index < found.length && found[index]! / positives < recall) index++;
    return index < found.length ? precision[index]! : 0;
  });
}

/** Computes the recall of all detections, or -1 without objects. */
export function computeHighestRecall(ranked: RankedMatches, threshold: number): number {
  if (ranked.positives === 0) return -1;
  return (countMatches(ranked, threshold).found.at(-1) ?? 0) / ranked.positives;
}

/** Ranked detections of one category at one threshold, without those that are neither true nor false positives. */
export interface RankedHits {
  /** Index of the image of each detection. */
  readonly images: Int32Array;
  /** 1 if the detection matches an object, else 0. */
  readonly hits: Uint8Array;
}

/** Lists the detections that count at a threshold. @param indexOf index of an image */
export function rankedHits(
  { order }: RankedMatches,
  threshold: number,
  indexOf: (image: ImageMatches) => number,
): RankedHits {
  const counted = order.filter(
    ({ image, index }) => image.ignored[threshold * image.scores.length + index] === 0,
  );
  return {
    images: Int32Array.from(counted, ({ image }) => indexOf(image)),
    hits: Uint8Array.from(
      counted,
      ({ image, index }) => image.matched[threshold * image.scores.length + index]!,
    ),
  };
}

/**
 * Computes the mean precision over the recall points if images occur several times.
 * @param counts how often each image occurs
 * @param positives number of objects, each counted as often as its image
 */
export function weightedPrecision(
  { images, hits }: RankedHits,
  counts: ArrayLike<number>,
  positives: number,
): number {
  const found = new Int32Array(images.length);
  const precision = new Float64Array(images.length);
  let [tp, fp] = [0, 0];
  for (let i = 0; i < images.length; i++) {
    const count = counts[images[i]!]!;
    if (hits[i] === 1) tp += count;
    else fp += count;
    found[i] = tp;
    precision[i] = tp / (tp + fp + EPSILON);
  }
  for (let i = precision.length - 1; i > 0; i--)
    if (precision[i - 1]! < precision[i]!) precision[i - 1] = precision[i]!;
  let index = 0;
  let sum = 0;
  for (const recall of RECALL_POINTS) {
    while (index < found.length && found[index]! / positives < recall) index++;
    if (index === found.length) break;
    sum += precision[index]!;
  }
  return sum / RECALL_POINTS.length;
}
