import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { count, positive, readText, UserError, withErrorPrefix, writeJson } from "@supernet/base";
import { indexTimes, type LayerTimes } from "@supernet/nas";
import { z } from "zod";
import type { Recipe } from "../recipe/common.js";
import { describeProblems, joinProblems } from "../recipe/problems.js";
import type { LatencyFileRecipe } from "../recipe/search.js";
import type { RunContext } from "../task/task.js";

/** Maximum nesting of layers. No network needs more, and deeper nesting could overflow the stack. */
const MAX_DEPTH = 64;

/** Checks whether a value has at most `depth` levels of lists and objects. */
const isNestedWithin = (value: unknown, depth: number): boolean =>
  typeof value !== "object" ||
  value === null ||
  (depth > 0 && Object.values(value).every((inner) => isNestedWithin(inner, depth - 1)));

/** Plain data, compared by content. */
const content = z.record(z.string(), z.unknown());

const milliseconds = positive.max(1e9);
const relative = z.number().min(0);
const image = z.tuple([count, count, count]);

/** Latencies of layers, and of the surroundings of some networks, on one device. */
const tableSchema = z.strictObject({
  format: z.literal("supernet latency table 2"),
  /** Conditions of the measurement. */
  measured: z.strictObject({
    device: z.string(),
    processor: z.string(),
    threads: count,
    batch: z.literal(1),
    engine: z.string(),
    /** Factor by which the measured layer times are multiplied, so that their sums match the times of subnets. */
    fitted: z.strictObject({ subnets: count, factor: positive }).optional(),
  }),
  /** Space that the table was measured for. The table works for every space whose layers it contains. */
  space: z.string(),
  input: image,
  layers: z
    .array(
      z.strictObject({
        layer: content,
        input: z.array(count).min(1).max(4),
        /** Number of inputs that the layer runs on together. Default: 1. */
        batch: count.optional(),
        /** Name of the layer's ONNX file; absent if the layer was not exported for measuring on another device. */
        file: z.string().optional(),
        milliseconds,
      }),
    )
    .min(1),
  /** Times of the rest of each network, which is the same for every subnet. */
  surroundings: z.array(z.strictObject({ network: z.string(), identity: content, milliseconds })),
  /** Networks whose time is predicted from everything that they run: the factor of each term. */
  networks: z
    .array(
      z.strictObject({
        network: z.string(),
        identity: content,
        factors: z.record(z.string(), z.number().min(0)),
        /** Number of networks that the factors are fitted to, and the relative error for networks left out of the fit. */
        fitted: z.strictObject({ subnets: count, error: z.strictObject({ mean: relative, max: relative }) }),
      }),
    )
    .optional(),
});

export type LatencyTable = z.infer<typeof tableSchema>;

/** A table with an index of its times, and its path for messages. */
export interface OpenTable {
  readonly path: string;
  readonly table: LatencyTable;
  readonly times: LayerTimes;
}

/**
 * Reads a latency table.
 * @throws UserError if the file cannot be read or is not a latency table
 */
export function readLatencyTable(path: string): OpenTable {
  const text = readText(path);
  const invalid = (reason: string, cause?: unknown) =>
    new UserError(
      `${path} is not a latency table: ${reason}: write one with supernet latency --device-table FILE`,
      {
        cause,
      },
    );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalid((error as Error).message.slice(0, 120), error);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw invalid("it does not contain an object");
  if ("format" in value && value.format === "supernet latency table 1") {
    throw invalid('it has format 1, whose "detector" is now an entry of "surroundings"');
  }
  if (!isNestedWithin(value, MAX_DEPTH)) throw invalid(`it is nested deeper than ${MAX_DEPTH} levels`);
  const result = tableSchema.safeParse(value);
  if (!result.success) throw invalid(joinProblems(describeProblems(tableSchema, value, result.error.issues)));
  return indexTable(path, result.data);
}

/**
 * Indexes the times of a table.
 * @param path path of the table, for messages
 * @throws UserError if it has two times for the same layer and shape
 */
export const indexTable = (path: string, table: LatencyTable): OpenTable => ({
  path,
  table,
  times: withErrorPrefix(path, () => indexTimes(table.layers)),
});

/** Writes a latency table as JSON. */
export const writeLatencyTable = (path: string, table: LatencyTable): void => writeJson(path, table);

/** Returns the recipe with a hash of its latency table added, if it has one. */
export function withTableContent<R extends Recipe>(recipe: R): R {
  const { latency } = recipe.steps.search;
  if (latency === null || "measure" in latency) return recipe;
  const noted = { ...latency, content: hashTable(readLatencyTable(latency.table)) };
  return { ...recipe, steps: { ...recipe.steps, search: { ...recipe.steps.search, latency: noted } } };
}

/**
 * Opens the latency table of a search.
 * @throws UserError if the file has changed since the run started, which would mix two tables in one run
 */
export function openLatencyTable({ table: path, content: noted }: LatencyFileRecipe): OpenTable {
  const table = readLatencyTable(path);
  if (noted !== undefined && hashTable(table) !== noted) {
    throw new UserError(`${path} was changed during the run: run the command again with --resume`);
  }
  return table;
}

/** Name of the step that measures a table. */
export const LATENCY_STEP = "latency";

/** Returns the path of the table in the folder of the step that measures it. */
export const measuredTableFile = (folder: string): string => join(folder, "table.json");

/**
 * Opens the latency table of a run. Returns null if its recipe has none, or the run has not measured it yet.
 * @param folder returns the folder of a step, for a recipe whose run measures the table
 */
export function latencyTable(run: RunContext, folder?: (step: string) => string): OpenTable | null {
  const { latency } = run.recipe.steps.search;
  if (latency === null) return null;
  if (!("measure" in latency)) return run.get(tableOfRecipe);
  const path = folder && measuredTableFile(folder(LATENCY_STEP));
  return path !== undefined && existsSync(path) ? readLatencyTable(path) : null;
}

function tableOfRecipe({ recipe }: RunContext): OpenTable {
  return openLatencyTable(recipe.steps.search.latency as LatencyFileRecipe);
}

const hashTable = ({ table }: OpenTable): string =>
  createHash("sha256").update(JSON.stringify(table)).digest("hex");
