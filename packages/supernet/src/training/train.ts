import { type nn, optim, type Tensor, tidy } from "@supernet/torch";
import { UserError } from "@supernet/torch/errors";
import { loadCheckpoint, saveCheckpoint, type TrainingProgress } from "./checkpoint.js";
import type { LoopHost } from "./host.js";
import { makeOptimizer, makeSchedule, type TrainingSettings } from "./optimizer.js";

export interface Training<Batch> {
  readonly model: nn.Module;
  readonly settings: TrainingSettings;
  /** Images in the training set, from which epochs are counted. */
  readonly images: number;
  /** The batches from one iteration on; each iteration's batch depends on nothing but its number. */
  readonly batches: (from: number, to: number) => AsyncIterable<Batch>;
  /** The named losses of a batch, each a scalar; their sum is minimised. Draws chance from `iteration` alone. */
  readonly losses: (batch: Batch, iteration: number) => Readonly<Record<string, Tensor>>;
  /** Figures of the model on held-out images. */
  readonly evaluate: () => Promise<Readonly<Record<string, number>>>;
}

/** Iterations between two lines of metrics. */
const LOG_EVERY = 10;

/** Iterations of one pass over the images; what does not fill a batch is left to the next pass's order. */
export const iterationsPerEpoch = (images: number, batchSize: number): number =>
  Math.max(1, Math.floor(images / batchSize));

export function iterationsOf({ epochs, batchSize }: TrainingSettings, images: number): number {
  return Math.max(1, Math.round(epochs * iterationsPerEpoch(images, batchSize)));
}

/**
 * Trains a model from its checkpoint, or from the start, to the end. All that an iteration does hangs on the
 * recipe, the weights and the iteration's number, so a resumed run ends as an unbroken one.
 * @throws UserError where a loss is no longer finite
 */
export async function train<Batch>(training: Training<Batch>, host: LoopHost): Promise<void> {
  const { model, settings, images } = training;
  const perEpoch = iterationsPerEpoch(images, settings.batchSize);
  const iterations = iterationsOf(settings, images);
  const optimizer = makeOptimizer(model, settings);
  const schedule = makeSchedule(settings, iterations, perEpoch);
  const evaluateEvery = settings.evaluateEvery && Math.max(1, Math.round(settings.evaluateEvery * perEpoch));

  const saved = loadCheckpoint(host.checkpoint, model, optimizer);
  let iteration = saved?.iteration ?? 0;
  const means = new RunningMeans(saved);
  host.begin(iteration, iterations);
  for await (const batch of training.batches(iteration, iterations)) {
    model.train();
    optimizer.lr = settings.lr * schedule(iteration);
    const latest = step(training, optimizer, batch, iteration);
    means.add(latest);
    iteration++;
    const done = iteration === iterations;

    if (iteration % LOG_EVERY === 0 || done) {
      host.record({ iteration, epoch: iteration / perEpoch, lr: optimizer.lr, ...means.take() });
    }
    if (done || (evaluateEvery && iteration % evaluateEvery === 0)) {
      const figures = await training.evaluate();
      host.record({ iteration, epoch: iteration / perEpoch, ...figures });
    }
    host.progress(iteration, `loss ${latest.loss!.toFixed(3)}`);
    const stop = await host.stopRequested();
    if (!done && (stop || iteration % settings.checkpointEvery === 0)) {
      saveCheckpoint(host.checkpoint, model, optimizer, { iteration, ...means.toJson() });
    }
    if (stop && !done) throw host.interrupted();
  }
}

function step<Batch>(
  { model, settings, losses }: Training<Batch>,
  optimizer: optim.Optimizer,
  batch: Batch,
  iteration: number,
): Record<string, number> {
  return tidy(() => {
    const parts = Object.entries(losses(batch, iteration));
    const total = parts.map(([, loss]) => loss).reduce((sum, loss) => sum.add(loss));
    total.backward();
    const values = Object.fromEntries(
      [...parts, ["loss", total] as const].map(([name, loss]) => [name, loss.item()]),
    );
    if (!Number.isFinite(values.loss)) {
      throw new UserError(
        `the loss is ${values.loss} at iteration ${iteration}: lower lr, lengthen warmup or set clipGradNorm`,
      );
    }
    if (settings.clipGradNorm !== null) optim.clipGradNorm(model.parameters(), settings.clipGradNorm);
    optimizer.step();
    optimizer.zeroGrad();
    return values;
  });
}

/** Means of the losses since the last line of metrics. */
class RunningMeans {
  #sums: Record<string, number>;
  #count: number;

  constructor(saved?: TrainingProgress) {
    this.#sums = { ...saved?.sums };
    this.#count = saved?.count ?? 0;
  }

  add(values: Readonly<Record<string, number>>): void {
    this.#count++;
    for (const [name, value] of Object.entries(values)) this.#sums[name] = (this.#sums[name] ?? 0) + value;
  }

  /** The means so far; counting begins anew. */
  take(): Record<string, number> {
    const means = Object.entries(this.#sums).map(([name, sum]) => [name, sum / this.#count] as const);
    this.#sums = {};
    this.#count = 0;
    return Object.fromEntries(means);
  }

  toJson(): { sums: Record<string, number>; count: number } {
    return { sums: this.#sums, count: this.#count };
  }
}
