import { native } from "./native.js";
import { type Tensor, wrap } from "./tensor.js";

function withGradMode<T>(enabled: boolean, body: () => T): T {
  const before = native.setGradEnabled(enabled);
  try {
    return body();
  } finally {
    native.setGradEnabled(before);
  }
}

/** Runs synchronous `body` without recording it for differentiation. */
export const noGrad = <T>(body: () => T): T => withGradMode(false, body);

/** Runs synchronous `body` recording it, also inside `noGrad`. */
export const enableGrad = <T>(body: () => T): T => withGradMode(true, body);

/**
 * The derivatives of `outputs` with respect to `inputs`, which need not be leaves; `grad` of leaves is untouched.
 * @returns one tensor an input, undefined if the outputs do not depend on it
 */
export function grad(
  outputs: readonly Tensor[],
  inputs: readonly Tensor[],
  options: { gradients?: readonly Tensor[]; retainGraph?: boolean; createGraph?: boolean } = {},
): (Tensor | undefined)[] {
  const handles = (tensors: readonly Tensor[]) => tensors.map((tensor) => tensor.h);
  const createGraph = options.createGraph ?? false;
  const result = native.gradOf(
    handles(outputs),
    handles(inputs),
    options.gradients && handles(options.gradients),
    options.retainGraph ?? createGraph,
    createGraph,
  );
  return result.map((handle) => (handle === 0 ? undefined : wrap(handle)));
}
