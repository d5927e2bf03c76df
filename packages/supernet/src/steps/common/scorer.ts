import { join } from "node:path";
import type { Recipe } from "../../recipe/schema.js";
import { silentHost } from "../../run/silent-host.js";
import { ScorerPool } from "../../scoring/pool.js";
import type { Scorer, ScoreSubnets } from "../../scoring/scorer.js";
import type { StepContext } from "./context.js";
import { openContext, threadsOf } from "./engine.js";

/** What scores subnets on the thread that opens it. */
export interface OpenScorer extends Disposable {
  readonly score: ScoreSubnets;
}

/** Scores on the calling thread or, where the recipe asks for several scorers, on threads of their own. */
export interface ScorerSource<R extends Recipe> {
  /** @param pause is called between batches; what it throws ends the scoring */
  open(context: StepContext<R>, pause: () => Promise<void>): Promise<OpenScorer>;
  /** A module whose default export is `scoringThread` of the same source. */
  readonly thread: URL;
}

interface ThreadSpec {
  readonly recipe: Recipe;
  readonly root: string;
}

export async function openScorer<R extends Recipe>(
  context: StepContext<R>,
  { open, thread }: ScorerSource<R>,
): Promise<Scorer> {
  const { recipe, root, host } = context;
  const { scorers } = recipe;
  const pause = async () => {
    if (await host.stopRequested()) throw host.interrupted();
  };
  if (scorers === 1) {
    const { score, [Symbol.dispose]: close } = await open(context, pause);
    return { parallel: 1, score, [Symbol.dispose]: close };
  }
  // As JSON, for a recipe may be more than plain data.
  const copy: Recipe = JSON.parse(JSON.stringify(recipe));
  const spec: ThreadSpec = { root, recipe: { ...copy, threads: threadsOf(recipe, scorers) } };
  return new ScorerPool(thread, spec, scorers, pause);
}

/** What a scoring thread answers with; it reads what earlier steps left in the work-dir and writes nothing. */
export async function scoringThread<R extends Recipe>(
  { recipe, root }: ThreadSpec,
  step: string,
  open: ScorerSource<R>["open"],
): Promise<ScoreSubnets> {
  const folder = (name = step) => join(root, "steps", name);
  const context = await openContext(recipe as R, {
    root,
    folder,
    host: silentHost(step, folder()),
    say() {},
  });
  return (await open(context, async () => {})).score;
}
