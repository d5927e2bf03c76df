import { join } from "node:path";
import { loadTensors, type nn, saveTensors, type Tensor, tidy } from "@supernet/torch";
import { loadIntact } from "./intact.js";

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
  saveTensors(fileIn(folder), weights, { iteration: String(iteration), metric, value: String(value) });
}

export function loadBest(folder: string, model: nn.Module): void {
  tidy(() => void model.loadStateDict(loadTensors(fileIn(folder)).tensors));
}

/** Whether best weights were kept, and are whole. */
export const bestIsThere = (folder: string): boolean => tidy(() => loadIntact(fileIn(folder)) !== undefined);
