import { Random, UserError } from "@supernet/base";
import { mutateOne } from "../../space/sample.js";
import { checkFeasible } from "../feasible.js";
import { generateChildren, sampleUnseen } from "../generate.js";
import type { SearchProblem } from "../problem.js";
import { checkWhole } from "../settings.js";
import { type Candidate, defineStrategy, onAllImages, ranked, type Strategy, seenKeys } from "../state.js";
import { upperConfidenceBatch } from "../surrogate/acquisition.js";
import { GaussianProcess } from "../surrogate/gaussian-process.js";
import { Similarity } from "../surrogate/similarity.js";

export interface PredictorSettings {
  /** Subnets to score, the first random ones included. */
  readonly candidates: number;
  /** Random subnets that the predictor begins with. */
  readonly initial: number;
  /** Subnets that are proposed together. */
  readonly batch: number;
  /** Subnets that the predictor chooses a batch from: half random, half like the best. */
  readonly pool: number;
  /** Deviations of the prediction that count in a subnet's favour: 0 takes what is predicted best. */
  readonly exploration: number;
}

/** The best so far whose like are in the pool. */
const PARENTS = 10;
/** Decisions of a parent that are changed at the most. */
const CHANGES = 3;
const MAX_TRIES = 20;
/** Candidates that the predictor learns from at the most: the best, and the latest. */
const LEARNT = 400;

/**
 * Search by a predictor that learns from every score: a Gaussian process, which tells how sure it is (Bayesian
 * optimisation of architectures, as NASBOT, Kandasamy et al., NeurIPS 2018; here networks are compared decision by
 * decision). Subnets of a pool are proposed by their upper confidence bound, so that a batch is spread over what is
 * promising and unknown.
 * @throws UserError where a setting is out of range or no subnet meets the constraints
 */
export function predictorSearch(problem: SearchProblem, settings: PredictorSettings): Strategy {
  checkSettings(settings);
  checkFeasible(problem);
  const { candidates, initial, batch, pool, exploration } = settings;
  const { space, seed } = problem;
  const similarity = new Similarity(space);
  // Within the pool it is the predictor that chooses, for which a pre-filter would score far too many.
  const { prefilter: _, ...unfiltered } = problem;
  const generations = 1 + Math.ceil((candidates - initial) / batch);
  return defineStrategy("predictor", problem, { ...settings }, generations, (state) => {
    const random = Random.of(seed, "predictor", state.generation);
    const seen = seenKeys(space, state);
    if (state.generation === 0) return onAllImages(sampleUnseen(problem, seen, initial, random));
    const parents = ranked(state.history).slice(0, PARENTS);
    const mutants = generateChildren(unfiltered, seen, {
      count: Math.floor(pool / 2),
      maxTries: MAX_TRIES,
      makeChild() {
        let child = random.pick(parents).subnet;
        for (let left = 1 + random.int(CHANGES); left > 0; left--) child = mutateOne(space, child, random);
        return child;
      },
    });
    const drawn = [...mutants, ...sampleUnseen(unfiltered, seen, pool - mutants.length, random)];
    if (drawn.length === 0) return [];
    const learnt = learntFrom(state.history);
    const worst = Math.min(...learnt.map(({ score }) => score ?? Number.POSITIVE_INFINITY));
    const predictor = new GaussianProcess(
      learnt.map(({ subnet }) => similarity.places(subnet)),
      // One that could not be scored is as bad as the worst, so that its like are not tried again and again.
      learnt.map(({ score }) => score ?? (Number.isFinite(worst) ? worst : 0)),
      (a, b) => similarity.likeness(a, b),
    );
    const belief = predictor.predict(drawn.map((subnet) => similarity.places(subnet)));
    const count = Math.min(batch, candidates - state.history.length);
    return onAllImages(upperConfidenceBatch(belief, count, exploration).map((place) => drawn[place]!));
  });
}

function learntFrom(history: readonly Candidate[]): readonly Candidate[] {
  if (history.length <= LEARNT) return history;
  const best = ranked(history).slice(0, LEARNT / 2);
  const kept = new Set([...best, ...history.slice(-LEARNT / 2)]);
  return history.filter((candidate) => kept.has(candidate));
}

function checkSettings(settings: PredictorSettings): void {
  const { candidates, initial, batch, pool, exploration } = settings;
  checkWhole({ candidates, initial, batch, pool }, 1);
  if (initial > candidates) {
    throw new UserError(`search: initial (${initial}) must not be above candidates (${candidates})`);
  }
  if (batch > pool) throw new UserError(`search: the batch (${batch}) must not be above the pool (${pool})`);
  if (!(exploration >= 0 && exploration < Number.POSITIVE_INFINITY)) {
    throw new UserError(`search: exploration is ${exploration}; it takes a number from 0`);
  }
}
