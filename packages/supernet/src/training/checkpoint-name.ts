const PATTERN = /^checkpoint-(\d+)\.safetensors$/;

/** The file of a training's checkpoint after so many iterations, in the step's folder. */
export const checkpointName = (iteration: number): string => `checkpoint-${iteration}.safetensors`;

/** The iterations of a checkpoint by its file's name; undefined where it is another file. */
export function checkpointIteration(name: string): number | undefined {
  const iteration = name.match(PATTERN)?.[1];
  return iteration === undefined ? undefined : Number(iteration);
}
