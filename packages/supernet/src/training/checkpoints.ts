import { createHash } from "node:crypto";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileError, UserError, withErrorPrefix } from "@supernet/base";
import {
  loadTensors,
  type nn,
  type optim,
  saveTensors,
  type Tensor,
  type TensorFile,
  tidy,
} from "@supernet/torch";
import { checkpointIteration, checkpointName } from "../run/step-files.js";
import type { RecentValues } from "./health.js";
import type { MetricSums } from "./running-means.js";

/** Prefixes of the tensor names in a checkpoint. */
const MODEL = "model.";
const OPTIMIZER = "optimizer.";
const AVERAGE = "average.";

/** State that a training changes. */
export interface TrainingState {
  readonly model: nn.Module;
  readonly optimizer: optim.Optimizer;
  readonly average: optim.WeightAverage | undefined;
}

/** Progress of a training, as plain JSON, saved with the tensors. */
export interface TrainingProgress {
  /** Finished iterations. */
  readonly iteration: number;
  /** Sums of the metrics since the last line in the metrics file. */
  readonly means: MetricSums;
  readonly recent: RecentValues;
  readonly best: BestEvaluation | undefined;
}

/** Best evaluation of a training so far, as plain JSON. */
export interface BestEvaluation {
  readonly iteration: number;
  /** Value of the task metric; higher is better. */
  readonly value: number;
}

/** Checkpoints of a training: `checkpoint-ITERATION.safetensors` in its folder. */
export class Checkpoints {
  readonly #folder: string;
  readonly #keep: number;
  readonly #state: TrainingState;

  /** @param keep number of newest checkpoints to keep */
  constructor(folder: string, keep: number, state: TrainingState) {
    this.#folder = folder;
    this.#keep = keep;
    this.#state = state;
  }

  /** Writes the state to a new file, atomically, and then removes the oldest checkpoints. */
  save(progress: TrainingProgress): void {
    const { model, optimizer, average } = this.#state;
    const { tensors, json } = optimizer.state();
    const all = new Map<string, Tensor>();
    for (const [name, tensor] of model.stateDict()) all.set(MODEL + name, tensor);
    for (const [name, tensor] of tensors) all.set(OPTIMIZER + name, tensor);
    for (const [name, tensor] of average?.weights ?? []) all.set(AVERAGE + name, tensor);
    saveChecksummed(this.#path(progress.iteration), all, {
      progress: JSON.stringify(progress),
      optimizer: JSON.stringify(json),
    });
    for (const old of this.#iterations().slice(this.#keep)) rmSync(this.#path(old), { force: true });
  }

  /**
   * Loads the newest checkpoint into the state. A corrupt one, as after a power failure, is removed, and the previous
   * one is loaded. Iterations that are repeated have the same results, because they depend only on their number.
   * @param log called with one line per corrupt checkpoint
   * @returns undefined if there is no checkpoint
   * @throws UserError that names the file if it belongs to another model
   */
  load(log: (line: string) => void): TrainingProgress | undefined {
    for (const iteration of this.#iterations()) {
      const path = this.#path(iteration);
      const progress = tidy(() => this.#restore(path));
      if (progress) return progress;
      log(`${path} or its best weights are corrupt: resuming from the previous checkpoint`);
      rmSync(path, { force: true });
    }
    return undefined;
  }

  /** Loads a checkpoint. If it or its best weights are corrupt, returns undefined and leaves the state unchanged. */
  #restore(path: string): TrainingProgress | undefined {
    const file = loadChecksummed(path);
    const { progress: savedProgress, optimizer: savedOptimizer } = file?.metadata ?? {};
    if (file === undefined || savedProgress === undefined || savedOptimizer === undefined) return undefined;
    const progress: TrainingProgress = JSON.parse(savedProgress);
    if (progress.best && !hasBestCheckpoint(this.#folder)) return undefined;
    const { model, optimizer, average } = this.#state;
    withErrorPrefix(path, () => {
      model.loadStateDict(withoutPrefix(file.tensors, MODEL));
      optimizer.loadState({
        tensors: withoutPrefix(file.tensors, OPTIMIZER),
        json: JSON.parse(savedOptimizer),
      });
      average?.load(withoutPrefix(file.tensors, AVERAGE));
    });
    return progress;
  }

  #path(iteration: number): string {
    return join(this.#folder, checkpointName(iteration));
  }

  /** Returns the iterations of the checkpoints in the folder, the newest first. */
  #iterations(): number[] {
    try {
      return readdirSync(this.#folder)
        .flatMap((name) => checkpointIteration(name) ?? [])
        .sort((a, b) => b - a);
    } catch (error) {
      throw fileError("read", this.#folder, error);
    }
  }
}

/** Returns the tensors whose names start with a prefix, by their names without it. */
function withoutPrefix(tensors: ReadonlyMap<string, Tensor>, prefix: string): Map<string, Tensor> {
  return new Map(
    [...tensors]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, tensor]) => [name.slice(prefix.length), tensor]),
  );
}

const bestCheckpoint = (folder: string): string => join(folder, "best.safetensors");

/** Saves the weights of the best evaluation so far. */
export function saveBestCheckpoint(
  folder: string,
  weights: ReadonlyMap<string, Tensor>,
  metric: string,
  { iteration, value }: BestEvaluation,
): void {
  saveChecksummed(bestCheckpoint(folder), weights, {
    iteration: String(iteration),
    metric,
    value: String(value),
  });
}

/** Loads the weights of the best evaluation into a model. */
export function loadBestCheckpoint(folder: string, model: nn.Module): void {
  const path = bestCheckpoint(folder);
  tidy(() => {
    const file = loadChecksummed(path);
    if (file === undefined) throw new UserError(`${path} is missing or corrupt: run again with --resume`);
    model.loadStateDict(file.tensors);
  });
}

/** Checks whether weights of a best evaluation exist and are intact. */
const hasBestCheckpoint = (folder: string): boolean => hasValidChecksum(bestCheckpoint(folder));

type Metadata = Readonly<Record<string, string>>;

/** Writes tensors as safetensors, with a checksum of tensors and metadata. */
export function saveChecksummed(
  path: string,
  tensors: ReadonlyMap<string, Tensor>,
  metadata: Metadata = {},
): void {
  saveTensors(path, tensors, { ...metadata, sha256: checksum(tensors, metadata) });
}

/**
 * Loads a file that `saveChecksummed` wrote.
 * @returns undefined if the file is missing or corrupt, as after a power failure
 * @throws UserError if the operating system cannot read it; the content may be intact then
 */
function loadChecksummed(path: string): TensorFile | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const file = loadTensors(path);
    const { sha256, ...rest } = file.metadata;
    if (sha256 === checksum(file.tensors, rest)) return { ...file, metadata: rest };
    for (const tensor of file.tensors.values()) tensor.dispose();
    return undefined;
  } catch (error) {
    if (error instanceof UserError && error.cause === undefined) return undefined;
    throw error;
  }
}

/** Checks whether a file that `saveChecksummed` wrote exists and is intact. */
export const hasValidChecksum = (path: string): boolean => tidy(() => loadChecksummed(path) !== undefined);

function checksum(tensors: ReadonlyMap<string, Tensor>, metadata: Metadata): string {
  const hash = createHash("sha256").update(JSON.stringify(metadata));
  for (const [name, tensor] of tensors) {
    const { dtype, shape } = tensor;
    hash.update(JSON.stringify([name, dtype, shape])).update(tensor.toTypedArray());
  }
  return hash.digest("hex");
}
