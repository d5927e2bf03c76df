import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileError, readJson } from "@supernet/base";
import {
  type Candidate,
  DamagedStateError,
  loadSearchState,
  type SearchState,
  type Strategy,
  saveSearchState,
} from "@supernet/nas";
import { BACKUP_SUFFIX } from "../run/step-files.js";

/** Returns the path of a step's search checkpoint. */
export const searchCheckpointFile = (folder: string): string => join(folder, "checkpoint");

const backupFile = (folder: string): string => searchCheckpointFile(folder) + BACKUP_SUFFIX;

/** Reads the candidates of a search that has finished, in the order of proposal. */
export const readSearchHistory = (folder: string): readonly Candidate[] =>
  readJson<SearchState>(searchCheckpointFile(folder)).history;

/** Saves the state of a step's search, with the previous checkpoint as a backup. One of the two is always intact. */
export function saveSearchCheckpoint(folder: string, state: SearchState): void {
  const path = searchCheckpointFile(folder);
  try {
    if (existsSync(path)) renameSync(path, backupFile(folder));
  } catch (error) {
    throw fileError("rename", path, error);
  }
  saveSearchState(path, state);
}

/**
 * Loads the newest intact checkpoint of a step's search. Returns undefined if there is none. Corrupt ones are removed.
 * A score depends only on its candidate, so resuming from an older checkpoint or starting over gives the same result.
 * @param log receives a line for each corrupt checkpoint
 * @throws UserError if a checkpoint belongs to another search
 */
export function loadSearchCheckpoint(
  folder: string,
  strategy: Strategy,
  log: (line: string) => void,
): SearchState | undefined {
  let lost = false;
  for (const path of [searchCheckpointFile(folder), backupFile(folder)]) {
    try {
      const state = loadSearchState(path, strategy);
      if (state) return state;
    } catch (error) {
      if (!(error instanceof DamagedStateError)) throw error;
      log(`${path} is corrupt: resuming from the previous search checkpoint`);
      rmSync(path, { force: true });
      lost = true;
    }
  }
  if (lost) log("no intact search checkpoint: starting the search over");
  return undefined;
}
