import { existsSync } from "node:fs";
import { join } from "node:path";
import { Random, writeJson } from "@supernet/base";
import { randomSearch, type SearchProblem, subnetKey } from "@supernet/nas";
import { candidateNetwork } from "../candidates/candidate-process.js";
import { reuseWeights } from "../candidates/reuse.js";
import { type CandidateToTrain, CandidateTrainer } from "../candidates/train-candidates.js";
import { measureModels } from "../export/measure-models.js";
import { minimized, randomCandidates } from "../recipe/strategy.js";
import { MODEL_FILE } from "../run/work-dir.js";
import { groupProposals } from "../scoring/groups.js";
import type { Scorer } from "../scoring/scorer.js";
import { openScorer, stopCheck } from "../search/open-scorer.js";
import { searchProblem } from "../search/problem.js";
import { searchInStep } from "../search/run-search.js";
import { scoreSubnets } from "../search/score-subnets.js";
import type { StepContext } from "../task/task.js";
import { budgetsOf, differentSubnets, entriesAt, type ScoredPoint } from "./entries.js";
import {
  type ComparedNetwork,
  type Comparison,
  comparisonFile,
  computeGains,
  drawSamples,
  rankingOf,
} from "./results.js";
import type { CompareRecipe } from "./settings.js";

export interface ComparisonOptions {
  readonly settings: CompareRecipe;
  /** Settings of the training of every network, which are the task's. Null trains them like the found subnet. */
  readonly training: object | null;
  /** Subnets with the scores that the search ends with. */
  readonly found: readonly ScoredPoint[];
  /** Number of candidates that could be scored for the cost of the trainings of the search. */
  readonly moreCandidates: number;
  /** Subnets that need not be trained again. */
  readonly trained: readonly CandidateToTrain[];
}

/**
 * Compares the networks that the search found with networks that one has without it, at equal cost: hand-scaled and
 * hand-made ones, the best of a random search that costs as much (Li and Talwalkar, https://arxiv.org/abs/1902.07638),
 * the largest, and random ones. All are trained in the same way.
 */
export async function compareNetworks(context: StepContext, options: ComparisonOptions): Promise<void> {
  const { settings, training, found, moreCandidates, trained } = options;
  const { recipe, run, space, host } = context;
  const { strategy } = recipe.steps.search;
  const problem = await searchProblem(run, context.folder);
  const names = Object.keys(problem.measure(found[0]!.subnet));
  const resource = minimized(strategy)[0] ?? Object.keys(problem.constraints)[0] ?? names[0]!;
  const budgets = budgetsOf(problem, { budgets: settings.budgets, resource });
  await using scorer = await openScorer(context);
  const random = settings.randomSearch
    ? await searchAtRandom(context, scorer, {
        problem,
        count: randomCandidates(strategy) + moreCandidates,
      })
    : [];
  const entries = budgets.flatMap((budget, index) =>
    entriesAt(space, budget, { index, settings, resource, sources: { found, random } }),
  );
  const subnets = [...differentSubnets(space, entries)];
  const supernet = await scoreSubnets(
    context,
    scorer,
    subnets.map(([, subnet]) => subnet),
  );
  const folders = new Map(subnets.map(([key], i) => [key, String(i + 1)]));
  const pathOf = (key: string) => join(context.folder(), folders.get(key)!);
  const networksToTrain = subnets.map(([key, subnet]) => ({ subnet, folder: pathOf(key) }));
  reuseWeights(space, networksToTrain, trained);
  host.begin(0, 100);
  using trainer = new CandidateTrainer(context);
  const scores = await trainer.train(networksToTrain, {
    settings: training,
    test: true,
    onProgress: (done) => host.progress(Math.floor(100 * done), `${subnets.length} networks trained alike`),
  });
  const latencies = await measureLatencies(context, networksToTrain);
  const networks = entries.map(({ origin, budget, subnet }): ComparedNetwork => {
    const key = subnetKey(space, subnet);
    const i = subnets.findIndex(([other]) => other === key);
    const { search, test } = scores[i]!;
    return {
      origin,
      budget,
      subnet,
      folder: folders.get(key)!,
      resources: problem.measure(subnet),
      supernet: supernet[i]!,
      search,
      test: test!,
      latency: latencies?.[i] ?? null,
    };
  });
  const sampled = new Map<string, readonly number[]>();
  let samples: readonly Int32Array[] | undefined;
  // All networks have the same test images, and so the same samples.
  const draw = (images: number) => {
    samples ??= drawSamples(images, recipe.seed);
    return samples;
  };
  for (const [key, folder] of folders) {
    sampled.set(folder, await run.task.candidates!.resample(context, pathOf(key), draw));
  }
  for (const [i, { origin, folder, supernet: shared, search, test, resources }] of networks.entries())
    host.record({
      iteration: i + 1,
      origin,
      folder,
      supernet: shared,
      ...(search !== null && { search }),
      test,
      [resource]: resources[resource]!,
    });
  const comparison: Comparison = {
    resource,
    budgets: budgets.map(({ limit }) => limit),
    networks,
    randomCandidates: random.length,
    gains: computeGains(networks, resource, (folder) => sampled.get(folder)!),
    kendallTau: rankingOf(networks),
  };
  writeJson(comparisonFile(context.folder()), comparison);
}

/** Scores random subnets within the limits of the search, with a seed that neither the search nor the test uses. */
async function searchAtRandom(
  context: StepContext,
  scorer: Scorer,
  { problem, count }: { readonly problem: SearchProblem; readonly count: number },
): Promise<readonly ScoredPoint[]> {
  const { host, recipe, space } = context;
  const unseen = { ...problem, seed: Random.of(recipe.seed, "compare").uint32() };
  const { state } = await searchInStep(context, {
    strategy: randomSearch(unseen, { candidates: count }),
    candidates: count,
    scoring: {
      parallel: scorer.parallel,
      groups: (waiting) => groupProposals(space, waiting, scorer.parallel),
      score: (group, checks, signal) =>
        scorer.score(
          { subnets: group.map(({ subnet }) => subnet), fraction: 1, checks },
          stopCheck(host, signal),
        ),
    },
    begin: (done) => host.begin(done, count),
    onCandidate: (_, index) => host.progress(index + 1, "random search"),
  });
  return state.history;
}

/** Measures the networks' ONNX models. Returns null if that is not possible. */
async function measureLatencies(context: StepContext, networks: readonly CandidateToTrain[]) {
  const { run, recipe } = context;
  if (candidateNetwork(run)?.onnx === undefined) return null;
  const models = networks.map(({ subnet, folder }) => ({
    path: join(folder, MODEL_FILE),
    input: run.task.searchInput(recipe, subnet),
  }));
  if (!models.every(({ path }) => existsSync(path))) return null;
  return (await measureModels(context, models)).latencies;
}
