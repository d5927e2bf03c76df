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
import { RUNTIMES } from "./runtimes.js";
import {
  checkStrategySpace,
  minimized,
  resolveStrategy,
  type StrategyRecipe,
  strategySchema,
} from "./strategy.js";

const range = z
  .strictObject({
    min: positive.optional().describe("Minimum."),
    max: positive.optional().describe("Maximum."),
  })
  .refine((r) => r.min !== undefined || r.max !== undefined, "min, max or both")
  .refine((r) => r.min === undefined || r.max === undefined || r.min <= r.max, "min at most max");

/** Settings of recomputing batch-norm statistics for each candidate. */
export const recalibrationShape = {
  images: count.describe(
    "Number of training images that the batch-norm statistics of a candidate are computed on.",
  ),
  batchSize: count.describe("Number of images in a forward pass. At most `images`."),
};

export const inBatches = crossFieldCheck<{ images: number; batchSize: number }>(
  ({ images, batchSize }, addIssue) => {
    if (batchSize > images) addIssue(["batchSize"], `at most ${images}, the images`);
  },
);

export const recalibrationSchema = z.strictObject(recalibrationShape).superRefine(inBatches);

/** Limits of a network that follow from its shapes, for one image. */
export const estimatedShape = {
  flops: range
    .optional()
    .describe("Multiply-accumulates, plus two operations for each element that a normalization outputs."),
  macs: range.optional().describe("Multiply-accumulates, without those of normalizations."),
  operations: range
    .optional()
    .describe(
      "FLOPs, plus one operation for each element that an activation function outputs, as MMRazor counts.",
    ),
  params: range.optional().describe("Number of trainable parameters."),
  activations: range.optional().describe("Number of elements that convolutions and linear layers output."),
  memory: range.optional().describe("Peak memory of inference in bytes: parameters and live feature maps."),
};

export const resourceShape = {
  ...estimatedShape,
  latency: range.optional().describe("Milliseconds, predicted from the latency table."),
};

/** A latency table that `supernet latency` measured, on this machine or another. */
export const latencySchema = z.strictObject({
  table: z.string().min(1).describe("Latency table written by `supernet latency --device-table FILE`."),
  content: z
    .string()
    .optional()
    .describe(
      "SHA-256 of the table. A run fills it in when it starts, so that a search never uses two different tables.",
    ),
});

const LATENCY = "Latency table of the constraints and objectives on latency. `null` if there are none.";

export const searchLatencySchema = latencySchema.nullable().describe(LATENCY);

/** A latency table that a step of the run measures on this machine, before the first training. */
const measuredLatencySchema = z.strictObject({
  measure: z.enum(RUNTIMES).describe("Runtime that runs the networks. `onnxruntime` runs exported models."),
  threads: count.default(1).describe("Number of threads."),
});

/** For tasks whose runs can measure a table. */
export const measurableLatencySchema = z
  .union([latencySchema, measuredLatencySchema])
  .nullable()
  .describe(`${LATENCY} \`{measure: onnxruntime}\` measures one at the start of the run.`);

export const randomSubnetsSchema = z
  .int()
  .min(0)
  .describe(
    "Number of random subnets within the constraints that the found one is compared with, on the supernet.",
  );

/** Checks whether a resource is the latency of some network. */
export const isLatency = (resource: string): boolean => /(^|\.)latency$/.test(resource);

/**
 * Checks that a recipe has a latency table if and only if it uses one.
 * @param used names of the resources that are limited or objectives
 */
function checkLatency(used: readonly string[], latency: LatencyRecipe | null, addIssue: AddIssue): void {
  const isUsed = used.some(isLatency);
  if (isUsed && latency === null) {
    addIssue(
      ["latency"],
      "{table: FILE}, because latency is limited or an objective: " +
        "supernet latency --recipe RECIPE --device-table FILE measures one",
    );
  }
  if (!isUsed && latency !== null)
    addIssue(["latency"], "null, because no constraint or objective uses latency");
}

/**
 * Returns the keys of a search that determine its candidates; every task has them.
 * @param resources names of the resources that the search measures, which may be objectives
 */
export function candidatesShape(resources: readonly string[]) {
  parseOptions("candidatesShape: resources", z.array(z.string()).min(1), resources);
  return {
    strategy: strategySchema(resources).describe("Search strategy: how candidates are proposed."),
    prefilter: prefilterSettings
      .nullable()
      .default(null)
      .describe(
        "Zero-cost score that selects among the subnets that the strategy samples, before they are scored. `null` " +
          "disables it.",
      ),
    earlyStop: earlyStopSettings
      .nullable()
      .default(null)
      .describe(
        "Stops scoring candidates that will not be among the best. `null` scores every candidate on all images.",
      ),
  };
}

/** Settings that every task's search has. */
export interface SearchSettings {
  readonly strategy: StrategyRecipe;
  readonly prefilter: PrefilterSettings | null;
  readonly earlyStop: EarlyStop | null;
  /** Limits by resource, or by network and then resource. */
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

/** Returns constraints by the full name of their resource: `{backbone: {flops: ...}}` as `backbone.flops`. */
export function flatConstraints(constraints: object): Constraints {
  const entries = Object.entries(constraints) as [string, object | undefined][];
  const named = entries.flatMap(([name, value]): [string, object | undefined][] =>
    Object.hasOwn(resourceShape, name) || value === undefined
      ? [[name, value]]
      : Object.entries(value).map(([resource, range]) => [`${name}.${resource}`, range]),
  );
  return Object.fromEntries(named.filter(([, range]) => range !== undefined)) as Constraints;
}

export type LatencyFileRecipe = z.infer<typeof latencySchema>;
export type MeasuredLatencyRecipe = z.infer<typeof measuredLatencySchema>;
export type LatencyRecipe = LatencyFileRecipe | MeasuredLatencyRecipe;

/** Returns the settings of the measurement of a recipe's latency table; undefined if the run measures none. */
export function measuredLatency({ latency }: SearchSettings): MeasuredLatencyRecipe | undefined {
  return latency !== null && "measure" in latency ? latency : undefined;
}
