import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Recipe } from "../../recipe/common.js";
import { threadsOf } from "../../run/engine.js";
import { silentHost } from "../../run/silent-host.js";
import { fetchWeights, HandOut, helpToScore } from "../../scoring/hand-out.js";
import { onThread, ScorerPool } from "../../scoring/pool.js";
import type { Pause, Scorer } from "../../scoring/scorer.js";
import { openContext } from "../../task/open-context.js";
import type { RunContext } from "../../task/run-context.js";
import { type StepContext, weightsFile } from "../../task/step-context.js";
import type { LoopHost } from "../../training/host.js";

/** What a scoring thread needs; as plain JSON. */
export interface ThreadSpec {
  readonly recipe: Recipe;
  /** The step that scores. */
  readonly step: string;
  readonly root: string;
  /** Folder with the weights of the trained supernet. */
  readonly trained: string;
}

/**
 * Ends a scoring where the user wants to stop.
 * @param signal by which it is ended for another reason
 */
export const pauseOf =
  (host: LoopHost, signal?: AbortSignal): Pause =>
  async () => {
    signal?.throwIfAborted();
    if (await host.stopRequested()) throw host.interrupted();
  };

/** Opens the scorer of a search step: with several ranks, each scores what the first hands out. */
export async function openScorer<R extends Recipe>(context: StepContext<R>): Promise<Scorer> {
  const { world, host, run } = context;
  const localScorer = await openLocalScorer(context);
  if (world === undefined) return localScorer;
  const weights = weightsFile(context, run.task.scorer.trained);
  return HandOut.open(world, host.step, weights, localScorer, host.say);
}

/** Takes part in the first rank's search until it is over. Its weights come from there. */
export async function helpSearch<R extends Recipe>(context: StepContext<R>): Promise<void> {
  const { host, run } = context;
  const { trained } = run.task.scorer;
  const world = context.world!;
  const temporary = mkdtempSync(join(tmpdir(), "supernet-"));
  try {
    const folder = (step?: string) => (step === trained ? temporary : context.folder(step));
    const weights = weightsFile({ ...context, folder }, trained);
    if (!(await fetchWeights(world, host.step, weights, pauseOf(host)))) return;
    await using scorer = await openLocalScorer({ ...context, folder });
    await helpToScore(world, host.step, scorer, pauseOf(host));
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Scores on the calling thread or, if the recipe asks for several scorers, on threads of their own. */
async function openLocalScorer<R extends Recipe>({ world, ...context }: StepContext<R>): Promise<Scorer> {
  const { recipe, root, run, host } = context;
  const { scorers } = recipe;
  const { scorer } = run.task;
  if (scorers === 1) {
    const { score, [Symbol.dispose]: close } = await scorer.open(context);
    return { parallel: 1, score, [Symbol.asyncDispose]: async () => close() };
  }
  // As JSON, for a recipe may be more than plain data.
  const copy: Recipe = JSON.parse(JSON.stringify(recipe));
  const spec: ThreadSpec = {
    root,
    step: host.step,
    trained: context.folder(scorer.trained),
    recipe: { ...copy, threads: threadsOf(recipe, scorers) },
  };
  return new ScorerPool(run.scoringThread, spec, scorers);
}

/**
 * Answers what a scoring thread is asked. It reads what earlier steps left in the work-dir and writes nothing there.
 * @param run of the thread's own
 */
export async function scoreOnThread(
  run: RunContext,
  { root, step, trained }: ThreadSpec,
): Promise<ReturnType<typeof onThread>> {
  const { scorer } = run.task;
  const folder = (name = step) => (name === scorer.trained ? trained : join(root, "steps", name));
  const context = await openContext(run, { root, folder, host: silentHost(step, folder()), say() {} });
  return onThread((await scorer.open(context)).score);
}
