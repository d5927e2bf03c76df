import type { Finding } from "../task/predictor.js";

/** Differences between what two networks find in the same images. */
export interface Comparison {
  /** Number of objects, or classes, that both find. */
  readonly common: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** Differences of the scores of what both find. */
  readonly score: Differences;
  /** Differences of the sides of the boxes that both find, in pixels of the image. Null without boxes. */
  readonly box: Differences | null;
}

/** The largest difference, and the mean of all. Both are 0 if there are none. */
export interface Differences {
  readonly largest: number;
  readonly mean: number;
}

type Pair = readonly [first: Finding, second: Finding];

/** Minimum intersection over union of two boxes of the same object. */
const MIN_OVERLAP = 0.5;

/**
 * Compares what two networks find in images. Two findings are the same if they have the same class, and, if they have
 * boxes, an intersection over union of at least 0.5: the best one that is not the same as another.
 * @param images what each network finds in an image, best score first
 */
export function compareFindings(
  images: readonly (readonly [first: readonly Finding[], second: readonly Finding[]])[],
): Comparison {
  const pairs = images.flatMap(([first, second]) => pairsOf(first, second));
  const count = (index: 0 | 1) => images.reduce((sum, image) => sum + image[index].length, 0);
  const boxes = pairs.filter(([{ box }]) => box !== undefined);
  return {
    common: pairs.length,
    onlyFirst: count(0) - pairs.length,
    onlySecond: count(1) - pairs.length,
    score: differences(pairs.map(([a, b]) => Math.abs(a.score - b.score))),
    box:
      boxes.length === pairs.length && pairs.length > 0
        ? differences(boxes.flatMap((pair) => sideDifferences(pair)))
        : null,
  };
}

function pairsOf(first: readonly Finding[], second: readonly Finding[]): Pair[] {
  const left = new Set(second);
  return first.flatMap((finding): Pair[] => {
    const [best] = [...left]
      .filter(({ label }) => label === finding.label)
      .map((other) => ({ other, overlap: overlapOf(finding, other) }))
      .filter(({ overlap }) => overlap >= MIN_OVERLAP)
      .sort((a, b) => b.overlap - a.overlap);
    if (best === undefined) return [];
    left.delete(best.other);
    return [[finding, best.other]];
  });
}

/** Returns the intersection over union of two boxes; 1 for whole images. */
function overlapOf({ box: a }: Finding, { box: b }: Finding): number {
  if (!a || !b) return a === b ? 1 : 0;
  const side = (axis: 0 | 1) =>
    Math.min(a[axis] + a[axis + 2]!, b[axis] + b[axis + 2]!) - Math.max(a[axis], b[axis]);
  const shared = Math.max(0, side(0)) * Math.max(0, side(1));
  return shared / (a[2] * a[3] + b[2] * b[3] - shared);
}

function sideDifferences([{ box: a }, { box: b }]: Pair): number[] {
  const sides = ([x, y, width, height]: NonNullable<Finding["box"]>) => [x, y, x + width, y + height];
  const other = sides(b!);
  return sides(a!).map((value, i) => Math.abs(value - other[i]!));
}

const differences = (values: readonly number[]): Differences => ({
  largest: values.reduce((a, b) => Math.max(a, b), 0),
  mean: values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length,
});
