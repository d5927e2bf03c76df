import { join } from "node:path";
import { requireFunction, requireInteger, requireObject, requireOptions, writeJson } from "@supernet/base";
import {
  type Candidate,
  type GroupedSearchOptions,
  type PredictionError,
  paretoFront,
  randomSearch,
  ranked,
  runGroupedSearch,
  type SearchProblem,
  type SearchResult,
  type Strategy,
  type Subnet,
  ungrouped,
} from "@supernet/nas";
import { minimized, resolveStrategy, searchLength } from "../recipe/strategy.js";
import { groupProposals } from "../scoring/groups.js";
import type { Scorer } from "../scoring/scorer.js";
import { requireStep } from "../task/run-context.js";
import type { StepContext } from "../task/task.js";
import { loadSearchCheckpoint, saveSearchCheckpoint } from "./checkpoint.js";
import { writeSubnet } from "./found-subnet.js";
import { writeFront } from "./front.js";
import { stopCheck } from "./open-scorer.js";
import { openStrategy } from "./open-strategy.js";

/** Search of a step. It resumes from the step's checkpoint, which contains every candidate. */
export interface StepSearch {
  readonly strategy: Strategy;
  /** Number of candidates to score. The space may have fewer subnets that meet the constraints. */
  readonly candidates: number;
  readonly scoring: Pick<GroupedSearchOptions, "groups" | "score" | "parallel" | "earlyStop">;
  /** Receives the number of candidates that the checkpoint contains. */
  readonly begin: (done: number) => void;
  readonly onCandidate: (candidate: Candidate, index: number) => void;
}

/** The values of a step's context that a search uses. */
type SearchContext = Pick<StepContext, "host" | "log">;

/** Runs a search to the end, from the checkpoint if there is one. Stops between two scorings if the user asks. */
export async function searchInStep({ host, log }: SearchContext, search: StepSearch): Promise<SearchResult> {
  const { strategy, candidates, scoring, begin, onCandidate } = search;
  const state = loadSearchCheckpoint(host.folder, strategy, log);
  begin(state?.history.length ?? 0);
  const result = await runGroupedSearch({
    strategy,
    state,
    ...scoring,
    score: async (group, checks, signal) => {
      await stopCheck(host)();
      return scoring.score(group, checks, signal);
    },
    save: (next) => saveSearchCheckpoint(host.folder, next),
    onCandidate,
  });
  const found = result.state.history.length;
  if (found < candidates) {
    log(`found only ${found} of ${candidates} different subnets within the constraints`);
  }
  return result;
}

/**
 * Runs the search that the recipe describes. Records every candidate with its score, under the name of the task's
 * metric. Writes the best candidate for later steps. If there are several objectives, writes every point of the Pareto
 * front, and its knee for later steps.
 * @param problem see `searchProblem`
 * @param scorer see `openScorer`
 * @returns the subnet that later steps use
 * @throws UserError if no subnet meets the constraints, no score is a finite number, or the user stops the run
 * @example
 * await using scorer = await openScorer(context);
 * const found = await searchByRecipe(context, await searchProblem(context.run), scorer);
 */
export async function searchByRecipe(
  context: StepContext,
  problem: SearchProblem,
  scorer: Scorer,
): Promise<Subnet> {
  requireStep("searchByRecipe: context", context);
  requireObject("searchByRecipe: problem", problem);
  requireObject("searchByRecipe: scorer", scorer);
  requireFunction("searchByRecipe: scorer.score", scorer.score);
  const { host, space, recipe, run, log } = context;
  const { metric } = run.task;
  const { strategy: settings, earlyStop } = recipe.steps.search;
  const { candidates, refinement, evaluations } = searchLength(settings);
  const isPartial = earlyStop !== null || evaluations !== candidates + refinement;
  const objectives = minimized(settings);
  let best: Candidate | undefined;
  const result = await searchInStep(context, {
    strategy: openStrategy(problem, recipe.steps.search),
    candidates,
    scoring: {
      parallel: scorer.parallel,
      groups: (waiting) => groupProposals(space, waiting, scorer.parallel),
      earlyStop: earlyStop ?? undefined,
      score: (group, checks, signal) =>
        scorer.score(
          { subnets: group.map(({ subnet }) => subnet), fraction: group[0]!.fraction, checks },
          stopCheck(host, signal),
        ),
    },
    begin: (done) => host.begin(done, candidates + refinement),
    onCandidate: (candidate, index) => {
      best = best === undefined ? candidate : ranked([best, candidate])[0]!;
      const { score, fraction, generation, resources } = candidate;
      const part = isPartial && { fraction };
      host.record({ iteration: index + 1, generation, [metric]: score ?? -1, ...part, ...resources });
      host.progress(index + 1, `best ${metric} ${((best.score ?? 0) * 100).toFixed(1)}`);
    },
  });
  if (earlyStop) log(describeStopped(result.state.history));
  const error = resolveStrategy(settings).definition.predictionError?.(space, result.state.history);
  if (error) {
    writeJson(predictionErrorFile(host.folder), error);
    log(describePrediction(error));
  }
  const found = objectives.length > 0 ? writeFrontAndChoose(context, result, objectives) : result.best;
  writeSubnet(context, found.subnet);
  return found.subnet;
}

