import { type Immutable, parseOptions, positive, requireObject } from "@supernet/base";
import { z } from "zod";
import { studentQuantile } from "../stats/student.js";
import { type Candidate, ranked, type SearchState } from "./state.js";
import { checkStrategy, type Strategy } from "./strategy.js";

/**
 * Settings for early stopping: candidates that will not be among the best are scored on only a fraction of the images.
 */
export const earlyStopSettings = z.strictObject({
  risk: positive
    .lt(0.5)
    .describe("Probability that a candidate is stopped that would have been among the best."),
});

export type EarlyStop = Immutable<z.output<typeof earlyStopSettings>>;

/** A check of the scores of candidates while they are scored; plain JSON. */
export interface EarlyStopCheck {
  /**
   * Fraction of a candidate's images after which it is checked. The check is between two batches, so slightly later.
   */
  readonly fraction: number;
  /** Candidates with a lower score on that fraction are stopped. Null: none are stopped. */
  readonly threshold: number | null;
}

/** Fractions of the images after which candidates are checked. */
const PARTS = [1 / 8, 1 / 4, 1 / 2];

/**
 * Returns the checks for the candidates in the queue.
 *
 * The bar is the lowest score of the elite before that generation. It therefore depends neither on the order in which
 * scores arrive nor on the number of candidates scored at the same time. If fewer candidates than the elite were scored
 * on all images, there is no bar, and nothing is stopped.
 */
export function earlyStopChecks(
  strategy: Strategy,
  state: SearchState,
  settings: EarlyStop,
): readonly EarlyStopCheck[] {
  checkStrategy("earlyStopChecks", strategy);
  requireObject("earlyStopChecks: state", state);
  const { risk } = parseOptions("earlyStopChecks", earlyStopSettings, settings);
  const { elite } = strategy;
  const { history, generation } = state;
  const before = history.filter(
    (candidate) => candidate.generation < generation - 1 && isFullyScored(candidate),
  );
  const bar = elite === undefined ? undefined : ranked(before)[elite - 1]?.score;
  const scores = before.map(({ score }) => score!);
  return PARTS.map((fraction, i) => {
    if (bar === undefined) return { fraction, threshold: null };
    const parts = before.map((candidate) => candidate.parts?.[i] ?? Number.NaN);
    return { fraction, threshold: stopThreshold({ parts, scores, bar: bar!, risk: risk / PARTS.length }) };
  });
}

const isFullyScored = ({ score, fraction }: Candidate): boolean => score !== null && fraction === 1;

export interface ThresholdOptions {
  /** Scores of candidates on a fraction of the images. */
  readonly parts: readonly number[];
  /** Their scores on all images. */
  readonly scores: readonly number[];
  /** Full score that a candidate must reach. */
  readonly bar: number;
  /** Probability that a candidate above the bar is stopped. */
  readonly risk: number;
}

/**
 * Returns the partial score below which a candidate's full score is above the bar with probability at most `risk`.
 *
 * It follows from the upper prediction bound of a linear regression of full scores on partial scores, with normally
 * distributed residuals. All candidates are scored on the same images, so it does not matter how hard the first ones
 * are. Only candidates that were not stopped have a full score. This selection is by the regression's explanatory
 * variable, so it does not bias it.
 *
 * @returns null if no score is low enough: too few full scores are known, or partial scores predict them too poorly
 */
export function stopThreshold({ parts, scores, bar, risk }: ThresholdOptions): number | null {
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
