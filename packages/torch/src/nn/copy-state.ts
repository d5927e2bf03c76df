import { noGrad, type Tensor, tidy } from "../engine/index.js";
import type { Module } from "./module.js";

/** Copies of a module's parameters and buffers by their names, outside of all scopes: dispose of them when done. */
export function copyState(module: Module): Map<string, Tensor> {
  return noGrad(() =>
    tidy(() => new Map(Array.from(module.stateDict(), ([name, live]) => [name, live.clone().keep()]))),
  );
}
