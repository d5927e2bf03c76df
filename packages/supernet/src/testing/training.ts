// For tests: trains a small model on random images.
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Random, UserError } from "@supernet/base";
import type { Subnet } from "@supernet/nas";
import { fromTypedArray, manualSeed, nn, noGrad, type Tensor, type TypedArray } from "@supernet/torch";
import type { LoopContext } from "../run/loop-context.js";
import { appendMetrics, type MetricsRecord, readMetrics, rewindMetrics } from "../run/metrics.js";
import { checkPrecision } from "../training/precision.js";
import type { TrainingSettings } from "../training/settings.js";
import { train } from "../training/train.js";

const IMAGES = 44;
const PIXELS = 8;
const CLASSES = 3;

export const plain: TrainingSettings = {
  epochs: 3,
  batchSize: 4,
  microBatch: null,
  syncBatchNorm: false,
  optimizer: { kind: "sgd", momentum: 0.9, nesterov: true, weightDecay: 1e-4, noDecay: ["bias"] },
  lr: { base: 0.05, batchSize: 4 },
  schedule: { kind: "cosine", endFactor: 0 },
  warmup: { iterations: 3, startFactor: 0.1 },
  clipGradNorm: 5,
  emaDecay: null,
  dropPath: null,
  precision: "float32",
  evaluateEvery: 1,
  result: "last",
  checkpointEvery: 7,
  keepLast: 1,
};
export const ITERATIONS = 33;

export const everything: TrainingSettings = {
  ...plain,
  microBatch: 2,
  lr: { base: 0.2, batchSize: 16 },
  emaDecay: 0.9,
  evaluateEvery: 0.5,
  result: "best",
  keepLast: 2,
};

/** Why tests in bfloat16 are skipped; false if this processor computes in it. */
export const withoutBfloat16: string | false = (() => {
  try {
    checkPrecision("bfloat16", "cpu", "step");
    return false;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return "this processor has no convolutions in bfloat16";
  }
})();

interface Batch {
  readonly images: Float32Array;
  readonly shape: readonly number[];
  readonly labels: BigInt64Array;
  readonly ids: readonly number[];
}

/** Returns the complete batch of an iteration. */
export function batchAt(iteration: number, size: number): Batch {
  const random = Random.of("batch", iteration);
  return {
    images: Float32Array.from({ length: size * PIXELS }, () => random.normal()),
    shape: [size, 2, 2, 2],
    labels: BigInt64Array.from({ length: size }, () => BigInt(random.int(CLASSES))),
    ids: Array.from({ length: size }, (_, i) => 100 * iteration + i),
  };
}

export function cut({ images, shape, labels, ids }: Batch, size: number): Batch[] {
  return Array.from({ length: ids.length / size }, (_, k) => ({
    images: images.slice(k * size * PIXELS, (k + 1) * size * PIXELS),
    shape: [size, ...shape.slice(1)],
    labels: labels.slice(k * size, (k + 1) * size),
    ids: ids.slice(k * size, (k + 1) * size),
  }));
}

export class Model extends nn.Module {
  readonly norm: nn.BatchNorm2d | nn.GroupNorm;
  readonly dropout: nn.Dropout;
  readonly fc = new nn.Linear(PIXELS, CLASSES);
  /** Factor by which the active subnet multiplies its input. */
  #scale = 1;

  constructor(norm: "batch" | "group", dropout = 0) {
    super();
    this.norm = norm === "batch" ? new nn.BatchNorm2d(2) : new nn.GroupNorm(1, 2);
    this.dropout = new nn.Dropout(dropout);
  }

  activate({ scale }: Subnet): void {
    this.#scale = Number(scale);
  }

