import { type AddIssue, count, crossFieldCheck, type Immutable, Random } from "@supernet/base";
import { z } from "zod";
import { mutateOne } from "../../space/sample.js";
import type { Space, Subnet } from "../../space/space.js";
import { kendallTau } from "../../stats/rank-correlation.js";
import { generateChildren, sampleUnseen } from "../generate.js";
import type { SearchProblem } from "../problem.js";
import { type Candidate, ranked, seenKeys } from "../state.js";
import { onAllImages, type Strategy } from "../strategy.js";
import { upperConfidenceBatch } from "../surrogate/acquisition.js";
import { GaussianProcess } from "../surrogate/gaussian-process.js";
import { SubnetKernel } from "../surrogate/kernel.js";
import { defineStrategy, fullLength, type PredictionError, strategyFrom } from "./strategy-definition.js";

/** Checks the settings of a predictor's batches against each other. */
export function checkPool(
  {
    candidates,
    initial,
    batch,
    pool,
  }: { readonly candidates: number; readonly initial: number; readonly batch: number; readonly pool: number },
  addIssue: AddIssue,
): void {
  if (initial >= candidates)
    addIssue(["initial"], `less than the ${candidates} candidates, because a predictor proposes the others`);
  if (batch >= pool) addIssue(["pool"], `more than batch (${batch}), which is chosen from it`);
  const max = candidates - initial;
  if (max > 0 && batch > max) addIssue(["batch"], `at most ${max}, the candidates that are predicted`);
}

const settingsSchema = z
  .strictObject({
    candidates: count.describe("Number of subnets to score, including the first random ones."),
    initial: count.describe("Number of random subnets that the predictor starts with."),
    batch: count.describe("Number of subnets that are proposed together."),
    pool: count.describe(
      "Number of subnets that a batch is chosen from: half random, half mutations of the best.",
    ),
    exploration: z
      .number()
      .min(0)
      .describe(
        "Weight of a prediction's standard deviation in a subnet's favor. 0 chooses the best predictions.",
      ),
  })
  .superRefine(crossFieldCheck(checkPool))
  .describe("Bayesian optimization: scores the subnets that a Gaussian process predicts to be good.");

export type PredictorSettings = Immutable<z.output<typeof settingsSchema>>;

/** Number of best subnets so far whose mutants are in the pool. */
const PARENTS = 10;
/** Maximum number of decisions of a parent that are changed. */
const CHANGES = 3;
const MAX_TRIES = 20;
/** Maximum number of candidates that the predictor learns from: the best and the latest. */
const MAX_TRAINING = 400;

export const predictorDefinition = defineStrategy({
  kind: "predictor",
  title: "predictor-assisted search",
  settings: () => settingsSchema,
  length: ({ candidates }) => fullLength(candidates),
  predictionError: crossValidatePredictor,
  create(problem, { candidates, initial, batch, pool, exploration }) {
    const { space, seed } = problem;
    const kernel = new SubnetKernel(space);
    // The predictor chooses from the pool. A pre-filter would have to score far too many subnets for it.
    const { prefilter: _, ...unfiltered } = problem;
    return {
      generations: 1 + Math.ceil((candidates - initial) / batch),
      propose(state) {
        const random = Random.of(seed, "predictor", state.generation);
        const seen = seenKeys(space, state);
        if (state.generation === 0)
          return onAllImages(sampleUnseen(problem, seen, { count: initial, random }));
        const parents = ranked(state.history)
          .slice(0, PARENTS)
          .map(({ subnet }) => subnet);
        const subnets = samplePool(unfiltered, seen, { parents, count: pool, random });
        if (subnets.length === 0) return [];
        const predictor = trainPredictor(kernel, state.history);
        const posterior = predictor.predict(subnets.map((subnet) => kernel.indices(subnet)));
        const size = Math.min(batch, candidates - state.history.length);
        return onAllImages(upperConfidenceBatch(posterior, size, { exploration }).map((i) => subnets[i]!));
      },
    };
  },
});

