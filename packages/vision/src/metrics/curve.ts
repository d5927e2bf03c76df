import type { ImageMatches } from "./match.js";

/** 0, 0.01 .. 1 as numpy's linspace gives them: i * 0.01, which is not always i / 100. */
const RECALL_POINTS = Array.from({ length: 101 }, (_, i) => (i === 100 ? 1 : i * 0.01));

/** Keeps precision defined before the first detection; numpy's spacing(1). */
const EPSILON = Number.EPSILON;

/** The detections of one category over all images, best first, which is the same at every IoU threshold. */
export interface RankedMatches {
  /** Of each detection, its image and its index there. */
  readonly order: readonly { readonly image: ImageMatches; readonly index: number; readonly score: number }[];
  /** Objects that count, over all images. */
  readonly positives: number;
}

/** @param max maximum number of detections of an image, of which the best count */
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

/** True and false positives, summed from the best detection on. */
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

/** Computes the precision at each recall point, monotonically decreasing; a single -1 if there are no objects. */
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

/** Computes the recall of all detections; -1 if there are no objects. */
export function computeHighestRecall(ranked: RankedMatches, threshold: number): number {
  if (ranked.positives === 0) return -1;
  return (countMatches(ranked, threshold).found.at(-1) ?? 0) / ranked.positives;
}
