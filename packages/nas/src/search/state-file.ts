import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import {
  checksummedJson,
  fileError,
  parseChecksummedJson,
  requireObject,
  requireString,
  UserError,
  writeFileAtomic,
} from "@supernet/base";
import { validateSubnet } from "../space/validate.js";
import type { Candidate, Proposal, Queued, SearchRun, SearchState } from "./state.js";
import { checkStrategy, type Strategy } from "./strategy.js";

/** Thrown if a file is not what `saveSearchState` wrote: truncated, corrupt or edited. */
export class DamagedStateError extends UserError {}

/**
 * Writes the state to a file. If the process is killed at any moment, the file has either the old or the new state.
 *
 * @example
 * await runSearch({ strategy, evaluate, save: (state) => saveSearchState("search.json", state) });
 */
export function saveSearchState(path: string, state: SearchState): void {
  requireString("saveSearchState: path", path);
  requireObject("saveSearchState: state", state);
  writeFileAtomic(path, checksummedJson(state));
}

/**
 * Reads the state of a search that `strategy` started.
 *
 * @example
 * const state = loadSearchState("search.json", strategy);
 * await runSearch({ strategy, evaluate, state });
 * @returns undefined if the file does not exist
 * @throws DamagedStateError naming the file if it is corrupt
 * @throws UserError naming the file if it is from a search with another space, settings, constraints or seed
 */
export function loadSearchState(path: string, strategy: Strategy): SearchState | undefined {
  requireString("loadSearchState: path", path);
  checkStrategy("loadSearchState", strategy);
  const text = readIfThere(path);
  if (text === undefined) return undefined;
  const value = parseChecksummedJson(text);
  if (value === undefined) throw damaged(path, "it has changed since it was written");
  const fresh = strategy.start();
  checkSameRun(value.run, fresh.run, path);
  const { space } = strategy.problem;
  const generation = value.generation;
  if (!isCount(generation)) throw damaged(path, "generation is not a count");
  const proposal = (entry: Record<string, unknown>): Proposal & Pick<Candidate, "parts"> => {
    const { fraction, parts } = entry;
    if (typeof fraction !== "number" || !(fraction > 0 && fraction <= 1)) {
      throw damaged(path, "a fraction of the images is not between 0 and 1");
    }
    if (parts !== undefined && !(Array.isArray(parts) && parts.every(Number.isFinite))) {
      throw damaged(path, "scores on fractions of the images are not numbers");
    }
    return { subnet: validateSubnet(space, entry.subnet, path), fraction, ...(parts && { parts }) };
  };
  const queue = readObjects(value.queue, "queue", path).map(
    (entry): Queued => ({
      ...proposal(entry),
      ...("score" in entry && { score: readScore(entry.score, path) }),
    }),
  );
  const history = readObjects(value.history, "history", path).map((entry): Candidate => {
    const { score, resources } = entry;
    if (!isObject(resources) || !Object.values(resources).every(Number.isFinite)) {
      throw damaged(path, "resources are not numbers");
    }
    if (!isCount(entry.generation)) throw damaged(path, "the generation of a candidate is not a count");
    return {
      ...proposal(entry),
      score: readScore(score, path),
      resources: resources as Record<string, number>,
      generation: entry.generation,
    };
  });
  return { run: fresh.run, generation, queue, history };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw fileError("read", path, error);
  }
}

/** Checks that the stored run equals this one. The error names the first key that differs. */
function checkSameRun(stored: unknown, wanted: SearchRun, path: string): void {
  if (!isObject(stored)) throw damaged(path, "run is missing");
  // Convert to JSON like the stored run, because JSON changes -0 and absent keys.
  const expected: Record<string, unknown> = JSON.parse(JSON.stringify(wanted));
  for (const key of Object.keys(expected)) {
    if (isDeepStrictEqual(stored[key], expected[key])) continue;
    const [was, is] = [stored[key], expected[key]].map((value) => JSON.stringify(value)?.slice(0, 100));
    throw new UserError(
      `${path} is the state of another search (${key} was ${was}, is ${is}): ` +
        "use the original options, or choose another work-dir",
    );
  }
}

function readObjects(value: unknown, name: string, path: string): Record<string, unknown>[] {
  if (!Array.isArray(value)) throw damaged(path, `${name} is not a list`);
  if (!value.every(isObject)) throw damaged(path, `${name} has an entry that is not an object`);
  return value;
}

function readScore(value: unknown, path: string): number | null {
  if (value !== null && !Number.isFinite(value)) throw damaged(path, "a score is not a number");
  return value as number | null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function damaged(path: string, reason: string): DamagedStateError {
  return new DamagedStateError(`${path} is damaged (${reason}): delete it to start the search over`);
}
