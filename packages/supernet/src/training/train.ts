import { Random, requireFunction, requireInstance, requireObject, requireOptions } from "@supernet/base";
import { setDropPath } from "@supernet/nas/supernet";
import { manualSeed, memory, nn, optim, resetPeakMemory, type Tensor } from "@supernet/torch";
import type { Shard } from "@supernet/vision";
import type { LoopContext } from "../run/loop-context.js";
import type { ImageArrays } from "./batches.js";
import { type BestEvaluation, Checkpoints, loadBestCheckpoint, saveBestCheckpoint } from "./checkpoints.js";
import { accumulateGradients, type TrainingObjective } from "./gradients.js";
import { allFinite, divergenceError, reportSpike, SpikeDetector } from "./health.js";
import { createOptimizer, learningRateAt } from "./optimizer.js";
import { checkPrecision } from "./precision.js";
import { createRanks } from "./ranks.js";
import { RunningMeans } from "./running-means.js";
import type { SubnetSampling } from "./sampling.js";
import { resolveSchedule } from "./schedule.js";

/** A model, its data, and how to train and evaluate it. */
export interface Training<Batch extends ImageArrays> extends TrainingObjective<Batch> {
  readonly model: nn.Module;
  /** Number of images in the training set; it determines the length of an epoch. */
  readonly images: number;
  /** Returns a rank's part of the batches of iterations `from` to `to` - 1, each split into micro-batches. */
  readonly batches: (from: number, to: number, shard: Shard) => AsyncIterable<readonly Batch[]>;
  /** Subnets that iterations train; undefined if the model is a single network. */
  readonly subnetSampling?: SubnetSampling | undefined;
  /** Modules of the model that stay in evaluation mode. Their parameters should require no gradient. Default: none. */
  readonly frozen?: readonly nn.Module[] | undefined;
  /** Seed of the engine's random numbers, such as those of drop path. */
  readonly seed: number;
  /** Computes metrics of the model on held-out images. Default: it is not evaluated, as if `evaluateEvery` were null. */
  readonly evaluate?: (() => Promise<Readonly<Record<string, number>>>) | undefined;
  /** Name of the metric that selects the best weights; higher is better. */
  readonly metric: string;
}

const KEYS: readonly (keyof Training<ImageArrays>)[] = [
  "model",
  "settings",
  "device",
  "images",
  "batches",
  "subnetSampling",
  "frozen",
  "seed",
  "losses",
  "evaluate",
  "metric",
];

/** Iterations between two lines of metrics. */
const LOG_EVERY_ITERATIONS = 10;

/**
 * Trains a model to the end of its schedule, resuming from the newest checkpoint if there is one. On return, `model`
 * has the final weights. Every iteration depends only on the recipe, the weights and its number, so a resumed run ends
 * with the same weights as an uninterrupted one.
 *
 * With several ranks, all of them must call this. They take the same steps with the same weights. Only rank 0 evaluates
 * and writes files, and only its model gets the final weights.
 * @throws UserError if a loss or gradient is NaN or infinite, a setting would take effect only after the last
 *   iteration, the batch cannot be divided among the ranks, or the device does not support the precision
 * @example
 * const model = buildSeeded(context, "train", () => new SpaceClassifier(space, classes));
 * await train({ model, settings, device, images, batches, seed, losses, evaluate, metric: "accuracy" }, context.host);
 * saveWeights(context, model);
 */
