import { requireFunction } from "@supernet/base";
import { native } from "./native.js";
import { adopt, enterScope, leaveScope, type Scope } from "./ownership.js";
import { Tensor } from "./tensor.js";

let released = new Int32Array(1024);

/**
 * Runs `body` and releases every tensor created in it, except those that it returns (directly, or in arrays, Maps and
 * plain objects) and those marked with `keep()`. Scopes nest: the result of one belongs to the enclosing one. Autograd
 * keeps its own references, so releasing a tensor that a later backward pass needs is safe.
 *
 * @example
 * const loss = tidy(() => nn.crossEntropy(model.forward(images), labels).item());
 *
 * @param body synchronous function
 * @throws Error if `body` is asynchronous, because its tensors would be released before it ends
 */
export function tidy<T>(body: () => T): T {
  requireFunction("tidy: body", body);
  const scope = enterScope();
  let result: T;
  try {
    result = body();
    if (result instanceof Promise)
      throw new Error("tidy: body must be a synchronous function: await outside it");
    markEscaping(result, true);
  } catch (error) {
    leaveScope(scope);
    release(scope);
    throw error;
  }
  leaveScope(scope);
  release(scope);
  return result;
}

function markEscaping(value: unknown, escaping: boolean): void {
  if (value instanceof Tensor) {
    value.escaping = escaping;
  } else if (Array.isArray(value) || value instanceof Map || value instanceof Set) {
    for (const item of value instanceof Map ? value.values() : value) markEscaping(item, escaping);
  } else if (
    typeof value === "object" &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype
  ) {
    for (const item of Object.values(value)) markEscaping(item, escaping);
  }
}

function release(scope: Scope): void {
  const { tensors } = scope;
  if (released.length < tensors.length) released = new Int32Array(tensors.length * 2);
  let count = 0;
  for (const tensor of tensors) {
    if (tensor.h === 0) continue;
    if (tensor.escaping || tensor.kept) {
      tensor.escaping = false;
      adopt(tensor);
    } else {
      released[count++] = tensor.h;
      tensor.h = 0;
    }
  }
  if (count > 0) native.releaseMany(released, count);
}
