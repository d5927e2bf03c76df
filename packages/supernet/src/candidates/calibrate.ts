import { join } from "node:path";
import { readJsonIfExists, writeJson } from "@supernet/base";
import {
  Calibration,
  type Candidate,
  firstSubnet,
  kendallTau,
  type Measurements,
  type NetworkSpace,
  paretoFront,
  type Subnet,
  subnetKey,
} from "@supernet/nas";
import { minimized } from "../recipe/strategy.js";
import { readSearchHistory } from "../search/checkpoint.js";
import { writeSubnet } from "../search/found-subnet.js";
import { evenlySpaced, writeFront } from "../search/front.js";
import { largestSubnets, withLimit } from "../search/largest.js";
import { openScorer } from "../search/open-scorer.js";
import { searchProblem } from "../search/problem.js";
import { scoreSubnets } from "../search/score-subnets.js";
import type { StepContext } from "../task/task.js";
import { type CalibrateRecipe, LARGEST_SCORED } from "./settings.js";
import { CALIBRATE_STEP } from "./step.js";
import { CandidateTrainer } from "./train-candidates.js";

/** A candidate of the search with its scores. */
export interface CalibratedScore {
  readonly subnet: Subnet;
  readonly resources: Measurements;
  /** Score with the supernet's weights. */
  readonly supernet: number;
  /** Score on the search images after its own training; null if it was not trained. */
  readonly trained: number | null;
  /** Folder of its training in the step's folder; null if it was not trained. */
  readonly folder: string | null;
  /** Score after a training of its own, as the calibration predicts it. */
  readonly calibrated: number;
  /** Standard deviation of the prediction. */
  readonly deviation: number;
}

/** Result of the calibration; `calibrate/results.json`. */
export interface CalibrationResults {
  /** All candidates that the search scored on all images, in the order of proposal, and then the largest subnets. */
  readonly candidates: readonly CalibratedScore[];
  /** Kendall's tau between the supernet's scores and those of the trained candidates. Null if there is nothing to rank. */
  readonly kendallTau: number | null;
}

const resultsFile = (folder: string): string => join(folder, "results.json");

/** Reads the result of the calibration in a step's folder; returns undefined if it has not finished. */
export const readCalibration = (folder: string): CalibrationResults | undefined =>
  readJsonIfExists(resultsFile(folder));

/** Returns the step whose scores are the last ones: the calibration, if the run has one, or the search. */
export const scoredStep = ({ run, recipe }: Pick<StepContext, "run" | "recipe">): string =>
  run.task.steps(recipe).some(({ kind }) => kind === "calibration") ? CALIBRATE_STEP : "search";

/** Reads the scores that a search ends with: calibrated ones, if the run calibrates them. */
export function readScores(context: StepContext): { readonly subnet: Subnet; readonly score: number }[] {
  const calibration = readCalibration(context.folder(CALIBRATE_STEP));
  if (calibration === undefined || scoredStep(context) === "search")
    return scoredCandidates(readSearchHistory(context.folder("search")));
  return calibration.candidates.map(({ subnet, calibrated }) => ({ subnet, score: calibrated }));
}

/**
 * Trains some candidates alone, chosen batch by batch, and calibrates the scores of all candidates by them. The found
 * subnet is then the one with the highest calibrated score. The candidates are those of the search, and the subnets with
 * the most FLOPs, which a supernet that is trained for a short time underrates.
 */
export async function calibrate(
  context: StepContext,
  { candidates: count, batch, training }: CalibrateRecipe,
): Promise<void> {
  const { folder, host, log, recipe, space } = context;
  const minimize = minimized(recipe.steps.search.strategy);
  const searched = searchedFront(scoredCandidates(readSearchHistory(folder("search"))), minimize);
  const largest = await scoreLargest(context, searched);
  const scored = [...searched.candidates, ...largest];
  const described = scored.map(({ subnet, score, resources }) => ({
    subnet,
    score,
    properties: costsOf(resources, minimize).map(Math.log),
  }));
  const resources = scored.map((candidate) => minimize.map((name) => candidate.resources[name]!));
  const trained: { index: number; score: number }[] = [];
  const total = Math.min(count, scored.length);
  host.begin(0, total);
  using trainer = new CandidateTrainer(context);
  while (trained.length < total) {
    const size = Math.min(batch, total - trained.length);
    const chosen =
      trained.length === 0
        ? firstBatch(space, { searched, largest }, size)
        : new Calibration(space, described, trained).next(size, minimize.length > 0 ? resources : undefined);
    const scores = await trainer.train(
      chosen.map((index) => ({ subnet: scored[index]!.subnet, folder: join(folder(), String(index + 1)) })),
      {
        settings: training,
        test: false,
        onProgress: (done) => host.progress(trained.length + Math.floor(done * size), "candidates trained"),
      },
    );
    for (const [i, index] of chosen.entries()) {
      // The candidates are not trained on the images for the search.
      const score = scores[i]!.search!;
      trained.push({ index, score });
      host.record({ iteration: trained.length, candidate: index + 1, supernet: scored[index]!.score, score });
    }
    if (chosen.length < size) break;
  }
  const calibration = new Calibration(space, described, trained);
  const { scores, deviations } = calibration;
  const own = new Map(trained.map(({ index, score }) => [index, score]));
  const tau = kendallTau(
    trained.map(({ index }) => scored[index]!.score),
    trained.map(({ score }) => score),
  );
  const candidates = scored.map(
    ({ subnet, score, resources: measured }, i): CalibratedScore => ({
      subnet,
      resources: measured,
      supernet: score,
      trained: own.get(i) ?? null,
      folder: own.has(i) ? String(i + 1) : null,
      calibrated: scores[i]!,
      deviation: deviations[i]!,
    }),
  );
  const results: CalibrationResults = { candidates, kendallTau: Number.isFinite(tau) ? tau : null };
  log(describe(results));
  const calibrated = scored.map((candidate, i) => ({ ...candidate, score: scores[i]! }));
  const front = paretoFront(calibrated, minimize);
  if (minimize.length > 0) writeFront(context, front, minimize);
  writeSubnet(context, front.candidates[front.knee]!.subnet);
  writeJson(resultsFile(folder()), results);
}

