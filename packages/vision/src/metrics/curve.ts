import type { ImageMatches } from "./match.js";

/** 0, 0.01 .. 1 as numpy's linspace gives them: i * 0.01, which is not always i / 100. */
const RECALL_POINTS = Array.from({ length: 101 }, (_, i) => (i === 100 ? 1 : i * 0.01));

/** Keeps precision defined before the first detection; numpy's spacing(1). */
const EPSILON = Number.EPSILON;

/** True and false positives, summed from the best detection on, over all images of a category. */
interface Counts {
  readonly found: number[];
  readonly wrong: number[];
  readonly positives: number;
}

function count(images: readonly ImageMatches[], threshold: number, most: number): Counts {
  const entries: { score: number; matched: number; ignored: number }[] = [];
  for (const { scores, matched, ignored } of images) {
    for (let d = 0; d < Math.min(scores.length, most); d++) {
      const place = threshold * scores.length + d;
      entries.push({ score: scores[d]!, matched: matched[place]!, ignored: ignored[place]! });
    }
  }
  entries.sort((a, b) => b.score - a.score);
  const found: number[] = [];
  const wrong: number[] = [];
  let [tp, fp] = [0, 0];
  for (const { matched, ignored } of entries) {
    if (ignored === 0) matched === 1 ? tp++ : fp++;
    found.push(tp);
    wrong.push(fp);
  }
  return { found, wrong, positives: images.reduce((sum, image) => sum + image.positives, 0) };
}

/** Precision at each recall point, made to fall monotonically; -1 alone where nothing is to be found. */
export function interpolatedPrecision(
  images: readonly ImageMatches[],
  threshold: number,
  most: number,
): number[] {
  const { found, wrong, positives } = count(images, threshold, most);
  if (positives === 0) return [-1];
  const precision = found.map((tp, i) => tp / (tp + wrong[i]! + EPSILON));
  for (let i = precision.length - 1; i > 0; i--)
    precision[i - 1] = Math.max(precision[i - 1]!, precision[i]!);
  let place = 0;
  return RECALL_POINTS.map((recall) => {
    while (place < found.length && found[place]! / positives < recall) place++;
    return place < found.length ? precision[place]! : 0;
  });
}

/** The recall of all detections together; -1 where nothing is to be found. */
export function highestRecall(images: readonly ImageMatches[], threshold: number, most: number): number {
  const { found, positives } = count(images, threshold, most);
  return positives === 0 ? -1 : (found.at(-1) ?? 0) / positives;
}
