/** Suffix of the previous version of a file, kept as a fallback while the file is replaced. */
export const BACKUP_SUFFIX = ".before";

const CHECKPOINT = /^checkpoint-(\d+)\.safetensors$/;

/** Returns the name of a training's checkpoint after a number of iterations. */
export const checkpointName = (iteration: number): string => `checkpoint-${iteration}.safetensors`;

/** Returns the iterations of a checkpoint, from its file name; undefined if it is another file. */
export function checkpointIteration(name: string): number | undefined {
  const iteration = name.match(CHECKPOINT)?.[1];
  return iteration === undefined ? undefined : Number(iteration);
}

/** Checks whether a step's file serves only to resume it, so that a finished step no longer needs it. */
export const isForResuming = (name: string): boolean =>
  name.endsWith(BACKUP_SUFFIX) || checkpointIteration(name) !== undefined;
