import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requireObject } from "@supernet/base";
import type { Recipe } from "../recipe/common.js";
import { threadsOf } from "../run/engine.js";
import type { LoopContext } from "../run/loop-context.js";
import { silentContext } from "../run/loop-context.js";
import { DistributedScorer, fetchWeights, scoreWorkItems } from "../scoring/distributed-scorer.js";
import { onThread, ScorerPool } from "../scoring/pool.js";
import type { Scorer, StopCheck } from "../scoring/scorer.js";
import { requireStep } from "../task/run-context.js";
import { openContext, weightsFile } from "../task/step-context.js";
import type { RunContext, StepContext } from "../task/task.js";

/** Values that a scoring thread needs, as plain JSON. */
export interface ThreadSpec {
  readonly recipe: Recipe;
  /** Name of the step that scores. */
  readonly step: string;
  /** Path of the work-dir. */
  readonly root: string;
  /** Folder with the weights of the trained supernet. */
  readonly trained: string;
}

/**
 * Creates a function that throws if the user asked to stop.
 * @param signal aborts the scoring for another reason
 */
export const stopCheck =
  (host: LoopContext, signal?: AbortSignal): StopCheck =>
  async () => {
    signal?.throwIfAborted();
    if (await host.stopRequested()) throw host.interrupted();
  };

/**
 * Opens the scorer of a search step. With several ranks, rank 0 opens it and distributes the candidates over all ranks;
 * the others call `helpSearch`.
 * @throws UserError if the supernet's weights cannot be read
 * @example
 * if (context.world && !context.world.isMainRank) return helpSearch(context);
 * await using scorer = await openScorer(context);
 * const found = await searchByRecipe(context, await searchProblem(context.run), scorer);
 */
export async function openScorer<R extends Recipe>(context: StepContext<R>): Promise<Scorer> {
  requireStep("openScorer: context", context);
  const { world, host, run } = context;
  const localScorer = await openLocalScorer(context);
  if (world === undefined) return localScorer;
  const weights = weightsFile(context, run.task.scorer.trained);
  return DistributedScorer.open({ world, search: host.step, weights, localScorer, log: host.log });
}

/**
 * Scores candidates for rank 0 until its search has finished. Call it on all other ranks. The supernet's weights are
 * fetched from rank 0.
 * @throws UserError if the weights cannot be fetched
 */
export async function helpSearch<R extends Recipe>(context: StepContext<R>): Promise<void> {
  requireStep("helpSearch: context", context);
  requireObject("helpSearch: context.world", context.world);
  const { host, run } = context;
  const { trained } = run.task.scorer;
  const { world } = context;
  const temporary = mkdtempSync(join(tmpdir(), "supernet-"));
  try {
    const folder = (step?: string) => (step === trained ? temporary : context.folder(step));
    const weights = weightsFile({ ...context, folder }, trained);
    const shared = { world, search: host.step, checkStop: stopCheck(host) };
    if (!(await fetchWeights(shared, weights))) return;
    await using scorer = await openLocalScorer({ ...context, folder });
    await scoreWorkItems(shared, scorer);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Opens a scorer on the calling thread or, if the recipe's `scorers` is above 1, on that many other threads. */
async function openLocalScorer<R extends Recipe>({ world, ...context }: StepContext<R>): Promise<Scorer> {
  const { recipe, root, run, host } = context;
  const { scorers } = recipe;
  const { scorer } = run.task;
  if (scorers === 1) {
    const { score, [Symbol.dispose]: close } = await scorer.open(context);
    return { parallel: 1, score, [Symbol.asyncDispose]: async () => close() };
  }
  // A thread can only receive plain data, and a recipe may contain more.
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
 * Creates the handler of a scoring thread. It reads the results of earlier steps in the work-dir and writes nothing.
 * @param run run context of this thread
 */
export async function scoreOnThread(
  run: RunContext,
  { root, step, trained }: ThreadSpec,
): Promise<ReturnType<typeof onThread>> {
  const { scorer } = run.task;
  const folder = (name = step) => (name === scorer.trained ? trained : join(root, "steps", name));
  const context = await openContext(run, { root, folder, host: silentContext(step, folder()), log() {} });
  return onThread((await scorer.open(context)).score);
}