/**
 * Creates a search by a predictor that learns from every score: a Gaussian process, which also predicts its own error.
 * This is Bayesian optimization as in NASBOT (Kandasamy et al., NeurIPS 2018, https://arxiv.org/abs/1802.07191), except
 * that networks are compared decision by decision. Subnets of a pool are proposed by their upper confidence bound,
 * which spreads a batch over promising and unknown subnets.
 *
 * @example
 * const strategy = predictorSearch(problem, { candidates: 300, initial: 50, batch: 10, pool: 500, exploration: 1 });
 * @throws UserError if a setting is wrong or no subnet meets the constraints
 */
export const predictorSearch = (problem: SearchProblem, settings: PredictorSettings): Strategy =>
  strategyFrom(predictorDefinition, problem, settings);

/** Samples subnets that are not in `seen`: half mutants of the parents, half random. */
export function samplePool(
  problem: SearchProblem,
  seen: Set<string>,
  {
    parents,
    count,
    random,
  }: { readonly parents: readonly Subnet[]; readonly count: number; readonly random: Random },
): Subnet[] {
  const { space } = problem;
  const mutants = generateChildren(problem, seen, {
    count: parents.length === 0 ? 0 : Math.floor(count / 2),
    maxTries: MAX_TRIES,
    makeChild() {
      let child = random.pick(parents);
      for (let left = 1 + random.int(CHANGES); left > 0; left--) child = mutateOne(space, child, random);
      return child;
    },
  });
  return [...mutants, ...sampleUnseen(problem, seen, { count: count - mutants.length, random })];
}

/** Trains a predictor of scores on the candidates so far, or on some of them if there are many. */
export function trainPredictor(
  kernel: SubnetKernel,
  history: readonly Candidate[],
): GaussianProcess<number[]> {
  const candidates = trainingCandidates(history);
  const worst = Math.min(...candidates.map(({ score }) => score ?? Number.POSITIVE_INFINITY));
  return new GaussianProcess(
    candidates.map(({ subnet }) => kernel.indices(subnet)),
    // A candidate without a score counts as the worst, so similar ones are not tried repeatedly.
    candidates.map(({ score }) => score ?? (Number.isFinite(worst) ? worst : 0)),
    (a, b) => kernel.similarity(a, b),
  );
}

function trainingCandidates(history: readonly Candidate[]): readonly Candidate[] {
  if (history.length <= MAX_TRAINING) return history;
  const best = ranked(history).slice(0, MAX_TRAINING / 2);
  const kept = new Set([...best, ...history.slice(-MAX_TRAINING / 2)]);
  return history.filter((candidate) => kept.has(candidate));
}

const FOLDS = 5;

/** Measures the error of a predictor by cross-validation in five parts. Only candidates with a score count. */
export function crossValidatePredictor(space: Space, history: readonly Candidate[]): PredictionError {
  const kernel = new SubnetKernel(space);
  const all = history.filter(({ score }) => score !== null);
  const scored = Random.of("cross-validation").sample(all, all.length);
  const predicted = Array.from({ length: FOLDS }, (_, fold) => {
    const heldOut = scored.filter((_, i) => i % FOLDS === fold);
    const others = scored.filter((_, i) => i % FOLDS !== fold);
    if (heldOut.length === 0 || others.length === 0) return [];
    const means = trainPredictor(kernel, others).means(heldOut.map(({ subnet }) => kernel.indices(subnet)));
    return heldOut.map(({ score }, i) => ({ real: score!, predicted: means[i]! }));
  }).flat();
  const reals = predicted.map(({ real }) => real);
  const mean = reals.reduce((sum, value) => sum + value, 0) / reals.length;
  const root = (errors: readonly number[]) =>
    Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length);
  return {
    candidates: predicted.length,
    rootMeanSquare: root(predicted.map(({ real, predicted }) => predicted - real)),
    deviation: root(reals.map((real) => real - mean)),
    kendallTau: kendallTau(
      reals,
      predicted.map(({ predicted }) => predicted),
    ),
  };
}
