import { requireFunction, requireInstance } from "@supernet/base";
import { nn, noGrad, tidy } from "@supernet/torch";

/** Runs `body` with every batch-norm of `model` normalising by the batch, then puts each back as it was. */
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
 * Computes the batch-norm statistics of the active subnet anew, as the plain mean over `batches`: in a
 * single-path supernet those gathered in training belong to no path in particular (Guo et al., 2020, sec. 3.4).
 * @param forward runs the model on one batch; not differentiated
 */
export async function recalibrateBatchNorm<B>(
  model: nn.Module,
  batches: AsyncIterable<B> | Iterable<B>,
  forward: (batch: B) => void,
): Promise<void> {
  requireInstance("recalibrateBatchNorm: model", model, nn.Module);
  requireFunction("recalibrateBatchNorm: forward", forward);
  await withBatchNormTraining(model, async (norms) => {
    // What is not gathered need not be run.
    if (norms.length === 0) return;
    for (const norm of norms) {
      norm.momentum = null;
      norm.resetRunningStats();
    }
    for await (const batch of batches) {
      noGrad(() =>
        tidy(() => {
          // What it returns is of no use, and would escape the scope.
          forward(batch);
        }),
      );
    }
  });
}

/** Runs `body` with each batch normalised by its own statistics; the running ones stay as they are. */
export async function withBatchStatistics<T>(model: nn.Module, body: () => Promise<T>): Promise<T> {
  requireInstance("withBatchStatistics: model", model, nn.Module);
  requireFunction("withBatchStatistics: body", body);
  return withBatchNormTraining(model, async (norms) => {
    for (const norm of norms) norm.momentum = 0;
    return body();
  });
}
