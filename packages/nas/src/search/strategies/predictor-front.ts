import { count, crossFieldCheck, type Immutable, Random } from "@supernet/base";
import { z } from "zod";
import { firstSubnet, type Subnet } from "../../space/space.js";
import { sampleUnseen } from "../generate.js";
import { nonDominatedSort, objectivesOf } from "../pareto.js";
import { measureSubnet, type SearchProblem, violationOf } from "../problem.js";
import { type Candidate, seenKeys } from "../state.js";
import { onAllImages, type Strategy } from "../strategy.js";
import { frontValue, type TradeOff, upperConfidenceBatch } from "../surrogate/acquisition.js";
import { SubnetKernel } from "../surrogate/kernel.js";
import { minimizeSchema } from "./minimize.js";
import { checkPool, crossValidatePredictor, samplePool, trainPredictor } from "./predictor.js";
import { checkLateDecisions, Families, lateVariants } from "./siblings.js";
import { defineStrategy, fullLength, strategyFrom } from "./strategy-definition.js";

const settingsSchema = (resources: readonly string[]) =>
  z
    .strictObject({
      minimize: minimizeSchema(resources),
      candidates: count.describe("Number of subnets to score, including the first ones."),
      initial: count.describe(
        "Number of subnets that the predictor starts with: the one with the first choice of every decision, if it meets " +
          "the constraints, and random ones.",
      ),
      batch: count.describe("Number of subnets that are proposed together."),
      pool: count.describe(
        "Number of subnets whose scores are predicted for each batch: half random, half mutations of the best.",
      ),
      siblings: z
        .int()
        .min(0)
        .default(0)
        .describe(
          "Number of subnets that are proposed with each one and differ from it only in the last parts of the network, " +
            "such as a detector's heads. They are cheap to score together. All counts include them.",
        ),
      exploration: z
        .number()
        .min(0)
        .describe("Weight of a prediction's standard deviation in a subnet's favor."),
    })
    .superRefine(
      crossFieldCheck((settings, addIssue) => {
        checkPool(settings, addIssue);
        const { siblings, batch } = settings;
        if (siblings >= batch) addIssue(["siblings"], `less than batch (${batch}), which includes them`);
      }),
    )
    .describe(
      "Bayesian optimization of a trade-off: scores the subnets that a Gaussian process predicts to improve the front " +
        "between the score and some resources.",
    );

export type PredictorFrontSettings = Immutable<z.input<ReturnType<typeof settingsSchema>>>;

/** Number of subnets with the largest predicted gain, per subnet of a batch, whose uncertainty is computed. */
const SHORTLIST = 10;
/** Number of parts of a pool. Each has mutations of the best of the earlier ones. */
const ROUNDS = 5;

/** Subnet with its place in the kernel's space, and the resources to minimize. */
interface Described {
  readonly subnet: Subnet;
  readonly point: number[];
  readonly resources: readonly number[];
}

/** Subnet of the pool, with its predicted gain over the front at its own resources. */
interface Predicted extends Described {
  readonly gain: number;
}

export const predictorFrontDefinition = defineStrategy({
  kind: "predictor-front",
  title: "predictor-assisted search for several objectives",
  settings: settingsSchema,
  length: ({ candidates }) => fullLength(candidates),
  objectives: ({ minimize }) => minimize,
  predictionError: crossValidatePredictor,
  checkSpace(space, { siblings }) {
    if (siblings > 0) checkLateDecisions(space);
  },
  create(problem, { minimize, candidates, initial, batch, pool, siblings, exploration }) {
    const { space, seed } = problem;
    const variantsOf = siblings === 0 ? () => [] : lateVariants(problem);
    const kernel = new SubnetKernel(space);
    // The predictor chooses from the pool. A pre-filter would have to score far too many subnets for it.
    const { prefilter: _, ...unfiltered } = problem;
    return {
      generations: 1 + Math.ceil((candidates - initial) / batch),
      propose(state) {
        const random = Random.of(seed, "predictor front", state.generation);
        const seen = seenKeys(space, state);
        const families = new Families(space, seen, variantsOf);
        if (state.generation === 0) {
          addFirst(problem, families, { initial, siblings, random });
          return onAllImages(families.subnets);
        }
        const scored = state.history.filter(({ score }) => score !== null);
        const front = frontOf(scored, minimize);
        const worst = scored.length === 0 ? 0 : Math.min(...scored.map(({ score }) => score!));
        const observed = front.map(({ score, resources }) => ({
          value: score!,
          resources: minimize.map((name) => resources[name]!),
        }));
        const predictor = trainPredictor(kernel, state.history);
        const described = (subnet: Subnet): Described => {
          const measured = measureSubnet(problem, subnet);
          return {
            subnet,
            point: kernel.indices(subnet),
            resources: minimize.map((name) => measured[name]!),
          };
        };
        const predict = (subnets: readonly Subnet[]): Predicted[] => {
          const all = subnets.map(described);
          const means = predictor.means(all.map(({ point }) => point));
          return all.map((one, i) => ({
            ...one,
            gain: means[i]! - frontValue({ observed, worst }, one.resources),
          }));
        };
        /** Chooses the subnets that improve the front the most, in order. */
        const mostPromising = (subnets: readonly Described[], count: number): Subnet[] => {
          if (subnets.length === 0) return [];
          const posterior = predictor.predict(subnets.map(({ point }) => point));
          const tradeOff: TradeOff = {
            resources: subnets.map(({ resources }) => resources),
            observed,
            worst,
          };
          const chosen = upperConfidenceBatch(posterior, count, { exploration, tradeOff });
          return chosen.map((i) => subnets[i]!.subnet);
        };
        let best: readonly Predicted[] = [];
        for (let round = 0; round < ROUNDS; round++) {
          const parents = [...front, ...best].map(({ subnet }) => subnet);
          const count = Math.ceil(pool / ROUNDS);
          const predicted = predict(samplePool(unfiltered, seen, { parents, count, random }));
          best = [...best, ...predicted].toSorted((a, b) => b.gain - a.gain).slice(0, SHORTLIST * batch);
        }
        const size = Math.min(batch, candidates - state.history.length);
        for (const base of mostPromising(best, size)) {
          if (families.size >= size) break;
          families.add(base, size, (left) => mostPromising(left.map(described), siblings));
        }
        return onAllImages(families.subnets);
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

/**
 * Adds the default, with the first choice of every decision, so that the front is at least as good, and then random
 * subnets.
 */
function addFirst(
  problem: SearchProblem,
  families: Families,
  {
    initial,
    siblings,
    random,
  }: { readonly initial: number; readonly siblings: number; readonly random: Random },
): void {
  const chooseSome = (variants: readonly Subnet[]) => random.sample(variants, siblings);
  const standard = firstSubnet(problem.space);
  if (violationOf(problem, standard) === 0) families.add(standard, initial, chooseSome);
  while (families.size < initial) {
    const [subnet] = sampleUnseen(problem, new Set(families.seen), { count: 1, random });
    if (subnet === undefined) return;
    families.add(subnet, initial, chooseSome);
  }
}

/** Returns the candidates that no other one dominates. */
function frontOf(scored: readonly Candidate[], minimize: readonly string[]): readonly Candidate[] {
  const [front = []] = nonDominatedSort(scored.map((candidate) => objectivesOf(candidate, minimize)));
  return front.map((i) => scored[i]!);
}
