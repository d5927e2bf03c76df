import { type nn, optim, type Tensor, tidy } from "@supernet/torch";
import type { TrainingSettings } from "../recipe/training-schema.js";
import { inPrecision } from "./precision.js";

/** What the gradients of a batch hang on. */
export interface Differentiable<Batch> {
  readonly settings: TrainingSettings;
  readonly device: string;
  /**
   * The named losses of a micro-batch, each a scalar; their sum is minimised.
   * @param pass counts the forward passes of the whole training; chance is drawn from it alone
   */
  readonly losses: (batch: Batch, pass: number) => Readonly<Record<string, Tensor>>;
}

/**
 * Leaves in the parameters the gradients of a batch: the mean of its micro-batches', clipped as the settings say.
 * @returns the mean of each loss, `loss`, their sum, and `gradNorm`, the gradients' 2-norm before it was clipped
 */
export function gradientsOf<Batch>(
  { settings, device, losses }: Differentiable<Batch>,
  parameters: readonly nn.Parameter[],
  batch: readonly Batch[],
  iteration: number,
): Record<string, number> {
  const means: Record<string, number> = {};
  for (const [k, part] of batch.entries()) {
    tidy(() => {
      const pass = iteration * batch.length + k;
      const named = Object.entries(inPrecision(settings.precision, device, () => losses(part, pass)));
      const loss = named.map(([, one]) => one).reduce((sum, one) => sum.add(one));
      loss.div(batch.length).backward();
      for (const [name, one] of [...named, ["loss", loss] as const]) {
        means[name] = (means[name] ?? 0) + one.item() / batch.length;
      }
    });
  }
  const gradNorm = optim.clipGradNorm(parameters, settings.clipGradNorm ?? Number.POSITIVE_INFINITY);
  return { ...means, gradNorm };
}
