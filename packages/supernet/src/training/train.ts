import { Random } from "@supernet/base";
import { setDropPath } from "@supernet/nas/supernet";
import { manualSeed, memory, type nn, optim, resetPeakMemory } from "@supernet/torch";
import type { Shard } from "@supernet/vision";
import type { LoopContext } from "../run/loop-context.js";
import type { ImageArrays } from "./batches.js";
import { type Best, loadBest, saveBest } from "./best.js";
import { Checkpoints } from "./checkpoint.js";
import { allFinite, diverged } from "./divergence.js";
import { evaluateWith } from "./evaluation.js";
import { type Differentiable, gradientsOf } from "./gradients.js";
import { lengthOf } from "./length.js";
import { RunningMeans } from "./means.js";
import { learningRate, makeOptimizer } from "./optimizer.js";
import type { Paths } from "./paths.js";
import { checkPrecision } from "./precision.js";
import { ranksOf } from "./ranks.js";
import { Watch, warn } from "./watch.js";

export interface Training<Batch extends ImageArrays> extends Differentiable<Batch> {
  readonly model: nn.Module;
  /** Images in the training set, from which epochs are counted. */
  readonly images: number;
  /** A rank's part of the batches from one iteration on, cut into micro-batches; each depends on its iteration alone. */
  readonly batches: (from: number, to: number, shard: Shard) => AsyncIterable<readonly Batch[]>;
  /** The subnets that iterations train; left out where the model is one network. */
  readonly paths?: Paths | undefined;
  /** What the engine draws by itself, drop path, hangs on it and on the iteration. */
  readonly seed: number;
  /** Figures of the model on held-out images. */
  readonly evaluate: () => Promise<Readonly<Record<string, number>>>;
  /** The figure that tells the best weights, higher being better. */
  readonly metric: string;
}

/** Iterations between two lines of metrics. */
const LOG_EVERY = 10;

/**
 * Trains a model from its newest checkpoint, or from the start, to the end, and leaves the resulting weights in it.
 * All that an iteration does hangs on the recipe, the weights and the iteration's number, so a resumed run ends as
 * an unbroken one. Where the host has a world, each of its ranks has to be here, and all do the same steps with the same
 * weights; rank 0 alone evaluates, and writes files.
 * @throws UserError where a loss or a gradient is no longer finite, the training ends before a setting comes to
 *   bear, the batch does not divide among the ranks, or the device has not the precision
 */
export async function train<Batch extends ImageArrays>(
  training: Training<Batch>,
  host: LoopContext,
): Promise<void> {
  const { model, settings, paths, seed, metric } = training;
  checkPrecision(settings.precision, training.device, host.step);
  const length = lengthOf(settings, training.images, host.step);
  const { iterations, perEpoch, evaluateEvery } = length;
  const lrAt = learningRate(settings, length);
  setDropPath(model, settings.dropPath ?? 0);
  const parameters = model.parameters();
  const ranks = ranksOf(host.world, model, settings, host.step);
  const first = ranks.rank === 0;
  const optimizer = makeOptimizer(model, settings);
  const average = settings.emaDecay === null ? undefined : new optim.WeightAverage(model, settings.emaDecay);

  const state = { model, optimizer, average };
  const checkpoints = new Checkpoints(host.folder, settings.keepLast, state);
  const saved = ranks.share(state, first ? checkpoints.load(host.log) : undefined);
  const means = new RunningMeans(saved?.means);
  const watch = new Watch(saved?.recent);
  let best: Best | undefined = saved?.best;
  let iteration = saved?.iteration ?? 0;
  host.begin(iteration, iterations);
  resetPeakMemory();

  for await (const batch of training.batches(iteration, iterations, ranks)) {
    model.train();
    // Each rank drops other branches of its images.
    manualSeed(Random.of(seed, host.step, "engine", iteration, ...(first ? [] : [ranks.rank])).uint32());
    const active = paths && { subnets: paths.sampler.at(iteration), activate: paths.activate };
    const { figures, losses } = gradientsOf(training, parameters, batch, iteration, active, ranks);
    optimizer.lr = lrAt(iteration);
    iteration++;
    if (!allFinite(figures)) {
      const here = ranks.saying(!losses.every(Number.isFinite));
      const { rank } = ranks;
      throw diverged(host, { iteration, figures, losses, subnets: active?.subnets, batch, rank, here });
    }
    optimizer.step();
    optimizer.zeroGrad();
    average?.update(iteration);

    const done = iteration === iterations;
    const at = { iteration, epoch: iteration / perEpoch };
    means.add(figures);
    for (const rise of watch.add(figures)) warn(host, iteration, rise);
    if (done || iteration % LOG_EVERY === 0) host.record({ ...at, lr: optimizer.lr, ...means.take() });

    if (done || iteration % evaluateEvery === 0) {
      await ranks.onFirst(async () => {
        const found = await evaluateWith(model, average?.weights, training.evaluate);
        host.record({ ...at, ...found });
        const value = found[metric]!;
        if (settings.evaluateEvery !== null && value > (best?.value ?? Number.NEGATIVE_INFINITY)) {
          best = { iteration, value };
          saveBest(host.folder, average?.weights ?? model.stateDict(), metric, best);
        }
      });
    }

    host.progress(iteration, `loss ${figures.loss!.toFixed(3)}${peakNote(training.device)}`);
    const stop = ranks.saying(await host.stopRequested()).length > 0;
    if (first && !done && (stop || iteration % settings.checkpointEvery === 0)) {
      checkpoints.save({ iteration, means: means.toJson(), recent: watch.toJson(), best });
    }
    if (stop && !done) throw host.interrupted();
  }
  // What comes of it is rank 0's to hand on.
  if (!first) return;
  if (settings.result === "best") loadBest(host.folder, model);
  else if (average) model.loadStateDict(average.weights);
}

/**
 * The most memory that tensors took so far, which says whether a larger batch fits. It is shown, not recorded: a resumed
 * run may have another. On other devices than the CPU it is not counted.
 */
const peakNote = (device: string): string =>
  device === "cpu" ? `  peak ${(memory().peak / 2 ** 20).toFixed(0)} MiB` : "";
