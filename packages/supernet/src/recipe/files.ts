import { resolve } from "node:path";
import { child } from "@supernet/base";

/** Keys of files that belong to a recipe. Folders of data do not. */
const FILES = [
  "task.file",
  "space.file",
  "detector.file",
  "steps.search.strategy.file",
  "steps.search.latency.table",
  "steps.search.initial",
  ...["train", "pretrain", "finetune", "retrain", "detector"].map((step) => `steps.${step}.init.file`),
  ...["train", "pretrain", "retrain", "calibrate.training"].map((step) => `steps.${step}.teacher.file`),
  "start.subnet",
  "start.weights.file",
];

/**
 * Returns a recipe, which may be unchecked, with absolute paths of its files.
 * @param folder folder that relative paths start from
 */
export const withAbsoluteFiles = <T>(recipe: T, folder: string): T =>
  FILES.reduce<unknown>((value, path) => withAbsolutePath(value, path.split("."), folder), recipe) as T;

function withAbsolutePath(value: unknown, [key, ...rest]: readonly string[], folder: string): unknown {
  if (key === undefined) return typeof value === "string" && value !== "" ? resolve(folder, value) : value;
  const inner = child(value, key);
  if (inner === undefined) return value;
  return { ...(value as object), [key]: withAbsolutePath(inner, rest, folder) };
}
