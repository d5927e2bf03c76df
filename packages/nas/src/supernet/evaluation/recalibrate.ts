import { requireFunction, requireInstance } from "@supernet/base";
import { nn, noGrad, tidy } from "@supernet/torch";

/** Runs `body` while all batch-norms of `model` use batch statistics, then restores their modes. */
async function withBatchNormTraining<T>(
  model: nn.Module,
  body: (norms: nn.BatchNorm2d[]) => Promise<T>,
): Promise<T> {
  const norms: nn.BatchNorm2d[] = [];
  for (const [, module] of model.namedModules()) if (module instanceof nn.BatchNorm2d) norms.push(module);
  const before = norms.map(({ training, momentum }) => ({ training, momentum }));
  try {
    for (const norm of norms) norm.training = true;
    return await body(norms);
  } finally {
    for (const [i, norm] of norms.entries()) Object.assign(norm, before[i]);
  }
}

/**
 * Recomputes the batch-norm statistics of the active subnet as the mean over `batches`. The statistics collected while
 * training a single-path supernet mix all subnets, so evaluate a subnet only after recalibration
 * ([Guo et al., 2020](https://arxiv.org/abs/1904.00420), section 3.4).
 *
 * @example
 * supernet.activate(subnet);
 * await recalibrateBatchNorm(supernet, batches, (images) => supernet.forward(images));
 * @param forward runs the model on one batch, without gradients
 */
export async function recalibrateBatchNorm<B>(
  model: nn.Module,
  batches: AsyncIterable<B> | Iterable<B>,
  forward: (batch: B) => void,
): Promise<void> {
  requireInstance("recalibrateBatchNorm: model", model, nn.Module);
  requireFunction("recalibrateBatchNorm: forward", forward);
  await withBatchNormTraining(model, async (norms) => {
    if (norms.length === 0) return;
    for (const norm of norms) {
      norm.momentum = null;
      norm.resetRunningStats();
    }
    for await (const batch of batches) {
      noGrad(() =>
        tidy(() => {
          // Returning the output would keep it alive beyond the scope.
          forward(batch);
        }),
      );
    }
  });
}

/**
 * Runs `body` while batch-norms normalize each batch by its own statistics. Running statistics do not change.
 *
 * @example
 * const logits = await withBatchStatistics(model, async () => noGrad(() => model.forward(images)));
 * @returns the result of `body`
 */
export async function withBatchStatistics<T>(model: nn.Module, body: () => Promise<T>): Promise<T> {
  requireInstance("withBatchStatistics: model", model, nn.Module);
  requireFunction("withBatchStatistics: body", body);
  return withBatchNormTraining(model, async (norms) => {
    for (const norm of norms) norm.momentum = 0;
    return body();
  });
}