  forward(x: Tensor): Tensor {
    const features = this.norm.forward(x.mul(this.#scale)).reshape([-1, PIXELS]);
    return this.fc.forward(this.dropout.forward(features));
  }
}

export class Stopped extends Error {}

export interface Options {
  readonly settings?: TrainingSettings;
  readonly norm?: "batch" | "group";
  readonly device?: string;
  /** Whether to train in float64. */
  readonly double?: boolean;
  /** Number of subnets that an iteration trains. */
  readonly subnets?: number;
  /** Number of iterations after which the weights are changed, as when more subnets start. */
  readonly startAfter?: number;
  /** Probability of dropout, with the engine's own random numbers. */
  readonly dropout?: number;
  /** Requests a stop before this iteration ends. */
  readonly stopAt?: number;
  /** Fails in this iteration, as after a kill. */
  readonly failAt?: number;
  /** Returns the factor by which the loss of an iteration is multiplied. */
  readonly lossScale?: (iteration: number) => number;
  /** Returns the accuracy of an evaluation, given the bias of the evaluated weights. */
  readonly accuracy?: (bias: number, evaluations: number) => number;
  /** Whether the training has an evaluation. Default: true. */
  readonly evaluates?: boolean;
}

export interface Outcome {
  readonly weights: Map<string, TypedArray>;
  readonly metrics: MetricsRecord[];
  readonly said: string[];
  readonly model: Model;
}

/** Trains in `folder`. Returns the resulting weights, the metrics and the logged lines. */
export async function trainIn(folder: string, options: Options = {}): Promise<Outcome> {
  const {
    settings = plain,
    subnets = 1,
    lossScale = () => 1,
    accuracy = (bias) => bias,
    evaluates = true,
  } = options;
  const microBatch = settings.microBatch ?? settings.batchSize;
  manualSeed(3);
  const model = new Model(options.norm ?? "batch", options.dropout);
  if (options.double) model.to({ dtype: "float64" });
  const metricsFile = join(folder, "metrics.jsonl");
  const said: string[] = [];
  let reached = 0;
  let evaluations = 0;
  const host: LoopContext = {
    step: "step",
    folder,
    begin: (done) => rewindMetrics(metricsFile, "step", done),
    record: (values) => appendMetrics(metricsFile, { step: "step", ...values } as MetricsRecord),
    progress: (done) => {
      reached = done;
    },
    log: (line) => said.push(line),
    stopRequested: async () => options.stopAt !== undefined && reached + 1 >= options.stopAt,
    interrupted: () => new Stopped(),
  };
  await train<Batch>(
    {
      model,
      settings,
      device: options.device ?? "cpu",
      images: IMAGES,
      async *batches(from, to) {
        for (let i = from; i < to; i++) yield cut(batchAt(i, settings.batchSize), microBatch);
      },
      subnetSampling: {
        sampler: {
          subnets,
          at: (iteration) => Array.from({ length: subnets }, (_, i) => ({ scale: 1 + (iteration % 2) + i })),
        },
        activate: (subnet) => model.activate(subnet),
        start:
          options.startAfter === undefined
            ? undefined
            : { after: options.startAfter, initialize: () => noGrad(() => void model.fc.weight.mul_(0.5)) },
      },
      seed: 5,
      losses({ images, shape, labels, ids }, pass, index) {
        const iteration = Math.floor(ids[0]! / 100);
        const part = iteration * (settings.batchSize / microBatch) + (ids[0]! % 100) / microBatch;
        assert.equal(pass, part * subnets + index);
        if (options.failAt === iteration) throw new Stopped("killed");
        const logits = model.forward(
          fromTypedArray(options.double ? Float64Array.from(images) : images, shape),
        );
        const target = fromTypedArray(labels, [labels.length]);
        return { lossClassification: nn.crossEntropy(logits, target).mul(lossScale(iteration)) };
      },
      ...(evaluates && {
        evaluate: async () => ({
          accuracy: accuracy((model.fc.bias!.toArray() as number[])[0]!, evaluations++),
        }),
      }),
      metric: "accuracy",
    },
    host,
  );
  const weights = new Map(Array.from(model.stateDict(), ([name, value]) => [name, value.toTypedArray()]));
  return { weights, metrics: readMetrics(metricsFile), said, model };
}

export const newFolder = (): string => mkdtempSync(join(tmpdir(), "train-"));
export const checkpointsIn = (folder: string): string[] =>
  readdirSync(folder).filter((name) => name.startsWith("checkpoint-"));
export const numbersOf = (array: TypedArray): number[] => Object.values(array).map(Number);
export const lossesOf = ({ metrics }: Outcome): MetricsRecord[] =>
  metrics.filter(({ lr }) => lr !== undefined);
export const says =
  (...patterns: RegExp[]) =>
  (error: unknown) => {
    assert.ok(error instanceof UserError, String(error));
    for (const pattern of patterns) assert.match(error.message, pattern);
    return true;
  };
