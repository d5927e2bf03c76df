import { native } from "./native.js";

/** Tensors created since a scope was entered. */
export interface Scope {
  readonly tensors: Owned[];
  readonly parent: Scope | undefined;
}

let current: Scope | undefined;

/** Handle of a native tensor, with the rules for its release. */
export abstract class Owned {
  /** @internal Index in the native table; 0 after release. */
  h: number;
  /** @internal True if the tensor was removed from all scopes. */
  kept = false;
  /** @internal True while a scope that returns the tensor is ending. */
  escaping = false;
  /** @internal True if the tensor is registered with the garbage collector. */
  watched = false;

  constructor(h: number) {
    this.h = h;
  }

  /** Whether the tensor has been released. */
  get disposed(): boolean {
    return this.h === 0;
  }

  /** Removes the tensor from all scopes. It lives until `dispose()` is called or nothing refers to it. */
  keep(): this {
    if (!this.kept) {
      this.kept = true;
      adopt(this);
    }
    return this;
  }

  /** Releases this tensor now. Views of it and recorded gradients keep the memory that they need. */
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

/** Adds a tensor to the current scope. Outside all scopes, the garbage collector releases it as a safety net. */
export function adopt(tensor: Owned): void {
  if (current !== undefined && !tensor.kept) current.tensors.push(tensor);
  else watchLater(tensor);
}

// V8 is informed of tensor memory only when tensors are registered with the collector, or released by it. If it were
// also informed of memory that scopes hold for a while, it would collect in every training step.
const registry = new FinalizationRegistry<number>((handle) => {
  native.release(handle);
  native.reportMemory();
});

// Registration costs more than a small operator. Tensors that are disposed of soon never need it, so it waits until the
// current job ends or many tensors are pending.
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
