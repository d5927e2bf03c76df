import { requireInstance, requireIterable, requireNumber } from "@supernet/base";
import { noGrad, ops, Tensor, tidy } from "../engine/index.js";
import type { Parameter } from "../nn/module.js";

/**
 * Scales all gradients by the same factor so that their joint Euclidean norm is at most `maxNorm`. Use Infinity to
 * compute only the norm.
 *
 * @example
 * loss.backward();
 * optim.clipGradNorm(model.parameters(), 1);
 * optimizer.step();
 *
 * @returns the norm before scaling. If it is not finite, the gradients are not changed, and you should skip the step
 */
export function clipGradNorm(parameters: Iterable<Parameter>, maxNorm: number): number {
  requireIterable("clipGradNorm: parameters", parameters);
  requireNumber("clipGradNorm: maxNorm", maxNorm, { min: 0 });
  return noGrad(() =>
    tidy(() => {
      const gradients: Tensor[] = [];
      for (const parameter of parameters) {
        requireInstance("clipGradNorm: parameters", parameter, Tensor);
        const gradient = parameter.grad;
        if (gradient !== undefined) gradients.push(gradient);
      }
      if (gradients.length === 0) return 0;
      const total = ops.linalgVectorNorm(ops.stack(ops._foreachNorm(gradients, 2))).item();
      const scale = maxNorm / (total + 1e-6);
      if (Number.isFinite(total) && scale < 1) ops._foreachMul_(gradients, scale);
      return total;
    }),
  );
}
