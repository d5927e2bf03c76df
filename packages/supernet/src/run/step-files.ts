// Files in a step's folder that the run uses to keep track of the step, next to the step's outputs.

import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { folderDigest, writeFileAtomic } from "@supernet/base";

/** Record of a step: a hash of its inputs, and the seconds that it took so far. */
export interface StepRecord {
  readonly hash: string;
  readonly seconds: number;
}

/** Record of a finished step. */
export interface FinishedStep extends StepRecord {
  /** Digest of the step's output files. */
  readonly files: string;
}

const STARTED = "started.json";
export const FINISHED = "done.json";

/** Suffix of the previous version of a file, which is kept as a fallback while the file is replaced. */
export const BACKUP_SUFFIX = ".before";

const CHECKPOINT = /^checkpoint-(\d+)\.safetensors$/;

/** Returns the name of a training's checkpoint after a number of iterations. */
export const checkpointName = (iteration: number): string => `checkpoint-${iteration}.safetensors`;

/** Returns the iteration in a checkpoint's file name; undefined if the file is not a checkpoint. */
export function checkpointIteration(name: string): number | undefined {
  const iteration = name.match(CHECKPOINT)?.[1];
  return iteration === undefined ? undefined : Number(iteration);
}

/** Checks whether a file is only for resuming its step. A finished step does not need it. */
const isForResuming = (name: string): boolean =>
  name.endsWith(BACKUP_SUFFIX) || checkpointIteration(name) !== undefined;

/** Returns a digest of a step's output files: all except its records and the files for resuming. */
const outputDigest = (folder: string): string =>
  folderDigest(folder, (path) => {
    const name = basename(path);
    return name !== FINISHED && name !== STARTED && !isForResuming(name);
  });

/** Writes the record of a step that has started. */
export function writeStarted(folder: string, record: StepRecord): void {
  writeFileAtomic(join(folder, STARTED), JSON.stringify(record));
}

/** Writes the record of a step that has finished, with a digest of its outputs. */
export function writeFinished(folder: string, record: StepRecord): void {
  const finished: FinishedStep = { ...record, files: outputDigest(folder) };
  writeFileAtomic(join(folder, FINISHED), JSON.stringify(finished));
}

/** Returns the record of a step that has started; undefined if it is missing or corrupt. */
export const readStarted = (folder: string): StepRecord | undefined => readRecord(join(folder, STARTED));

/** Returns the record of a step that has finished; undefined if it is missing or corrupt. */
export function readFinished(folder: string): FinishedStep | undefined {
  const path = join(folder, FINISHED);
  const record = readRecord(path);
  const { files } = readObject(path);
  return record && typeof files === "string" ? { ...record, files } : undefined;
}

/** Checks whether a step has finished with these inputs and its outputs are intact. */
export function isFinished(folder: string, hash: string): boolean {
  const finished = readFinished(folder);
  return finished?.hash === hash && finished.files === outputDigest(folder);
}

function readRecord(path: string): StepRecord | undefined {
  const { hash, seconds } = readObject(path);
  return typeof hash === "string" && typeof seconds === "number" ? { hash, seconds } : undefined;
}

/** Reads a JSON object. Returns an empty one if the file is missing or corrupt. */
function readObject(path: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(path, "utf8")) ?? {};
  } catch {
    return {};
  }
}
