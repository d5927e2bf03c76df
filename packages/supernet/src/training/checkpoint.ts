import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileError, withErrorPrefix } from "@supernet/base";
import { type nn, type optim, type Tensor, tidy } from "@supernet/torch";
import { type Best, bestIsThere } from "./best.js";
import { checkpointIteration, checkpointName } from "./checkpoint-name.js";
import { loadIntact, saveWithDigest } from "./intact.js";
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
    saveWithDigest(this.#path(progress.iteration), all, {
      progress: JSON.stringify(progress),
      optimizer: JSON.stringify(json),
    });
    for (const old of this.#iterations().slice(this.#keep)) rmSync(this.#path(old), { force: true });
  }

  /**
   * Puts the newest checkpoint's content into the state. One that is damaged, as after a power cut, is removed and the
   * one before it taken: an iteration depends on its number alone, so that those done again end the same.
   * @param say told of what was damaged
   * @returns the progress; undefined where there is no checkpoint
   * @throws UserError naming the file where it is of another model
   */
  load(say: (line: string) => void): TrainingProgress | undefined {
    for (const iteration of this.#iterations()) {
      const path = this.#path(iteration);
      const progress = tidy(() => this.#restore(path));
      if (progress) return progress;
      say(
        `${path} is damaged, or the best weights that belong to it are: going on from what was there before it`,
      );
      rmSync(path, { force: true });
    }
    return undefined;
  }

  /** Undefined where the file is damaged, or the best weights that it counts on; the state is as it was then. */
  #restore(path: string): TrainingProgress | undefined {
    const file = loadIntact(path);
    const { progress: saved, optimizer: savedOptimizer } = file?.metadata ?? {};
    if (file === undefined || saved === undefined || savedOptimizer === undefined) return undefined;
    const progress: TrainingProgress = JSON.parse(saved);
    if (progress.best && !bestIsThere(this.#folder)) return undefined;
    const { model, optimizer, average } = this.#state;
    withErrorPrefix(path, () => {
      model.loadStateDict(under(file.tensors, MODEL));
      optimizer.loadState({ tensors: under(file.tensors, OPTIMIZER), json: JSON.parse(savedOptimizer) });
      average?.load(under(file.tensors, AVERAGE));
    });
    return progress;
  }

  #path(iteration: number): string {
    return join(this.#folder, checkpointName(iteration));
  }

  /** Of the checkpoints there are, the newest first. */
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

function under(tensors: ReadonlyMap<string, Tensor>, prefix: string): Map<string, Tensor> {
  return new Map(
    [...tensors]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, tensor]) => [name.slice(prefix.length), tensor]),
  );
}
