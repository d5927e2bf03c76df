import { existsSync, rmSync } from "node:fs";
import { loadTensors, type nn, type optim, saveTensors, type Tensor, tidy } from "@supernet/torch";
import { UserError } from "@supernet/torch/errors";

const MODEL = "model.";
const OPTIMIZER = "optimizer.";

/** How far a training is: plain JSON beside the tensors. */
export interface TrainingProgress {
  /** Finished iterations. */
  readonly iteration: number;
  /** Losses since the last line of metrics, summed by name, and of how many iterations. */
  readonly sums: Readonly<Record<string, number>>;
  readonly count: number;
}

/** Writes a model, its optimiser and the progress to one file, atomically. */
export function saveCheckpoint(
  path: string,
  model: nn.Module,
  optimizer: optim.Optimizer,
  progress: TrainingProgress,
): void {
  const { tensors, json } = optimizer.state();
  const all = new Map<string, Tensor>();
  for (const [name, tensor] of model.stateDict()) all.set(MODEL + name, tensor);
  for (const [name, tensor] of tensors) all.set(OPTIMIZER + name, tensor);
  saveTensors(path, all, { progress: JSON.stringify(progress), optimizer: JSON.stringify(json) });
}

/**
 * Puts a checkpoint's content into a model and its optimiser.
 * @returns the progress; undefined where there is no checkpoint
 * @throws UserError naming the file where it is damaged or of another model
 */
export function loadCheckpoint(
  path: string,
  model: nn.Module,
  optimizer: optim.Optimizer,
): TrainingProgress | undefined {
  if (!existsSync(path)) return undefined;
  return tidy(() => {
    const { tensors, metadata } = loadTensors(path);
    if (metadata.progress === undefined || metadata.optimizer === undefined) {
      throw new UserError(`${path} is no training checkpoint: delete it to begin this step anew`);
    }
    try {
      model.loadStateDict(under(tensors, MODEL));
      optimizer.loadState({ tensors: under(tensors, OPTIMIZER), json: JSON.parse(metadata.optimizer) });
    } catch (error) {
      if (error instanceof UserError) throw new UserError(`${path}: ${error.message}`, { cause: error });
      throw error;
    }
    return JSON.parse(metadata.progress) as TrainingProgress;
  });
}

export function removeCheckpoint(path: string): void {
  rmSync(path, { force: true });
}

function under(tensors: ReadonlyMap<string, Tensor>, prefix: string): Map<string, Tensor> {
  return new Map(
    [...tensors]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, tensor]) => [name.slice(prefix.length), tensor]),
  );
}
