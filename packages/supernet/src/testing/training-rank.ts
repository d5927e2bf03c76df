// For tests: trains a supernet of choice blocks into a folder, on the ranks of the environment or in a single process.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Random } from "@supernet/base";
import { sampleSubnet } from "@supernet/nas";
import { SpaceClassifier } from "@supernet/nas/supernet";
import { distributed, fromTypedArray, manualSeed, nn, saveTensors } from "@supernet/torch";
import { openSpace } from "../recipe/open-space.js";
import type { LoopContext } from "../run/loop-context.js";
import { appendMetrics, type MetricsRecord, rewindMetrics } from "../run/metrics.js";
import type { TrainingSettings } from "../training/settings.js";
import { train } from "../training/train.js";
import { TINY_MIXED_SPACE } from "./recipes.js";
import { plain } from "./training.js";

export const ITERATIONS = 20;
const BATCH = 16;
const SIDE = 32;
const CLASSES = 4;

export interface RankOptions {
  readonly settings?: Partial<TrainingSettings>;
  /** Number of subnets that an iteration trains. */
  readonly subnets?: number;
  /** Trains in float64, whose rounding errors are too small to move an activation across a kink of ReLU6. */
  readonly double?: boolean;
  /** Requests a stop on `rank` only, before this iteration ends. */
  readonly stop?: { readonly at: number; readonly rank: number };
  /** Kills `rank` in this iteration. */
  readonly kill?: { readonly at: number; readonly rank: number };
  /** Makes the loss of `rank` NaN in this iteration. */
  readonly break?: { readonly at: number; readonly rank: number };
  /** Milliseconds that each iteration waits, so that the test can act on the run. */
  readonly pause?: number;
}

export const settings: TrainingSettings = {
  ...plain,
  epochs: 1,
  batchSize: BATCH,
  // A new network of this depth has gradients of norm 25. Steps that long make its training chaotic: ten of them
  // multiply rounding errors by a thousand, even in a single process.
  lr: { base: 0.01, batchSize: BATCH },
  clipGradNorm: 1,
  syncBatchNorm: true,
  evaluateEvery: 0.25,
  checkpointEvery: 4,
};

/**
 * Returns the name of a rank's weights file. Rank 0's contains the result of the training, averaged if emaDecay is set.
 */
export const weightsOf = (rank: number): string =>
  rank === 0 ? "weights.safetensors" : `weights-rank-${rank}.safetensors`;

export async function trainRank(
  folder: string,
  options: RankOptions,
  world?: distributed.World,
): Promise<void> {
  const given = { ...settings, ...options.settings };
  const subnets = options.subnets ?? 1;
  const double = options.double ?? false;
  const rank = world?.rank ?? 0;
  const space = await openSpace(TINY_MIXED_SPACE);
  // Different weights per rank: rank 0 must send its own to the others.
  manualSeed(3 + rank);
  const model = new SpaceClassifier(space, CLASSES);
  if (double) model.to({ dtype: "float64" });
  mkdirSync(folder, { recursive: true });
  const metrics = join(folder, "metrics.jsonl");
  let reached = 0;
  const first = rank === 0;
  const host: LoopContext = {
    step: "step",
    folder,
    world,
    begin(done) {
      reached = done;
      if (first) rewindMetrics(metrics, "step", done);
    },
    record(values) {
      if (first) appendMetrics(metrics, { step: "step", ...values } as MetricsRecord);
    },
    progress: (done) => {
      reached = done;
    },
    log() {},
    async stopRequested() {
      await new Promise((resolve) => setTimeout(resolve, options.pause ?? 0));
      return options.stop?.rank === rank && reached === options.stop.at;
    },
    interrupted: () => Object.assign(new Error("stopped"), { name: "UserError", exitCode: 130 }),
  };
  const hits = (event: { readonly at: number; readonly rank: number } | undefined) =>
    event?.rank === rank && event.at === reached;
  await train(
    {
      model,
      settings: given,
      device: "cpu",
      images: ITERATIONS * BATCH,
      async *batches(from, to, shard) {
        const own = given.batchSize / shard.size;
        const micro = Math.min(given.microBatch ?? own, own);
        for (let iteration = from; iteration < to; iteration++) {
          const random = Random.of("batch", iteration);
          const pixels = 3 * SIDE * SIDE;
          const images = Float32Array.from({ length: given.batchSize * pixels }, () => random.normal());
          const labels = BigInt64Array.from({ length: given.batchSize }, () => BigInt(random.int(CLASSES)));
          yield Array.from({ length: own / micro }, (_, k) => {
            const start = shard.rank * own + k * micro;
            return {
              images: images.slice(start * pixels, (start + micro) * pixels),
              shape: [micro, 3, SIDE, SIDE],
              labels: labels.slice(start, start + micro),
            };
          });
        }
      },
      subnetSampling: {
        sampler: {
          subnets,
          at: (iteration) =>
            Array.from({ length: subnets }, (_, i) => sampleSubnet(space, Random.of("path", iteration, i))),
        },
        activate: (subnet) => model.activate(subnet),
      },
      seed: 5,
      losses({ images, shape, labels }) {
        if (hits(options.kill)) process.kill(process.pid, "SIGKILL");
        const pixels = double ? Float64Array.from(images) : images;
        const logits = model.forward(fromTypedArray(pixels, shape));
        const loss = nn.crossEntropy(logits, fromTypedArray(labels, [labels.length]));
        return { lossClassification: hits(options.break) ? loss.mul(Number.NaN) : loss };
      },
      evaluate: async () => ({ accuracy: reached }),
      metric: "accuracy",
    },
    host,
  );
  saveTensors(join(folder, weightsOf(rank)), model.stateDict());
}

async function main(folder: string, options: string): Promise<void> {
  let world: distributed.World | undefined;
  try {
    world = await distributed.joinFromEnvironment(process.env, { device: "cpu", facts: {} });
    await world?.openGroup("training", { check() {}, log() {} });
    await trainRank(folder, JSON.parse(options), world);
    await world?.leave();
  } catch (error) {
    const cause = (world ? await world.fail(error) : error) as Error & { exitCode?: number };
    process.stderr.write(`${cause.name}: ${cause.message}\n`);
    process.exitCode = cause.exitCode ?? 70;
  }
}

if (process.argv[3] !== undefined && import.meta.url === `file://${process.argv[1]}`) {
  await main(process.argv[2]!, process.argv[3]);
}
