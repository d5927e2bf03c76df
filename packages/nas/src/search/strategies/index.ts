import { parseOptions, requireArray, requireString, UserError, unknownName } from "@supernet/base";
import { z } from "zod";
import type { SearchProblem } from "../problem.js";
import type { Strategy } from "../strategy.js";
import { evolutionDefinition } from "./evolution.js";
import { localSearchSettings, withLocalSearch } from "./local-search.js";
import { nsga2Definition } from "./nsga2.js";
import { predictorDefinition } from "./predictor.js";
import { predictorFrontDefinition } from "./predictor-front.js";
import { randomDefinition } from "./random.js";
import { regularizedEvolutionDefinition } from "./regularized-evolution.js";
import { type StrategyDefinition, strategyFrom } from "./strategy-definition.js";
import { successiveHalvingDefinition } from "./successive-halving.js";

/** The strategies that come with supernet. */
export const STRATEGIES = [
  evolutionDefinition,
  randomDefinition,
  regularizedEvolutionDefinition,
  successiveHalvingDefinition,
  predictorDefinition,
  nsga2Definition,
  predictorFrontDefinition,
] as const satisfies readonly StrategyDefinition[];

type BuiltIn = (typeof STRATEGIES)[number];

/** Absent in strategies with several objectives. */
const refinement = localSearchSettings.optional();

/** Schema of a strategy's settings together with its kind and a refinement. */
type Named<Kind extends string, Settings extends z.ZodObject> = z.ZodObject<
  { kind: z.ZodLiteral<Kind> } & Settings["shape"] & { refinement: typeof refinement },
  z.core.$strict
>;
type AnySettings = {
  [Definition in BuiltIn as Definition["kind"]]: Named<
    Definition["kind"],
    ReturnType<Definition["settings"]>
  >;
}[BuiltIn["kind"]];

/**
 * Returns the schema of any built-in strategy: `{ kind: "random", candidates: 100 }`.
 *
 * @param resources names of the measured resources, which can be objectives
 */
export function strategySettings(
  resources: readonly string[],
): z.ZodDiscriminatedUnion<[AnySettings, ...AnySettings[]], "kind"> {
  requireArray("strategySettings: resources", resources);
  const schemas = STRATEGIES.map((definition: StrategyDefinition) => {
    const settings = definition.settings(resources);
    return z
      .strictObject({
        kind: z.literal(definition.kind),
        ...settings.shape,
        ...(definition.objectives === undefined && { refinement }),
      })
      .check(...((settings.def.checks ?? []) as unknown as z.core.$ZodCheck<unknown>[]))
      .describe(settings.description ?? definition.title);
  });
  return z.discriminatedUnion("kind", schemas as unknown as [AnySettings, ...AnySettings[]]);
}

export type StrategySettings = z.output<ReturnType<typeof strategySettings>>;

/**
 * Returns the definition of a built-in strategy.
 *
 * @throws UserError if there is no such kind
 */
export function strategyDefinition(kind: string): StrategyDefinition {
  requireString("strategyDefinition: kind", kind);
  const definition = STRATEGIES.find((known) => known.kind === kind);
  if (definition !== undefined) return definition;
  throw new UserError(
    unknownName(
      "strategy",
      kind,
      STRATEGIES.map((known) => known.kind),
    ),
  );
}

/**
 * Creates the built-in strategy that the settings describe, with its refinement.
 *
 * @example
 * createStrategy(problem, { kind: "random", candidates: 100 });
 * @throws UserError if the problem or a setting is wrong, or no subnet meets the constraints
 */
export function createStrategy(problem: SearchProblem, settings: StrategySettings): Strategy {
  parseOptions("createStrategy", z.looseObject({ kind: z.string() }), settings);
  const { kind, refinement, ...own } = settings;
  const strategy = strategyFrom(strategyDefinition(kind), problem, own);
  return refinement === undefined ? strategy : withLocalSearch(strategy, refinement);
}
