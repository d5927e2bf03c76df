import { parseOptions, requireObject, UserError, withErrorPrefix } from "@supernet/base";
import {
  defineStrategy,
  type LocalSearchSettings,
  localSearchSettings,
  type SearchProblem,
  type Space,
  type Strategy,
  type StrategyDefinition,
  type SearchLength as StrategyLength,
  strategyDefinition,
  strategyFrom,
  strategySettings,
  withLocalSearch,
} from "@supernet/nas";
import { z } from "zod";
import { importDefault } from "./user-code.js";

const fileSchema = z
  .strictObject({
    kind: z.literal("file").default("file"),
    file: z
      .string()
      .min(1)
      .describe("TypeScript or JavaScript file whose default export is a strategy. See `defineStrategy`."),
    settings: z.record(z.string(), z.unknown()).default({}).describe("Settings of the strategy."),
    refinement: localSearchSettings.optional(),
  })
  .describe("Your own strategy. `{ file: my-strategy.ts }` is enough if it has no settings.");

/**
 * The schema of a recipe's strategy: a built-in one or a user's file.
 * @param resources names of the resources that the search measures, which may be objectives
 */
export const strategySchema = (resources: readonly string[]) =>
  z.discriminatedUnion("kind", [...strategySettings(resources).options, fileSchema]);

export type StrategyRecipe = z.infer<ReturnType<typeof strategySchema>>;

/** The definition of a recipe's strategy, with its settings. */
interface ResolvedStrategy {
  readonly definition: StrategyDefinition;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly refinement: LocalSearchSettings | undefined;
}

/** A strategy from a user's file, with the schema of its settings. */
interface LoadedStrategy {
  readonly definition: StrategyDefinition;
  readonly schema: z.ZodObject;
}

/** Strategies from users' files, by path. */
const loaded = new Map<string, LoadedStrategy>();

const lengthSchema = z.looseObject({ candidates: z.int().min(0), evaluations: z.number().min(0) });

/**
 * Loads the strategy of a recipe if it is in a user's file; the functions below need it.
 * @param resources names of the resources that the search measures
 * @throws UserError if the file does not describe a strategy, or the settings are not the strategy's
 */
export async function loadStrategy(strategy: StrategyRecipe, resources: readonly string[]): Promise<void> {
  if (strategy.kind !== "file") return;
  const { file } = strategy;
  const exported = await importDefault(file, "export default defineStrategy({...})");
  const definition = withErrorPrefix(file, () => defineStrategy(exported as StrategyDefinition));
  const schema = definition.settings(resources);
  if (!(schema instanceof z.ZodObject)) throw new UserError(`${file}: settings must return a z.object`);
  loaded.set(file, { definition, schema });
  searchLength(strategy);
  const unknown = minimized(strategy).find((name) => !resources.includes(name));
  if (unknown !== undefined) {
    throw new UserError(
      `${file}: objectives: ${unknown} is not measured by the search: use one of ${resources.join(", ")}`,
    );
  }
}

/**
 * Returns a strategy with its settings.
 * @throws UserError if the settings of a user's strategy are wrong
 */
export function resolveStrategy(strategy: StrategyRecipe): ResolvedStrategy {
  if (strategy.kind !== "file") {
    const { kind, refinement, ...settings } = strategy;
    return { definition: strategyDefinition(kind), settings, refinement };
  }
  const { file, refinement } = strategy;
  const found = loaded.get(file);
  if (found === undefined) throw new RangeError(`resolveStrategy: ${file} is not loaded`);
  const { definition, schema } = found;
  const settings = parseOptions("steps.search.strategy.settings", schema, strategy.settings);
  return { definition, settings, refinement };
}

/** Creates the strategy that a recipe describes, with its refinement. */
export function createRecipeStrategy(problem: SearchProblem, strategy: StrategyRecipe): Strategy {
  const { definition, settings, refinement } = resolveStrategy(strategy);
  // The settings of a user's strategy are parsed with the resources of the problem.
  const given = strategy.kind === "file" ? strategy.settings : settings;
  const created = strategyFrom(definition, problem, given);
  return refinement === undefined ? created : withLocalSearch(created, refinement);
}

/** Returns the strategy's title, for the user. */
export const strategyTitle = (strategy: StrategyRecipe): string => resolveStrategy(strategy).definition.title;

/** Returns the resources that a strategy minimizes. */
export function minimized(strategy: StrategyRecipe): readonly string[] {
  if (strategy.kind === "file" && !loaded.has(strategy.file)) return [];
  const { definition, settings } = resolveStrategy(strategy);
  return definition.objectives?.(settings) ?? [];
}

/**
 * Checks the settings of a strategy against the space.
 * @throws UserError if one does not fit
 */
export function checkStrategySpace(strategy: StrategyRecipe, space: Space): void {
  const { definition, settings } = resolveStrategy(strategy);
  withErrorPrefix("steps.search.strategy", () => definition.checkSpace?.(space, settings));
}

/** Amount of work of a search, if the space has enough subnets within the constraints. */
export interface SearchLength extends StrategyLength {
  /** Maximum number of candidates that the refinement scores, in addition to the strategy's. */
  readonly refinement: number;
}

/** Returns the length of a recipe's search. Its evaluations include those of the refinement. */
export function searchLength(strategy: StrategyRecipe): SearchLength {
  requireObject("searchLength: strategy", strategy);
  const { definition, settings, refinement } = resolveStrategy(strategy);
  if (strategy.kind !== "file") {
    const schema = definition.settings(definition.objectives?.(settings) ?? []);
    parseOptions(`searchLength: ${strategy.kind}`, schema, settings);
  }
  const { candidates, evaluations } = parseOptions(
    `${strategy.kind === "file" ? strategy.file : strategy.kind}: length`,
    lengthSchema,
    definition.length(settings),
  );
  const refining = refinement?.candidates ?? 0;
  return { candidates, refinement: refining, evaluations: evaluations + refining };
}

/** Returns the number of candidates of a random search with as many evaluations. */
export const randomCandidates = (strategy: StrategyRecipe): number =>
  Math.max(1, Math.floor(searchLength(strategy).evaluations));