/** Returns the path of the error of the search's predictor. */
export const predictionErrorFile = (folder: string): string => join(folder, "prediction-error.json");

const describePrediction = ({ candidates, rootMeanSquare, deviation, kendallTau }: PredictionError): string =>
  `predicted scores of ${candidates} held-out candidates: error ${(100 * rootMeanSquare).toFixed(2)} (root mean ` +
  `square; the scores' standard deviation is ${(100 * deviation).toFixed(2)}), Kendall's tau ${kendallTau.toFixed(2)}`;

function describeStopped(history: readonly Candidate[]): string {
  const stopped = history.filter(({ fraction }) => fraction < 1);
  const saved = stopped.reduce((sum, { fraction }) => sum + 1 - fraction, 0) / history.length;
  return `${stopped.length} of ${history.length} candidates were stopped early, which saved ${(100 * saved).toFixed(0)} % of the images`;
}

/**
 * Writes the front and returns its knee. If no candidate was scored on all images, there is no front: returns the best
 * candidate.
 */
function writeFrontAndChoose(
  context: StepContext,
  { best, state }: SearchResult,
  minimize: readonly string[],
): Candidate {
  const front = paretoFront(state.history, minimize);
  const knee = front.candidates[front.knee];
  if (knee === undefined) return best;
  writeFront(context, front, minimize);
  return knee;
}

/** Options of `scoreRandomSubnets`. */
export interface RandomScoring extends Pick<StepSearch, "begin" | "onCandidate"> {
  /** Number of subnets, at least 0. */
  readonly count: number;
  /** Returns the score of a subnet; higher is better. */
  readonly evaluate: (subnet: Subnet) => Promise<number>;
}

/**
 * Scores different random subnets that meet the problem's constraints, as a baseline for a search. Resumes from the
 * step's checkpoint.
 * @returns the candidates with their scores; fewer than `count` if the space has fewer
 * @throws UserError if no subnet meets the constraints, no score is a finite number, or the user stops the run
 * @example
 * const { host, run } = context;
 * const random = await scoreRandomSubnets(context, await searchProblem(run), {
 *   count: 8,
 *   evaluate: (subnet) => evaluateAccuracy(subnet),
 *   begin: (done) => host.begin(done, 8),
 *   onCandidate: (_, index) => host.progress(index + 1, "random subnets"),
 * });
 */
export async function scoreRandomSubnets(
  context: SearchContext,
  problem: SearchProblem,
  scoring: RandomScoring,
): Promise<readonly Candidate[]> {
  requireObject("scoreRandomSubnets: context", context);
  requireObject("scoreRandomSubnets: problem", problem);
  const functions = ["evaluate", "begin", "onCandidate"] as const;
  requireOptions<RandomScoring>("scoreRandomSubnets", scoring, ["count", ...functions]);
  for (const name of functions) requireFunction(`scoreRandomSubnets: ${name}`, scoring[name]);
  const { count, evaluate, begin, onCandidate } = scoring;
  requireInteger("scoreRandomSubnets: count", count, { min: 0 });
  if (count === 0) {
    begin(0);
    return [];
  }
  const { state } = await searchInStep(context, {
    strategy: randomSearch(problem, { candidates: count }),
    candidates: count,
    scoring: ungrouped(({ subnet }) => evaluate(subnet)),
    begin,
    onCandidate,
  });
  return state.history;
}
