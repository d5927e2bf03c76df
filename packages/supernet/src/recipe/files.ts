import { resolve } from "node:path";
import { child } from "./keys.js";

/** Where a recipe names files that are a part of it. Data folders are not: they stay as they are given. */
const FILES = [
  "task.file",
  "space.file",
  "detector.file",
  "steps.search.strategy.file",
  "steps.search.latency.table",
];

/**
 * Returns a recipe, which may still be unchecked, with absolute paths of the files that are a part of it.
 * @param folder that of relative paths
 */
export const withAbsoluteFiles = <T>(recipe: T, folder: string): T =>
  FILES.reduce<unknown>((value, path) => withAbsolutePath(value, path.split("."), folder), recipe) as T;

function withAbsolutePath(value: unknown, [key, ...rest]: readonly string[], folder: string): unknown {
  if (key === undefined) return typeof value === "string" && value !== "" ? resolve(folder, value) : value;
  const inner = child(value, key);
  if (inner === undefined) return value;
  return { ...(value as object), [key]: withAbsolutePath(inner, rest, folder) };
}
