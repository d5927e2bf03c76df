import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileError } from "@supernet/base";
import {
  DamagedStateError,
  loadSearchState,
  type SearchState,
  type Strategy,
  saveSearchState,
} from "@supernet/nas";
import { BACKUP_SUFFIX } from "../run/step-files.js";

/** The file of a step that holds the state of its search. */
export const checkpointOf = (folder: string): string => join(folder, "checkpoint");

const checkpointBefore = (folder: string): string => checkpointOf(folder) + BACKUP_SUFFIX;

/** Writes the state of a step's search; the one before it stays beside it. One of the two is whole at any moment. */
export function keepState(folder: string, state: SearchState): void {
  const path = checkpointOf(folder);
  try {
    if (existsSync(path)) renameSync(path, checkpointBefore(folder));
  } catch (error) {
    throw fileError("rename", path, error);
  }
  saveSearchState(path, state);
}

/**
 * The newest state of a step's search that is whole, undefined where there is none. Those that are damaged are removed. A
 * score hangs on its candidate alone, so that a search from an earlier state, or from the start, ends the same.
 * @param say told of what was damaged
 * @throws UserError where a state is of another search
 */
export function newestState(
  folder: string,
  strategy: Strategy,
  say: (line: string) => void,
): SearchState | undefined {
  let lost = false;
  for (const path of [checkpointOf(folder), checkpointBefore(folder)]) {
    try {
      const state = loadSearchState(path, strategy);
      if (state) return state;
    } catch (error) {
      if (!(error instanceof DamagedStateError)) throw error;
      say(`${path} is damaged: the search goes on from what was there before it`);
      rmSync(path, { force: true });
      lost = true;
    }
  }
  if (lost) say("no state of the search is whole: it begins anew");
  return undefined;
}