export async function train<Batch extends ImageArrays>(
  training: Training<Batch>,
  host: LoopContext,
): Promise<void> {
  requireOptions<Training<Batch>>("train", training, KEYS);
  const { model, settings, subnetSampling, seed, metric } = training;
  const start = subnetSampling?.start;
  requireInstance("train: model", model, nn.Module);
  requireObject("train: settings", settings);
  for (const name of ["batches", "losses"] as const) requireFunction(`train: ${name}`, training[name]);
  const { evaluate } = training;
  if (evaluate !== undefined) requireFunction("train: evaluate", evaluate);
  requireObject("train: host", host);
  checkPrecision(settings.precision, training.device, host.step);
  const schedule = resolveSchedule(settings, training.images, host.step);
  const { iterations, perEpoch, evaluateEvery } = schedule;
  const learningRate = learningRateAt(settings, schedule);
  setDropPath(model, settings.dropPath ?? 0);
  const parameters = model.parameters();
  const ranks = createRanks(host.world, { model, settings, step: host.step });
  const { rank } = ranks;
  const isMainRank = rank === 0;
  const optimizer = createOptimizer(model, settings);
  const average = settings.emaDecay === null ? undefined : new optim.WeightAverage(model, settings.emaDecay);

  // Resume from the newest checkpoint.
  const state = { model, optimizer, average };
  const checkpoints = new Checkpoints(host.folder, settings.keepLast, state);
  const saved = ranks.broadcastState(state, isMainRank ? checkpoints.load(host.log) : undefined);
  const runningMeans = new RunningMeans(saved?.means);
  const spikeDetector = new SpikeDetector(saved?.recent);
  let best: BestEvaluation | undefined = saved?.best;
  let iteration = saved?.iteration ?? 0;
  host.begin(iteration, iterations);
  resetPeakMemory();

  for await (const batch of training.batches(iteration, iterations, ranks)) {
    // After the iterations that train only the largest subnet, the others start from it.
    if (start && iteration === start.after) {
      start.initialize();
      average?.load(model.stateDict());
    }

    // Forward and backward passes over all micro-batches and subnets.
    model.train();
    for (const module of training.frozen ?? []) module.eval();
    // Each rank drops different branches.
    manualSeed(Random.of(seed, host.step, "engine", iteration, ...(isMainRank ? [] : [rank])).uint32());
    const active = subnetSampling && {
      subnets: subnetSampling.sampler.at(iteration),
      activate: subnetSampling.activate,
      // While only the largest subnet is trained, there is nothing to weigh.
      ...(iteration >= (start?.after ?? 0) && { weigh: subnetSampling.sampler.weigh }),
    };
    const batchOptions = { parameters, batch, iteration, active, ranks };
    const { metrics, losses } = accumulateGradients(training, batchOptions);
    optimizer.lr = learningRate(iteration);
    iteration++;

    // Stop before the optimizer step if the loss or a gradient is not finite.
    if (!allFinite(metrics)) {
      const divergedRanks = ranks.ranksWithFlag(!losses.every(Number.isFinite));
      const subnets = active?.subnets;
      throw divergenceError(host, { iteration, metrics, losses, subnets, batch, rank, divergedRanks });
    }

    // Optimizer step.
    optimizer.step();
    optimizer.zeroGrad();
    average?.update(iteration);

    // Metrics and warnings.
    const isLast = iteration === iterations;
    const position = { iteration, epoch: iteration / perEpoch };
    runningMeans.add(metrics);
    for (const spike of spikeDetector.add(metrics)) reportSpike(host, iteration, spike);
    if (isLast || iteration % LOG_EVERY_ITERATIONS === 0) {
      host.record({ ...position, lr: optimizer.lr, ...runningMeans.flush() });
    }

    // Evaluation, on the main rank.
    if (evaluate && (isLast || iteration % evaluateEvery === 0)) {
      await ranks.onMainRank(async () => {
        const evaluated = await withWeights(model, average?.weights, evaluate);
        host.record({ ...position, ...evaluated });
        const value = evaluated[metric];
        if (value === undefined) throw new RangeError(`train: evaluate must return the metric ${metric}`);
        // Before the start of the other subnets, only the largest one is trained.
        const competes = settings.evaluateEvery !== null && iteration > (start?.after ?? 0);
        if (competes && value > (best?.value ?? Number.NEGATIVE_INFINITY)) {
          best = { iteration, value };
          saveBestCheckpoint(host.folder, average?.weights ?? model.stateDict(), metric, best);
        }
      });
    }

    // Checkpoint; stop if any rank was asked to.
    host.progress(iteration, `loss ${metrics.loss!.toFixed(3)}${peakMemoryNote(training.device)}`);
    const stop = ranks.ranksWithFlag(await host.stopRequested()).length > 0;
    if (isMainRank && !isLast && (stop || iteration % settings.checkpointEvery === 0)) {
      checkpoints.save({
        iteration,
        means: runningMeans.toJson(),
        recent: spikeDetector.toJson(),
        best,
      });
    }
    if (stop && !isLast) throw host.interrupted();
  }

  // Final weights.
  if (!isMainRank) return;
  if (settings.result === "best") loadBestCheckpoint(host.folder, model);
  else if (average) model.loadStateDict(average.weights);
}

/**
 * Runs `body` with other weights in the model, if given. Then it restores the model's own state, because an evaluation
 * may also recompute batch-norm statistics.
 */
async function withWeights<T>(
  model: nn.Module,
  weights: ReadonlyMap<string, Tensor> | undefined,
  body: () => Promise<T>,
): Promise<T> {
  const saved = nn.copyState(model);
  try {
    if (weights) model.loadStateDict(weights);
    return await body();
  } finally {
    model.loadStateDict(saved);
    for (const tensor of saved.values()) tensor.dispose();
  }
}

/**
 * Formats the peak of tensor memory so far, which shows whether a larger batch fits. It is not recorded, because a
 * resumed run may have another peak. Empty on devices other than the CPU, whose memory is not counted.
 */
const peakMemoryNote = (device: string): string =>
  device === "cpu" ? `  peak ${(memory().peak / 2 ** 20).toFixed(0)} MiB` : "";
