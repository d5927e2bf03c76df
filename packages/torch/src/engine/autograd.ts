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

/**
 * Runs synchronous `body` without recording it for differentiation.
 *
 * @example
 * const scores = noGrad(() => model.forward(images));
 */
export const noGrad = <T>(body: () => T): T => withGradMode("noGrad", false, body);

/** Runs synchronous `body` with recording for differentiation, even inside `noGrad`. */
export const enableGrad = <T>(body: () => T): T => withGradMode("enableGrad", true, body);

export interface GradOptions extends GraphOptions {
  /** Weights of each output's elements, with the output's shape. Default: 1, which only scalar outputs allow. */
  gradients?: readonly Tensor[];
}

/**
 * Returns the derivatives of `outputs` with respect to `inputs`, which need not be leaves. Does not change any `grad`.
 *
 * @example
 * const x = tensor([2], { requiresGrad: true });
 * const [dx] = grad([x.pow(3)], [x]); // [12]
 *
 * @returns one tensor per input; undefined if the outputs do not depend on it
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
