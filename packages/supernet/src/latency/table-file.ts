import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { count, fileError, positive, UserError, withErrorPrefix, writeJson } from "@supernet/base";
import { indexTimes, type LayerTimes } from "@supernet/nas";
import { z } from "zod";
import type { Recipe } from "../recipe/common.js";
import { describeProblems, joinProblems } from "../recipe/problems.js";
import type { LatencyRecipe } from "../recipe/search.js";
import type { RunContext } from "../task/task.js";

/** Maximum depth of nested layers. More would overflow the stack, and no network has as many. */
const MAX_DEPTH = 64;

/** Checks whether a value has at most `depth` levels of lists and objects. */
const isNestedWithin = (value: unknown, depth: number): boolean =>
  typeof value !== "object" ||
  value === null ||
  (depth > 0 && Object.values(value).every((inner) => isNestedWithin(inner, depth - 1)));

/** Plain data whose content alone matters. */
const content = z.record(z.string(), z.unknown());

const milliseconds = positive.max(1e9);
const image = z.tuple([count, count, count]);

/** What layers take on one device, and what surrounds them in some networks. */
const tableSchema = z.strictObject({
  format: z.literal("supernet latency table 2"),
  /** How all of it was measured. */
  measured: z.strictObject({
    device: z.string(),
    processor: z.string(),
    threads: count,
    batch: z.literal(1),
    engine: z.string(),
    /** By what the layers' times, as they were measured, are multiplied, so that they add up to those of whole subnets. */
    fitted: z.strictObject({ subnets: count, factor: positive }).optional(),
  }),
  /** What it was measured for. It fits any space whose layers it has. */
  space: z.string(),
  input: image,
  layers: z
    .array(
      z.strictObject({
        layer: content,
        input: z.array(count).min(1).max(4),
        /** Of the layer alone as an ONNX model, where it was written for timing elsewhere. */
        file: z.string().optional(),
        milliseconds,
      }),
    )
    .min(1),
  /** What runs around the layers of a network, which takes the same for every subnet. */
  surroundings: z.array(z.strictObject({ network: z.string(), identity: content, milliseconds })),
});

export type LatencyTable = z.infer<typeof tableSchema>;

/** A table that was read, with its path for messages. */
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
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw fileError("read", path, error);
  }
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
    throw invalid('it is of format 1, whose "detector" is now in "surroundings"');
  }
  if (!isNestedWithin(value, MAX_DEPTH)) throw invalid(`it has more than ${MAX_DEPTH} levels`);
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

export const writeLatencyTable = (path: string, table: LatencyTable): void => writeJson(path, table);

/** Returns the recipe with the content of its latency table noted, if it has one. */
export function withTableContent<R extends Recipe>(recipe: R): R {
  const { latency } = recipe.steps.search;
  if (latency === null) return recipe;
  const noted = { ...latency, content: hashTable(readLatencyTable(latency.table)) };
  return { ...recipe, steps: { ...recipe.steps, search: { ...recipe.steps.search, latency: noted } } };
}

/**
 * Opens the table of a search.
 * @throws UserError if it was edited since the run began, which would mix two tables in one run
 */
export function openLatencyTable({ table: path, content: noted }: LatencyRecipe): OpenTable {
  const table = readLatencyTable(path);
  if (noted !== undefined && hashTable(table) !== noted) {
    throw new UserError(`${path} was changed while the run was working: start it again with --resume`);
  }
  return table;
}

/** Opens the table of a run's recipe; null if it has none. */
export function latencyTable({ recipe }: RunContext): OpenTable | null {
  const { latency } = recipe.steps.search;
  return latency && openLatencyTable(latency);
}

const hashTable = ({ table }: OpenTable): string =>
  createHash("sha256").update(JSON.stringify(table)).digest("hex");
