import { existsSync, readFileSync } from "node:fs";
import { fileError, writeFileAtomic } from "@supernet/base";

/** Reads what a step wrote by `writeJson`. */
export function readJson<T>(path: string): T {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as T;
  } catch (error) {
    throw fileError("read", path, error);
  }
}

/** Undefined where the file is not there. */
export const readJsonIfThere = <T>(path: string): T | undefined =>
  existsSync(path) ? readJson<T>(path) : undefined;

export function writeJson(path: string, value: unknown): void {
  writeFileAtomic(path, `${JSON.stringify(value, undefined, 2)}\n`);
}
