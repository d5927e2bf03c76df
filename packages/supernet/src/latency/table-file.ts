import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { count, fileError, inFile, positive, UserError, writeJson } from "@supernet/base";
import { indexTimes, type LayerTimes } from "@supernet/nas";
import { z } from "zod";
import type { Recipe } from "../recipe/common.js";
import { describeProblems } from "../recipe/problems.js";
import type { LatencyRecipe } from "../recipe/search.js";
import type { RunContext } from "../task/task.js";

/** Layers that lie deeper within one another are no network's, and would overflow the stack. */
const DEEPEST = 64;

/** Whether a value has at most `depth` levels of lists and objects. */
const liesWithin = (value: unknown, depth: number): boolean =>
  typeof value !== "object" ||
  value === null ||
  (depth > 0 && Object.values(value).every((inner) => liesWithin(inner, depth - 1)));

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

/** A table that was read, by the name that messages call it by. */
export interface OpenTable {
  readonly path: string;
  readonly table: LatencyTable;
  readonly times: LayerTimes;
}

/** @throws UserError in one line where the file cannot be read or is no such table */
export function readLatencyTable(path: string): OpenTable {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw fileError("read", path, error);
  }
  const refuse = (reason: string, cause?: unknown) =>
    new UserError(
      `${path} is no latency table: ${reason}: write one by supernet latency --device-table FILE`,
      {
        cause,
      },
    );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw refuse((error as Error).message.slice(0, 120), error);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw refuse("it holds no object");
  if ("format" in value && value.format === "supernet latency table 1") {
    throw refuse('it is of format 1, whose "detector" is now in "surroundings"');
  }
  if (!liesWithin(value, DEEPEST)) throw refuse(`it has more than ${DEEPEST} levels`);
  const result = tableSchema.safeParse(value);
  if (!result.success) throw refuse(describeProblems(tableSchema, value, result.error.issues));
  return openedTable(path, result.data);
}

/** @throws UserError where it has two times for one layer and shape */
export const openedTable = (path: string, table: LatencyTable): OpenTable => ({
  path,
  table,
  times: inFile(path, () => indexTimes(table.layers)),
});

export const writeLatencyTable = (path: string, table: LatencyTable): void => writeJson(path, table);

/** Returns the recipe with the content of its latency table noted, if it has one. */
export function withTableContent<R extends Recipe>(recipe: R): R {
  const { latency } = recipe.steps.search;
  if (latency === null) return recipe;
  const noted = { ...latency, content: hashOf(readLatencyTable(latency.table)) };
  return { ...recipe, steps: { ...recipe.steps, search: { ...recipe.steps.search, latency: noted } } };
}

/**
 * Opens the table of a search.
 * @throws UserError if it was edited since the run began, which would mix two tables in one run
 */
export function openLatencyTable({ table: path, content: noted }: LatencyRecipe): OpenTable {
  const table = readLatencyTable(path);
  if (noted !== undefined && hashOf(table) !== noted) {
    throw new UserError(`${path} was changed while the run was working: start it again with --resume`);
  }
  return table;
}

/** Opens the table of a run's recipe; null if it has none. */
export function latencyTable({ recipe }: RunContext): OpenTable | null {
  const { latency } = recipe.steps.search;
  return latency && openLatencyTable(latency);
}

const hashOf = ({ table }: OpenTable): string =>
  createHash("sha256").update(JSON.stringify(table)).digest("hex");
