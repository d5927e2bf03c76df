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

/**
 * Counts true and false positives up to each detection, from the best one.
 * @param weights number of times that each detection counts. Default: once.
 */
function countMatches(
  { order }: RankedMatches,
  threshold: number,
  weights?: ArrayLike<number>,
): { found: Int32Array; wrong: Int32Array } {
  const found = new Int32Array(order.length);
  const wrong = new Int32Array(order.length);
  let [tp, fp] = [0, 0];
  for (const [rank, { image, index }] of order.entries()) {
    const at = threshold * image.scores.length + index;
    if (image.ignored[at] === 0) {
      const weight = weights?.[rank] ?? 1;
      if (image.matched[at] === 1) tp += weight;
      else fp += weight;
    }
    found[rank] = tp;
    wrong[rank] = fp;
  }
  return { found, wrong };
}

/**
 * Computes the monotonically decreasing precision at each recall point, or a single -1 without objects.
 * @param weights number of times that each detection counts, as `ranked.positives` counts the objects. Default: once.
 */
export function interpolatePrecision(
  ranked: RankedMatches,
  threshold: number,
  weights?: ArrayLike<number>,
): number[] {
  const { positives } = ranked;
  if (positives === 0) return [-1];
  const { found, wrong } = countMatches(ranked, threshold, weights);
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
