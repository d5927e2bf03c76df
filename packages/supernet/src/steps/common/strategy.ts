import { withErrorPrefix } from "@supernet/base";
import {
  checkZeroCostScore,
  evolutionSearch,
  mutationRates,
  type NetworkSpace,
  nsga2,
  predictorSearch,
  randomSearch,
  refined,
  regularisedEvolution,
  type SearchProblem,
  type Space,
  type Strategy,
  successiveHalving,
} from "@supernet/nas";
import type { PrefilterRecipe } from "../../recipe/prefilter-schema.js";
import type { StrategyRecipe } from "../../recipe/strategy-schema.js";

/** The strategy that a recipe describes, its refinement included. */
export function strategyOf(problem: SearchProblem, settings: StrategyRecipe): Strategy {
  const strategy = unrefined(problem, settings);
  if (settings.kind === "nsga2" || settings.refinement === undefined) return strategy;
  return refined(strategy, settings.refinement);
}

function unrefined(problem: SearchProblem, settings: StrategyRecipe): Strategy {
  switch (settings.kind) {
    case "evolution":
      return evolutionSearch(problem, {
        population: settings.populationSize,
        epochs: settings.generations,
        topK: settings.topK,
        mutations: settings.mutations?.children ?? 0,
        mutationProbability: settings.mutations?.probability ?? 0,
        mutationProbabilities: settings.mutations?.perDecision ?? {},
        crossovers: settings.crossovers,
        maxTries: settings.maxTries,
      });
    case "random":
      return randomSearch(problem, { candidates: settings.candidates });
    case "regularised-evolution": {
      const { candidates, populationSize: population, sample, children, maxTries } = settings;
      return regularisedEvolution(problem, { candidates, population, sample, children, maxTries });
    }
    case "successive-halving": {
      const { candidates, reduction, rungs } = settings;
      return successiveHalving(problem, { candidates, reduction, rungs });
    }
    case "predictor": {
      const { candidates, initial, batch, pool, exploration } = settings;
      return predictorSearch(problem, { candidates, initial, batch, pool, exploration });
    }
    case "nsga2": {
      const { kind, populationSize: population, ...rest } = settings;
      return nsga2(problem, { population, ...rest });
    }
  }
}

const NAMES: Readonly<Record<StrategyRecipe["kind"], string>> = {
  evolution: "evolution search",
  random: "random search",
  "regularised-evolution": "regularised evolution",
  "successive-halving": "successive halving",
  predictor: "predictor-assisted search",
  nsga2: "NSGA-II for several objectives",
};

/** What a person calls a recipe's strategy. */
export const strategyName = ({ kind }: StrategyRecipe): string => NAMES[kind];

/** @throws UserError where a probability of mutation is given for what is no decision of the space */
export function checkMutations(space: Space, strategy: StrategyRecipe): void {
  if (strategy.kind !== "evolution" || strategy.mutations === null) return;
  const { probability, perDecision } = strategy.mutations;
  const key = "steps.search.strategy.mutations";
  withErrorPrefix(key, () => mutationRates(space, probability, perDecision ?? {}));
}

/** @throws UserError where networks of the space have no such score */
export function checkPrefilter(space: NetworkSpace, prefilter: PrefilterRecipe | null): void {
  if (prefilter === null) return;
  withErrorPrefix("steps.search.prefilter", () => checkZeroCostScore(prefilter.score, space));
}
