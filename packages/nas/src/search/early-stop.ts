import { type Immutable, positive } from "@supernet/base";
import { z } from "zod";
import { studentQuantile } from "../stats/student.js";
import { type Candidate, ranked, type SearchState } from "./state.js";
import type { Strategy } from "./strategy.js";

/** Candidates that will not be among the best are scored on only a part of the images. */
export const earlyStopSettings = z.strictObject({
  /** Probability that a candidate is stopped that would have been among the best, on which the search depends. */
  risk: positive.lt(0.5),
});

export type EarlyStop = Immutable<z.output<typeof earlyStopSettings>>;

/** A look at the scores of candidates while they are scored; plain JSON. */
export interface Look {
  /** Part of a candidate's images after which it is looked at: between two batches, and so after a little more. */
  readonly fraction: number;
  /** Candidates with a lower score on that part go no further; null = all go on. */
  readonly below: number | null;
}

/** Parts of the images after which candidates are looked at. */
const PARTS = [1 / 8, 1 / 4, 1 / 2];

/**
 * The looks at the candidates of the generation that is in the queue. The bar is the score of the last of the elite
 * before that generation, so that it hangs neither on the order in which scores come nor on how many come at a time;
 * without so many candidates that were scored in full there is none.
 */
export function looksOf(
  { elite }: Strategy,
  { history, generation }: SearchState,
  { risk }: EarlyStop,
): readonly Look[] {
  const before = history.filter((candidate) => candidate.generation < generation - 1 && isInFull(candidate));
  const bar = elite === undefined ? undefined : ranked(before)[elite - 1]?.score;
  const scores = before.map(({ score }) => score!);
  return PARTS.map((fraction, look) => {
    if (bar === undefined) return { fraction, below: null };
    const parts = before.map((candidate) => candidate.parts?.[look] ?? Number.NaN);
    return { fraction, below: hopelessBelow(parts, scores, bar!, risk / PARTS.length) };
  });
}

const isInFull = ({ score, fraction }: Candidate): boolean => score !== null && fraction === 1;

/**
 * Below which score on a part a candidate's full score is above the bar with probability at most `risk`: by the upper
 * prediction bound of a linear regression of full scores on those on the part, where deviations from the line are
 * normal. Candidates are scored on the same images, so that it does not matter how hard the first of them are; and it
 * does not bend the line that only those are known in full which were not stopped, by the score that it starts from.
 * @returns null where no score is low enough: too few are known, or the part says too little
 */
export function hopelessBelow(
  parts: readonly number[],
  scores: readonly number[],
  bar: number,
  risk: number,
): number | null {
  const count = parts.length;
  if (count < 3) return null;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / count;
  const [x, y] = [mean(parts), mean(scores)];
  const products = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  const fromX = parts.map((part) => part - x);
  const fromY = scores.map((score) => score - y);
  const spread = products(fromX, fromX);
  const slope = products(fromX, fromY) / spread;
  const variance = Math.max(0, products(fromY, fromY) - slope * products(fromX, fromY)) / (count - 2);
  const width = studentQuantile(1 - risk, count - 2) ** 2 * variance;
  // The bound at x + u is y + slope u + sqrt(width (1 + 1/count + u^2 / spread)); it meets the bar at the smaller root.
  const steepness = slope ** 2 - width / spread;
  if (!(slope > 0 && steepness > 0)) return null;
  const gap = bar - y;
  const root = Math.sqrt(width * (gap ** 2 / spread + (1 + 1 / count) * steepness));
  return x + (slope * gap - root) / steepness;
}