type Scored = Candidate & { readonly score: number };

/** Returns the candidates with a score on all images. */
const scoredCandidates = (history: readonly Candidate[]): Scored[] =>
  history.filter((candidate): candidate is Scored => candidate.score !== null && candidate.fraction === 1);

/** Returns the costs of a candidate that may explain its quality: FLOPs, parameters, and what the search minimizes. */
function costsOf(resources: Measurements, minimize: readonly string[]): number[] {
  const kinds = ["flops", "params"].flatMap(
    (kind) => [`detector.${kind}`, kind].find((name) => resources[name] !== undefined) ?? [],
  );
  return [...new Set([...kinds, ...minimize])].map((name) => resources[name]!);
}

/** What the search has found. */
interface Searched {
  readonly candidates: readonly Scored[];
  /** Those of the front, from the highest score to the lowest. */
  readonly front: readonly Scored[];
  /** The minimized resource; undefined if there are none or several. */
  readonly resource: string | undefined;
}

function searchedFront(candidates: readonly Scored[], minimize: readonly string[]): Searched {
  const front = paretoFront([...candidates], minimize).candidates as readonly Scored[];
  return { candidates, front, resource: minimize.length === 1 ? minimize[0] : undefined };
}

/** Number of limits of the minimized resource with largest subnets of their own. */
const LIMITS = 8;

/**
 * Scores the subnets with the most FLOPs within the limits of the search that it has not scored. With one minimized
 * resource, they are the largest ones below several limits, evenly spaced along the front.
 */
async function scoreLargest(
  context: StepContext,
  { candidates, front, resource }: Searched,
): Promise<Scored[]> {
  const { folder, run, space } = context;
  const problem = await searchProblem(run, folder);
  const limits =
    resource === undefined
      ? [problem]
      : evenlySpaced(front, ({ resources }) => Math.log(resources[resource]!), LIMITS).map(({ resources }) =>
          withLimit(problem, resource, { max: resources[resource]! }),
        );
  const known = new Set(candidates.map(({ subnet }) => subnetKey(space, subnet)));
  const subnets = limits.flatMap((limited) => {
    const unseen = largestSubnets(limited, LARGEST_SCORED).filter(
      (subnet) => !known.has(subnetKey(space, subnet)),
    );
    const chosen = unseen.slice(0, Math.ceil(LARGEST_SCORED / limits.length));
    for (const subnet of chosen) known.add(subnetKey(space, subnet));
    return chosen;
  });
  await using scorer = await openScorer(context);
  const scores = await scoreSubnets(context, scorer, subnets);
  const generation = 1 + Math.max(...candidates.map((candidate) => candidate.generation));
  return subnets.map((subnet, i) => ({
    subnet,
    score: scores[i]!,
    resources: problem.measure(subnet),
    fraction: 1,
    generation,
  }));
}

/**
 * Chooses the first candidates by the supernet's scores. With one minimized resource, they are points of the front, evenly
 * spaced in its logarithm. Otherwise they are evenly spaced in the rank of the score, from the best one. Every second one
 * is replaced by a largest subnet, of the most similar cost. The one with the first choice of every decision is always
 * included.
 */
function firstBatch(
  space: NetworkSpace,
  { searched, largest }: { readonly searched: Searched; readonly largest: readonly Scored[] },
  size: number,
): number[] {
  const { candidates, front, resource } = searched;
  const scored = [...candidates, ...largest];
  const key = subnetKey(space, firstSubnet(space));
  const standard = scored.findIndex(({ subnet }) => subnetKey(space, subnet) === key);
  const first = standard < 0 ? [] : [standard];
  const costOf = (i: number) => (resource === undefined ? 0 : Math.log(scored[i]!.resources[resource]!));
  const ranked = [...candidates.keys()].sort((a, b) => scored[b]!.score - scored[a]!.score);
  const spaced =
    resource === undefined
      ? evenlySpaced(ranked, (i) => ranked.indexOf(i), size - first.length)
      : evenlySpaced(
          front.map((point) => candidates.indexOf(point)),
          costOf,
          size - first.length,
        );
  const left = new Set(largest.map((_, i) => candidates.length + i));
  const chosen = spaced.map((i, position) => {
    if (position % 2 === 0 || left.size === 0) return i;
    const distance = (other: number) => Math.abs(costOf(other) - costOf(i));
    const similar = [...left].reduce((a, b) => (distance(b) < distance(a) ? b : a));
    left.delete(similar);
    return similar;
  });
  return [...new Set([...first, ...chosen, ...ranked])].slice(0, size);
}

function describe({ candidates, kendallTau: tau }: CalibrationResults): string {
  const trained = candidates.filter((candidate) => candidate.trained !== null);
  return (
    `calibrated ${candidates.length} scores by ${trained.length} trained candidates` +
    (tau === null ? "" : `; Kendall's tau of the supernet's scores with theirs: ${tau.toFixed(2)}`)
  );
}
