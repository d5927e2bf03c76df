import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Recipe } from "../../recipe/schema.js";
import { type LoopContext, silentContext } from "../../run/loop-context.js";
import { DistributedScorer, fetchWeights, scoreWorkItems } from "../../scoring/distributed-scorer.js";
import { onThread, ScorerPool } from "../../scoring/pool.js";
import type { Scorer, ScoreSubnets, StopCheck } from "../../scoring/scorer.js";
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
 * Creates a function that throws if the user asked to stop.
 * @param signal ends the scoring for another reason
 */
export const stopCheck =
  (host: LoopContext, signal?: AbortSignal): StopCheck =>
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
  const localScorer = await openOwnScorer(context, source);
  if (world === undefined) return localScorer;
  const weights = weightsFile(context, source.trained);
  return DistributedScorer.open({ world, search: host.step, weights, localScorer, log: host.log });
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
    const shared = { world, search: host.step, checkStop: stopCheck(host) };
    if (!(await fetchWeights(shared, weights))) return;
    await using scorer = await openOwnScorer({ ...context, folder }, source);
    await scoreWorkItems(shared, scorer);
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
