import { native } from "./native.js";
import type { Tensor } from "./tensor.js";

/** The tensors made since a scope was entered. */
export interface Scope {
  readonly tensors: Tensor[];
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

/** Hands a tensor to the scope in force; outside of any, the garbage collector releases it as a net. */
export function adopt(tensor: Tensor): void {
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
const unwatched: Tensor[] = [];
let scheduled = false;

function watchLater(tensor: Tensor): void {
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

export function unwatch(tensor: Tensor): void {
  if (tensor.watched) registry.unregister(tensor);
}
