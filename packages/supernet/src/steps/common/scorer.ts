import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Recipe } from "../../recipe/schema.js";
import { type LoopContext, silentContext } from "../../run/loop-context.js";
import { fetchWeights, HandOut, helpToScore } from "../../scoring/hand-out.js";
import { onThread, ScorerPool } from "../../scoring/pool.js";
import type { Pause, Scorer, ScoreSubnets } from "../../scoring/scorer.js";
import { type StepContext, weightsFile } from "./context.js";
import { openContext, threadsOf } from "./engine.js";

/** What scores subnets on the thread that opens it. */
export interface OpenScorer extends Disposable {
  readonly score: ScoreSubnets;
}

/** Scores on the calling thread or, where the recipe asks for several scorers, on threads of their own. */
export interface ScorerSource<R extends Recipe> {
  /** The step whose supernet it scores with. */
  readonly trained: string;
  open(context: StepContext<R>): Promise<OpenScorer>;
  /** A module whose default export is `scoringThread` of the same source. */
  readonly thread: URL;
}

interface ThreadSpec {
  readonly recipe: Recipe;
  readonly root: string;
  /** Folder with the weights of the trained supernet. */
  readonly trained: string;
}

/**
 * Ends a scoring where the user wants to stop.
 * @param signal by which it is ended for another reason
 */
export const pauseOf =
  (host: LoopContext, signal?: AbortSignal): Pause =>
  async () => {
    signal?.throwIfAborted();
    if (await host.stopRequested()) throw host.interrupted();
  };

/** Of a search step: with several ranks, each scores what the first hands out. */
export async function openScorer<R extends Recipe>(
  context: StepContext<R>,
  source: ScorerSource<R>,
): Promise<Scorer> {
  const { world, host } = context;
  const own = await openOwnScorer(context, source);
  if (world === undefined) return own;
  return HandOut.open(world, host.step, weightsFile(context, source.trained), own, host.log);
}

/** Takes part in the first rank's search until it is over. Its weights come from there. */
export async function helpSearch<R extends Recipe>(
  context: StepContext<R>,
  source: ScorerSource<R>,
): Promise<void> {
  const { host } = context;
  const world = context.world!;
  const place = mkdtempSync(join(tmpdir(), "supernet-"));
  try {
    const folder = (step?: string) => (step === source.trained ? place : context.folder(step));
    const weights = weightsFile({ ...context, folder }, source.trained);
    if (!(await fetchWeights(world, host.step, weights, pauseOf(host)))) return;
    await using scorer = await openOwnScorer({ ...context, folder }, source);
    await helpToScore(world, host.step, scorer, pauseOf(host));
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

async function openOwnScorer<R extends Recipe>(
  { world, ...context }: StepContext<R>,
  { open, trained, thread }: ScorerSource<R>,
): Promise<Scorer> {
  const { recipe, root } = context;
  const { scorers } = recipe;
  if (scorers === 1) {
    const { score, [Symbol.dispose]: close } = await open(context);
    return { parallel: 1, score, [Symbol.asyncDispose]: async () => close() };
  }
  // As JSON, for a recipe may be more than plain data.
  const copy: Recipe = JSON.parse(JSON.stringify(recipe));
  const spec: ThreadSpec = {
    root,
    trained: context.folder(trained),
    recipe: { ...copy, threads: threadsOf(recipe, scorers) },
  };
  return new ScorerPool(thread, spec, scorers);
}

/** What a scoring thread answers with; it reads what earlier steps left in the work-dir and writes nothing there. */
export async function scoringThread<R extends Recipe>(
  { recipe, root, trained }: ThreadSpec,
  step: string,
  source: ScorerSource<R>,
): Promise<ReturnType<typeof onThread>> {
  const folder = (name = step) => (name === source.trained ? trained : join(root, "steps", name));
  const context = await openContext(recipe as R, {
    root,
    folder,
    host: silentContext(step, folder()),
    log() {},
  });
  return onThread((await source.open(context)).score);
}
