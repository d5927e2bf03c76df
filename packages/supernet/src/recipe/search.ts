import {
  type AddIssue,
  count,
  crossFieldCheck,
  parseOptions,
  positive,
  requireFunction,
  requireObject,
  withErrorPrefix,
} from "@supernet/base";
import {
  type Constraints,
  checkZeroCostScore,
  type EarlyStop,
  earlyStopSettings,
  type NetworkSpace,
  type PrefilterSettings,
  prefilterSettings,
  STRATEGIES,
  type StrategyDefinition,
} from "@supernet/nas";
import { z } from "zod";
import {
  checkStrategySpace,
  minimized,
  resolveStrategy,
  type StrategyRecipe,
  strategySchema,
} from "./strategy.js";

const range = z
  .strictObject({ min: positive.optional(), max: positive.optional() })
  .refine((r) => r.min !== undefined || r.max !== undefined, "min, max or both")
  .refine((r) => r.min === undefined || r.max === undefined || r.min <= r.max, "min at most max");

/** Batch-norm statistics are recomputed for each candidate over this many training images. */
export const recalibrationShape = { images: count, batchSize: count };

export const inBatches = crossFieldCheck<{ images: number; batchSize: number }>(
  ({ images, batchSize }, addIssue) => {
    if (batchSize > images) addIssue(["batchSize"], `at most ${images}, the images`);
  },
);

export const recalibrationSchema = z.strictObject(recalibrationShape).superRefine(inBatches);

/** Limits of one network that are known from its shapes, for one image. */
export const estimatedShape = {
  /** Multiply-accumulates, and two operations for each element that a normalization outputs. */
  flops: range.optional(),
  /** Multiply-accumulates alone. */
  macs: range.optional(),
  /** Number of learned parameters. */
  params: range.optional(),
  /** Elements that convolutions and linear layers output. */
  activations: range.optional(),
  /** Most bytes in use at once: parameters, and the maps that are alive. */
  memory: range.optional(),
};

export const resourceShape = {
  ...estimatedShape,
  /** Milliseconds, as the table of `latency` predicts them. */
  latency: range.optional(),
};

/** A table of latencies that `supernet latency` measured, on this machine or on another. */
export const latencySchema = z.strictObject({
  table: z.string().min(1),
  /** SHA-256 of what the table says. It is filled in when a run begins, so that a search is of one table alone. */
  content: z.string().optional(),
});

/**
 * Checks that a recipe has a latency table if and only if it uses one.
 * @param used names of the resources that are limited or objectives
 */
function checkLatency(used: readonly string[], latency: LatencyRecipe | null, addIssue: AddIssue): void {
  const isUsed = used.some((name) => /(^|\.)latency$/.test(name));
  if (isUsed && latency === null) {
    addIssue(
      ["latency"],
      "{table: FILE}, as latency is limited or an objective: " +
        "supernet latency --recipe RECIPE --device-table FILE measures one",
    );
  }
  if (!isUsed && latency !== null)
    addIssue(["latency"], "null, as no constraint and no objective is on latency");
}

/**
 * How candidates are chosen, in every task's search.
 * @param resources names of what the search measures, which may be an objective
 */
export function candidatesShape(resources: readonly string[]) {
  parseOptions("candidatesShape: resources", z.array(z.string()).min(1), resources);
  return {
    strategy: strategySchema(resources),
    /** Sorts out subnets that a strategy draws before they are scored; null = all are scored. */
    prefilter: prefilterSettings.nullable().default(null),
    /** Ends the scoring of candidates that are far from the best; null = all are scored on all images. */
    earlyStop: earlyStopSettings.nullable().default(null),
  };
}

/** What every task's search has. */
export interface SearchSettings {
  readonly strategy: StrategyRecipe;
  readonly prefilter: PrefilterSettings | null;
  readonly earlyStop: EarlyStop | null;
  /** Limits by the name of a resource, or of a network and then the resource. */
  readonly constraints: object;
  readonly latency: LatencyRecipe | null;
}

/** Checks that the strategy supports early stopping, which it does if it does not depend on every score. */
function checkEarlyStop(earlyStop: EarlyStop | null, strategy: StrategyRecipe, addIssue: AddIssue): void {
  // A user's strategy is not loaded yet when its recipe is checked.
  if (earlyStop === null || strategy.kind === "file") return;
  const { definition, settings } = resolveStrategy(strategy);
  const after = definition.earlyStopAfter?.(settings);
  if (after === undefined) {
    const others = STRATEGIES.filter((other: StrategyDefinition) => other.earlyStopAfter !== undefined);
    const kinds = others.map((other) => other.kind).join(" or ");
    addIssue(["earlyStop"], `null, because ${strategy.kind} depends on every score: use ${kinds}`);
  } else if (definition.length(settings).candidates <= after && strategy.refinement === undefined) {
    addIssue(["earlyStop"], `null, because the first ${after} candidates are all scored on all images`);
  }
}

/** Checks the settings that every task's search has in common against each other. */
export function checkSearch(search: SearchSettings, addIssue: AddIssue): void {
  requireObject("checkSearch: search", search);
  requireFunction("checkSearch: addIssue", addIssue);
  const { strategy, earlyStop, constraints, latency } = search;
  requireObject("checkSearch: search.strategy", strategy);
  requireObject("checkSearch: search.constraints", constraints);
  checkEarlyStop(earlyStop, strategy, addIssue);
  checkLatency([...Object.keys(flatConstraints(constraints)), ...minimized(strategy)], latency, addIssue);
}

/**
 * Checks the settings of a search against the space.
 * @throws UserError if one does not fit
 */
export function checkSearchSpace({ strategy, prefilter }: SearchSettings, space: NetworkSpace): void {
  checkStrategySpace(strategy, space);
  if (prefilter === null) return;
  withErrorPrefix("steps.search.prefilter", () => checkZeroCostScore(prefilter.score, space));
}

/** Constraints by the names of what is measured: `{backbone: {flops: ...}}` as `backbone.flops`. */
export function flatConstraints(constraints: object): Constraints {
  const entries = Object.entries(constraints) as [string, object | undefined][];
  const named = entries.flatMap(([name, value]): [string, object | undefined][] =>
    Object.hasOwn(resourceShape, name) || value === undefined
      ? [[name, value]]
      : Object.entries(value).map(([resource, range]) => [`${name}.${resource}`, range]),
  );
  return Object.fromEntries(named.filter(([, range]) => range !== undefined)) as Constraints;
}

export type LatencyRecipe = z.infer<typeof latencySchema>;
