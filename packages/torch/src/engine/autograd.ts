import { requireArray, requireFunction, requireInstance, requireOptions } from "@supernet/base";
import { native } from "./native.js";
import { type GraphOptions, Tensor, wrap } from "./tensor.js";

function withGradMode<T>(name: string, enabled: boolean, body: () => T): T {
  requireFunction(`${name}: body`, body);
  const before = native.setGradEnabled(enabled);
  try {
    return body();
  } finally {
    native.setGradEnabled(before);
  }
}

/** Runs synchronous `body` without recording it for differentiation. */
export const noGrad = <T>(body: () => T): T => withGradMode("noGrad", false, body);

/** Runs synchronous `body` recording it, also inside `noGrad`. */
export const enableGrad = <T>(body: () => T): T => withGradMode("enableGrad", true, body);

export interface GradOptions extends GraphOptions {
  /** One weight of each output, of its shape. */
  gradients?: readonly Tensor[];
}

/**
 * The derivatives of `outputs` with respect to `inputs`, which need not be leaves; `grad` of leaves is untouched.
 * @returns one tensor an input, undefined if the outputs do not depend on it
 */
export function grad(
  outputs: readonly Tensor[],
  inputs: readonly Tensor[],
  options: GradOptions = {},
): (Tensor | undefined)[] {
  requireOptions<GradOptions>("grad", options, ["gradients", "retainGraph", "createGraph"]);
  const { gradients, createGraph = false, retainGraph = createGraph } = options;
  const result = native.gradOf(
    handlesOf("outputs", outputs),
    handlesOf("inputs", inputs),
    gradients && handlesOf("gradients", gradients),
    retainGraph,
    createGraph,
  );
  return result.map((handle) => (handle === 0 ? undefined : wrap(handle)));
}

function handlesOf(name: string, tensors: readonly Tensor[]): number[] {
  requireArray(`grad: ${name}`, tensors);
  for (const tensor of tensors) requireInstance(`grad: ${name}`, tensor, Tensor);
  return tensors.map(({ h }) => h);
}
