import { join } from "node:path";
import { UserError } from "@supernet/base";
import { type nn, type Tensor, tidy } from "@supernet/torch";
import { isIntact, loadIntact, saveWithDigest } from "./intact.js";

/** The best evaluation of a training so far: plain JSON. */
export interface Best {
  readonly iteration: number;
  /** Of the task metric, higher is better. */
  readonly value: number;
}

const fileIn = (folder: string): string => join(folder, "best.safetensors");

/** Keeps weights as the best so far. */
export function saveBest(
  folder: string,
  weights: ReadonlyMap<string, Tensor>,
  metric: string,
  { iteration, value }: Best,
): void {
  saveWithDigest(fileIn(folder), weights, { iteration: String(iteration), metric, value: String(value) });
}

export function loadBest(folder: string, model: nn.Module): void {
  const path = fileIn(folder);
  tidy(() => {
    const file = loadIntact(path);
    if (file === undefined) throw new UserError(`${path} is missing or damaged: run again with --resume`);
    model.loadStateDict(file.tensors);
  });
}

/** Whether best weights were kept, and are whole. */
export const bestIsThere = (folder: string): boolean => isIntact(fileIn(folder));
