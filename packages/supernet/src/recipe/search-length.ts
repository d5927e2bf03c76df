import { halvingRungs } from "@supernet/nas";
import type { StrategyRecipe } from "./strategy-schema.js";

/** What a search spends where the space has enough subnets within the constraints. */
export interface SearchLength {
  /** Candidates that the strategy scores, one that is scored again on more images counted again. */
  readonly candidates: number;
  /** Candidates that its refinement scores at the most, beside those. */
  readonly refinement: number;
  /** All of them together in evaluations on all images: one on a part of the images counts as that part. */
  readonly evaluations: number;
}

export function searchLength(strategy: StrategyRecipe): SearchLength {
  const parts = partsOf(strategy);
  const refinement = strategy.kind === "nsga2" ? 0 : (strategy.refinement?.candidates ?? 0);
  const sum = (value: (part: Part) => number) => parts.reduce((total, part) => total + value(part), 0);
  return {
    candidates: sum((part) => part.candidates),
    refinement,
    evaluations: sum((part) => part.candidates * part.fraction) + refinement,
  };
}

interface Part {
  readonly candidates: number;
  readonly fraction: number;
}

function partsOf(strategy: StrategyRecipe): readonly Part[] {
  switch (strategy.kind) {
    case "evolution":
    case "nsga2":
      return [{ candidates: strategy.populationSize * strategy.generations, fraction: 1 }];
    case "random":
    case "regularised-evolution":
    case "predictor":
      return [{ candidates: strategy.candidates, fraction: 1 }];
    case "successive-halving":
      return halvingRungs(strategy);
  }
}

/** Candidates of a random search that spends as much. */
export const randomCandidates = (strategy: StrategyRecipe): number =>
  Math.max(1, Math.floor(searchLength(strategy).evaluations));

/** Resources that a strategy is to keep small, beside what the constraints say. */
export const minimised = (strategy: StrategyRecipe): readonly string[] =>
  strategy.kind === "nsga2" ? strategy.minimise : [];
