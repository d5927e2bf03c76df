import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { loadTensors, type nn, type optim, saveTensors, type Tensor, tidy } from "@supernet/torch";
import { inFile, UserError } from "@supernet/torch/errors";
import { fileError } from "@supernet/torch/files";
import type { Best } from "./best.js";
import type { Sums } from "./means.js";
import type { Recent } from "./watch.js";

const MODEL = "model.";
const OPTIMIZER = "optimizer.";
const AVERAGE = "average.";

/** All that a training changes. */
export interface TrainingState {
  readonly model: nn.Module;
  readonly optimizer: optim.Optimizer;
  readonly average: optim.WeightAverage | undefined;
}

/** How far a training is: plain JSON beside the tensors. */
export interface TrainingProgress {
  /** Finished iterations. */
  readonly iteration: number;
  /** Figures since the last line of metrics. */
  readonly means: Sums;
  readonly recent: Recent;
  readonly best: Best | undefined;
}

/** The checkpoints of a training, `checkpoint-ITERATION.safetensors` in its folder. */
export class Checkpoints {
  readonly #folder: string;
  readonly #keep: number;
  readonly #state: TrainingState;

  /** @param keep how many are kept, the newest ones */
  constructor(folder: string, keep: number, state: TrainingState) {
    this.#folder = folder;
    this.#keep = keep;
    this.#state = state;
  }

  /** Writes the state to a new file, atomically, and then removes those that are too old. */
  save(progress: TrainingProgress): void {
    const { model, optimizer, average } = this.#state;
    const { tensors, json } = optimizer.state();
    const all = new Map<string, Tensor>();
    for (const [name, tensor] of model.stateDict()) all.set(MODEL + name, tensor);
    for (const [name, tensor] of tensors) all.set(OPTIMIZER + name, tensor);
    for (const [name, tensor] of average?.weights ?? []) all.set(AVERAGE + name, tensor);
    saveTensors(this.#path(progress.iteration), all, {
      progress: JSON.stringify(progress),
      optimizer: JSON.stringify(json),
    });
    for (const old of this.#iterations().slice(this.#keep)) rmSync(this.#path(old), { force: true });
  }

  /**
   * Puts the newest checkpoint's content into the state.
   * @returns the progress; undefined where there is no checkpoint
   * @throws UserError naming the file where it is damaged or of another model
   */
  load(): TrainingProgress | undefined {
    const [newest] = this.#iterations();
    if (newest === undefined) return undefined;
    const path = this.#path(newest);
    const { model, optimizer, average } = this.#state;
    return tidy(() => {
      const { tensors, metadata } = loadTensors(path);
      if (metadata.progress === undefined || metadata.optimizer === undefined) {
        throw new UserError(`${path} is no training checkpoint: delete it to go on from the one before`);
      }
      const { progress, optimizer: json } = metadata;
      inFile(path, () => {
        model.loadStateDict(under(tensors, MODEL));
        optimizer.loadState({ tensors: under(tensors, OPTIMIZER), json: JSON.parse(json) });
        average?.load(under(tensors, AVERAGE));
      });
      return JSON.parse(progress) as TrainingProgress;
    });
  }

  #path(iteration: number): string {
    return join(this.#folder, `checkpoint-${iteration}.safetensors`);
  }

  /** Of the checkpoints there are, the newest first. */
  #iterations(): number[] {
    try {
      return readdirSync(this.#folder)
        .flatMap((name) => name.match(/^checkpoint-(\d+)\.safetensors$/)?.[1] ?? [])
        .map(Number)
        .sort((a, b) => b - a);
    } catch (error) {
      throw fileError("read", this.#folder, error);
    }
  }
}

function under(tensors: ReadonlyMap<string, Tensor>, prefix: string): Map<string, Tensor> {
  return new Map(
    [...tensors]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, tensor]) => [name.slice(prefix.length), tensor]),
  );
}
