import type { Recipe } from "../recipe/common.js";
import type { ScoreSubnets } from "../scoring/scorer.js";
import type { StepContext } from "./step-context.js";

/** Scores subnets on the thread that opens it. */
export interface OpenScorer extends Disposable {
  readonly score: ScoreSubnets;
}

/** How a task's candidates are scored. */
export interface ScorerSource<R extends Recipe = Recipe> {
  /** The step whose supernet it scores with. */
  readonly trained: string;
  open(context: StepContext<R>): Promise<OpenScorer>;
}
