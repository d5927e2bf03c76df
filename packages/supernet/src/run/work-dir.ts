import { join } from "node:path";

/** Paths in a run's folder. */
export interface RunPaths {
  readonly path: string;
  readonly metrics: string;
  stepFolder(step: string): string;
}

/** Name of the ONNX file of the found network, in a run's folder. */
export const MODEL_FILE = "model.onnx";

/** Returns the paths in a run's folder. */
export const runPaths = (path: string): RunPaths => ({
  path,
  metrics: join(path, "metrics.jsonl"),
  stepFolder: (step) => join(path, "steps", step),
});
