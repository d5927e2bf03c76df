import { count, crossFieldCheck, type Immutable, Random } from "@supernet/base";
import { z } from "zod";
import type { Subnet } from "../../space/space.js";
import { sampleUnseen } from "../generate.js";
import { nonDominatedSort, objectivesOf } from "../pareto.js";
import { measureSubnet, type SearchProblem } from "../problem.js";
import { type Candidate, seenKeys } from "../state.js";
import { onAllImages, type Strategy } from "../strategy.js";
import { frontValue, type TradeOff, upperConfidenceBatch } from "../surrogate/acquisition.js";
import { SubnetKernel } from "../surrogate/kernel.js";
import { minimizeSchema } from "./minimize.js";
import { checkPool, crossValidatePredictor, samplePool, trainPredictor } from "./predictor.js";
import { defineStrategy, fullLength, strategyFrom } from "./strategy-definition.js";

const settingsSchema = (resources: readonly string[]) =>
  z
    .strictObject({
      minimize: minimizeSchema(resources),
      candidates: count.describe("Number of subnets to score, including the first random ones."),
      initial: count.describe("Number of random subnets that the predictor starts with."),
      batch: count.describe("Number of subnets that are proposed together."),
      pool: count.describe(
        "Number of subnets whose scores are predicted for each batch: half random, half mutations of the best.",
      ),
      exploration: z
        .number()
        .min(0)
        .describe("Weight of a prediction's standard deviation in a subnet's favor."),
    })
    .superRefine(crossFieldCheck(checkPool))
    .describe(
      "Bayesian optimization of a trade-off: scores the subnets that a Gaussian process predicts to improve the front " +
        "between the score and some resources.",
    );

export type PredictorFrontSettings = Immutable<z.output<ReturnType<typeof settingsSchema>>>;

/** Number of subnets with the largest predicted gain, per subnet of a batch, whose uncertainty is computed. */
const SHORTLIST = 10;
/** Number of parts of a pool. Each has mutations of the best of the earlier ones. */
const ROUNDS = 5;

/** Subnet of the pool, with its predicted gain over the front at its own resources. */
interface Predicted {
  readonly subnet: Subnet;
  readonly point: number[];
  readonly resources: readonly number[];
  readonly gain: number;
}

export const predictorFrontDefinition = defineStrategy({
  kind: "predictor-front",
  title: "predictor-assisted search for several objectives",
  settings: settingsSchema,
  length: ({ candidates }) => fullLength(candidates),
  objectives: ({ minimize }) => minimize,
  predictionError: crossValidatePredictor,
  create(problem, { minimize, candidates, initial, batch, pool, exploration }) {
    const { space, seed } = problem;
    const kernel = new SubnetKernel(space);
    // The predictor chooses from the pool. A pre-filter would have to score far too many subnets for it.
    const { prefilter: _, ...unfiltered } = problem;
    return {
      generations: 1 + Math.ceil((candidates - initial) / batch),
      propose(state) {
        const random = Random.of(seed, "predictor front", state.generation);
        const seen = seenKeys(space, state);
        if (state.generation === 0)
          return onAllImages(sampleUnseen(problem, seen, { count: initial, random }));
        const scored = state.history.filter(({ score }) => score !== null);
        const front = frontOf(scored, minimize);
        const worst = scored.length === 0 ? 0 : Math.min(...scored.map(({ score }) => score!));
        const observed = front.map(({ score, resources }) => ({
          value: score!,
          resources: minimize.map((name) => resources[name]!),
        }));
        const predictor = trainPredictor(kernel, state.history);
        const predict = (subnets: readonly Subnet[]): Predicted[] => {
          const points = subnets.map((subnet) => kernel.indices(subnet));
          const means = predictor.means(points);
          return subnets.map((subnet, i) => {
            const measured = measureSubnet(problem, subnet);
            const resources = minimize.map((name) => measured[name]!);
            const gain = means[i]! - frontValue({ observed, worst }, resources);
            return { subnet, point: points[i]!, resources, gain };
          });
        };
        let best: readonly Predicted[] = [];
        for (let round = 0; round < ROUNDS; round++) {
          const parents = [...front, ...best].map(({ subnet }) => subnet);
          const count = Math.ceil(pool / ROUNDS);
          const predicted = predict(samplePool(unfiltered, seen, { parents, count, random }));
          best = [...best, ...predicted].toSorted((a, b) => b.gain - a.gain).slice(0, SHORTLIST * batch);
        }
        if (best.length === 0) return [];
        const posterior = predictor.predict(best.map(({ point }) => point));
        const tradeOff: TradeOff = { resources: best.map(({ resources }) => resources), observed, worst };
        const size = Math.min(batch, candidates - state.history.length);
        const chosen = upperConfidenceBatch(posterior, size, { exploration, tradeOff });
        return onAllImages(chosen.map((i) => best[i]!.subnet));
      },
    };
  },
});

/**
 * Creates a search for the best trade-offs between a high score and small resources, by a predictor that learns from
 * every score: a Gaussian process, as in `predictorSearch`. For each batch it predicts the scores of a pool of subnets,
 * which may have thousands. It proposes those whose upper confidence bounds exceed the front the most, at their own
 * resources. `paretoFront` reads the trade-offs from the history.
 *
 * @example
 * const strategy = predictorFront(problem, {
 *   minimize: ["flops"],
 *   candidates: 200,
 *   initial: 60,
 *   batch: 20,
 *   pool: 5000,
 *   exploration: 1,
 * });
 * @throws UserError if a setting is wrong, an objective is not measured, or no subnet meets the constraints
 */
export const predictorFront = (problem: SearchProblem, settings: PredictorFrontSettings): Strategy =>
  strategyFrom(predictorFrontDefinition, problem, settings);

/** Returns the candidates that no other one dominates. */
function frontOf(scored: readonly Candidate[], minimize: readonly string[]): readonly Candidate[] {
  const [front = []] = nonDominatedSort(scored.map((candidate) => objectivesOf(candidate, minimize)));
  return front.map((i) => scored[i]!);
}
