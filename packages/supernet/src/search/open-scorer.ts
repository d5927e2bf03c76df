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
 * Creates a function that throws if the user asked to stop.
 * @param signal ends the scoring for another reason
 */
export const stopCheck =
  (host: LoopContext, signal?: AbortSignal): StopCheck =>
  async () => {
    signal?.throwIfAborted();
    if (await host.stopRequested()) throw host.interrupted();
  };

/** Opens the scorer of a search step: with several ranks, each scores what the first hands out. */
export async function openScorer<R extends Recipe>(context: StepContext<R>): Promise<Scorer> {
  requireStep("openScorer: context", context);
  const { world, host, run } = context;
  const localScorer = await openLocalScorer(context);
  if (world === undefined) return localScorer;
  const weights = weightsFile(context, run.task.scorer.trained);
  return DistributedScorer.open({ world, search: host.step, weights, localScorer, log: host.log });
}

/** Takes part in the first rank's search until it is over. Its weights come from there. */
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
  const context = await openContext(run, { root, folder, host: silentContext(step, folder()), log() {} });
  return onThread((await scorer.open(context)).score);
}
