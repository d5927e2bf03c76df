import { native } from "./native.js";

/** Tensors created since a scope was entered. */
export interface Scope {
  readonly tensors: Owned[];
  readonly parent: Scope | undefined;
}

let current: Scope | undefined;

/** The handle of a native tensor, and the rules by which it is released. */
export abstract class Owned {
  /** @internal Index in the native table; 0 once released. */
  h: number;
  /** @internal True if the tensor was taken out of all scopes. */
  kept = false;
  /** @internal True while a scope that returns the tensor ends. */
  escaping = false;
  /** @internal True if the tensor is registered with the garbage collector. */
  watched = false;

  constructor(h: number) {
    this.h = h;
  }

  get disposed(): boolean {
    return this.h === 0;
  }

  /** Takes the tensor out of all scopes: it lives until `dispose()` or until nothing refers to it. */
  keep(): this {
    if (!this.kept) {
      this.kept = true;
      adopt(this);
    }
    return this;
  }

  /** Releases this tensor now. Views of it and recorded gradients keep the memory they need. */
  dispose(): void {
    if (this.h === 0) return;
    if (this.watched) registry.unregister(this);
    native.release(this.h);
    this.h = 0;
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}

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
