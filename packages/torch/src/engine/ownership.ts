import { native } from "./native.js";

/** The part of a tensor that decides when it is released. */
export interface Owned {
  /** @internal Handle: index in the native table, 0 once released. */
  h: number;
  /** @internal True if the tensor was taken out of all scopes. */
  kept: boolean;
  /** @internal True while a scope that returns the tensor ends. */
  escaping: boolean;
  /** @internal True if the tensor is registered with the garbage collector. */
  watched: boolean;
}

/** Tensors created since a scope was entered. */
export interface Scope {
  readonly tensors: Owned[];
  readonly parent: Scope | undefined;
}

let current: Scope | undefined;

export function enterScope(): Scope {
  current = { tensors: [], parent: current };
  return current;
}

export function leaveScope(scope: Scope): void {
  current = scope.parent;
}

/** Adds a tensor to the current scope. Outside of scopes, the garbage collector releases it as a safety net. */
export function adopt(tensor: Owned): void {
  if (current !== undefined && !tensor.kept) current.tensors.push(tensor);
  else watchLater(tensor);
}

// The collector is told how much memory tensors hold when it gets some to release, and when it has. What a scope holds
// for a while is none of its business: told of that as well, it would run in every step of a training.
const registry = new FinalizationRegistry<number>((handle) => {
  native.release(handle);
  native.reportMemory();
});

// Registering costs more than a small operator. Tensors that are disposed of soon after they were made never
// need it, so registration waits until the running job ends (or many have gathered).
const unwatched: Owned[] = [];
let scheduled = false;

function watchLater(tensor: Owned): void {
  if (tensor.watched) return;
  unwatched.push(tensor);
  if (unwatched.length >= 4096) watchAll();
  else if (!scheduled) {
    scheduled = true;
    queueMicrotask(watchAll);
  }
}

function watchAll(): void {
  scheduled = false;
  for (const tensor of unwatched) {
    if (tensor.h === 0 || tensor.watched) continue;
    tensor.watched = true;
    registry.register(tensor, tensor.h, tensor);
  }
  unwatched.length = 0;
  native.reportMemory();
}

export function unwatch(tensor: Owned): void {
  if (tensor.watched) registry.unregister(tensor);
}
