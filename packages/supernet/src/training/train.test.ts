import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import {
  fromTypedArray,
  loadTensors,
  manualSeed,
  nn,
  optim,
  Random,
  type Tensor,
  type TypedArray,
} from "@supernet/torch";
import { UserError } from "@supernet/torch/errors";
import type { TrainingSettings } from "../recipe/training-schema.js";
import { appendMetrics, type MetricsRecord, readMetrics, rewindMetrics } from "../run/metrics.js";
import type { LoopHost } from "./host.js";
import { train } from "./train.js";

const IMAGES = 44;
const PIXELS = 8;
const CLASSES = 3;

const plain: TrainingSettings = {
  epochs: 3,
  batchSize: 4,
  microBatch: null,
  optimizer: { kind: "sgd", momentum: 0.9, nesterov: true, weightDecay: 1e-4, noDecay: ["bias"] },
  lr: { base: 0.05, batchSize: 4 },
  schedule: { kind: "cosine" },
  warmup: { iterations: 3, startFactor: 0.1 },
  clipGradNorm: 5,
  emaDecay: null,
  precision: "float32",
  evaluateEvery: 1,
  result: "last",
  checkpointEvery: 7,
  keepLast: 1,
};
const ITERATIONS = 33;

const everything: TrainingSettings = {
  ...plain,
  microBatch: 2,
  lr: { base: 0.2, batchSize: 16 },
  emaDecay: 0.9,
  precision: "bfloat16",
  evaluateEvery: 0.5,
  result: "best",
  keepLast: 2,
};

interface Batch {
  readonly images: Float32Array;
  readonly shape: readonly number[];
  readonly labels: BigInt64Array;
  readonly ids: readonly number[];
}

/** The batch of an iteration, whole. */
function batchAt(iteration: number, size: number): Batch {
  const random = Random.of("batch", iteration);
  return {
    images: Float32Array.from({ length: size * PIXELS }, () => random.normal()),
    shape: [size, 2, 2, 2],
    labels: BigInt64Array.from({ length: size }, () => BigInt(random.int(CLASSES))),
    ids: Array.from({ length: size }, (_, i) => 100 * iteration + i),
  };
}

function cut({ images, shape, labels, ids }: Batch, size: number): Batch[] {
  return Array.from({ length: ids.length / size }, (_, k) => ({
    images: images.slice(k * size * PIXELS, (k + 1) * size * PIXELS),
    shape: [size, ...shape.slice(1)],
    labels: labels.slice(k * size, (k + 1) * size),
    ids: ids.slice(k * size, (k + 1) * size),
  }));
}

class Model extends nn.Module {
  readonly norm: nn.BatchNorm2d | nn.GroupNorm;
  readonly fc = new nn.Linear(PIXELS, CLASSES);

  constructor(norm: "batch" | "group") {
    super();
    this.norm = norm === "batch" ? new nn.BatchNorm2d(2) : new nn.GroupNorm(1, 2);
  }

  forward(x: Tensor): Tensor {
    return this.fc.forward(this.norm.forward(x).reshape([-1, PIXELS]));
  }
}

class Stopped extends Error {}

interface Options {
  readonly settings?: TrainingSettings;
  readonly norm?: "batch" | "group";
  readonly device?: string;
  /** Stops before this iteration is done, or is killed in it. */
  readonly stopAt?: number;
  readonly failAt?: number;
  /** What the loss of an iteration is multiplied with. */
  readonly lossScale?: (iteration: number) => number;
  /** What an evaluation finds, told the bias of the weights that it sees. */
  readonly accuracy?: (bias: number, evaluations: number) => number;
}

interface Outcome {
  readonly weights: Map<string, TypedArray>;
  readonly metrics: MetricsRecord[];
  readonly said: string[];
  readonly model: Model;
}

/** Trains in `folder`; gives the resulting weights, the metrics and what a person is told. */
async function trainIn(folder: string, options: Options = {}): Promise<Outcome> {
  const { settings = plain, lossScale = () => 1, accuracy = (bias) => bias } = options;
  const microBatch = settings.microBatch ?? settings.batchSize;
  manualSeed(3);
  const model = new Model(options.norm ?? "batch");
  const metricsFile = join(folder, "metrics.jsonl");
  const said: string[] = [];
  let reached = 0;
  let evaluations = 0;
  const host: LoopHost = {
    step: "step",
    folder,
    begin: (done) => rewindMetrics(metricsFile, "step", done),
    record: (values) => appendMetrics(metricsFile, { step: "step", ...values } as MetricsRecord),
    progress: (done) => {
      reached = done;
    },
    say: (line) => said.push(line),
    stopRequested: () => options.stopAt !== undefined && reached + 1 >= options.stopAt,
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
      activate: (iteration) => ({ path: iteration % 2 }),
      losses({ images, shape, labels, ids }, pass) {
        const iteration = Math.floor(ids[0]! / 100);
        assert.equal(pass, iteration * (settings.batchSize / microBatch) + (ids[0]! % 100) / microBatch);
        if (options.failAt === iteration) throw new Stopped("killed");
        const logits = model.forward(fromTypedArray(images, shape));
        const target = fromTypedArray(labels, [labels.length]);
        return { lossClassification: nn.crossEntropy(logits, target).mul(lossScale(iteration)) };
      },
      evaluate: async () => ({
        accuracy: accuracy((model.fc.bias!.toArray() as number[])[0]!, evaluations++),
      }),
      metric: "accuracy",
    },
    host,
  );
  const weights = new Map(Array.from(model.stateDict(), ([name, value]) => [name, value.toTypedArray()]));
  return { weights, metrics: readMetrics(metricsFile), said, model };
}

const newFolder = (): string => mkdtempSync(join(tmpdir(), "train-"));
const checkpointsIn = (folder: string): string[] =>
  readdirSync(folder).filter((name) => name.startsWith("checkpoint-"));
const numbersOf = (array: TypedArray): number[] => Object.values(array).map(Number);
const lossesOf = ({ metrics }: Outcome): MetricsRecord[] => metrics.filter(({ lr }) => lr !== undefined);
const says =
  (...patterns: RegExp[]) =>
  (error: unknown) => {
    assert.ok(error instanceof UserError, String(error));
    for (const pattern of patterns) assert.match(error.message, pattern);
    return true;
  };

describe("a resumed training", () => {
  for (const [name, settings] of Object.entries({ plain, everything })) {
    it(`ends bit for bit as an unbroken one, wherever it was stopped or killed: ${name}`, async () => {
      const whole = newFolder();
      const unbroken = await trainIn(whole, { settings });
      assert.equal(unbroken.metrics.at(-1)!.iteration, ITERATIONS);
      for (const at of [1, 6, 7, 10, 13, 20, 32]) {
        for (const how of ["stopAt", "failAt"] as const) {
          const folder = newFolder();
          await assert.rejects(trainIn(folder, { settings, [how]: at }), Stopped);
          const resumed = await trainIn(folder, { settings });
          assert.deepEqual(
            [resumed.weights, resumed.metrics],
            [unbroken.weights, unbroken.metrics],
            `${how} ${at}`,
          );
          assert.equal(existsSync(join(folder, "best.safetensors")), true);
          const best = (where: string) => loadTensors(join(where, "best.safetensors")).metadata;
          assert.deepEqual(best(folder), best(whole));
        }
      }
    });
  }

  it("goes on from a checkpoint that it left when it was stopped", async () => {
    const folder = newFolder();
    await assert.rejects(trainIn(folder, { stopAt: 5 }), Stopped);
    assert.deepEqual(checkpointsIn(folder), ["checkpoint-4.safetensors"]);
  });

  it("names a checkpoint that is of another model", async () => {
    const folder = newFolder();
    await assert.rejects(trainIn(folder, { settings: everything, stopAt: 5 }), Stopped);
    await assert.rejects(
      trainIn(folder, { settings: everything, norm: "group" }),
      says(/checkpoint-4\.safetensors: .*does not fit the model/),
    );
  });
});

describe("checkpoints", () => {
  it("are kept, the newest ones, as many as told", async () => {
    for (const [keepLast, kept] of [
      [1, [28]],
      [3, [14, 21, 28]],
    ] as const) {
      const folder = newFolder();
      await trainIn(folder, { settings: { ...plain, keepLast } });
      assert.deepEqual(
        checkpointsIn(folder).sort(),
        kept.map((iteration) => `checkpoint-${iteration}.safetensors`),
      );
    }
  });
});

describe("accumulation", () => {
  it("steps as the whole batch does, up to rounding, where nothing normalises over it", async () => {
    const outcomes = await Promise.all(
      [null, 1, 2].map((microBatch) =>
        trainIn(newFolder(), { settings: { ...plain, microBatch }, norm: "group" }),
      ),
    );
    const [whole, ...others] = outcomes.map(({ weights }) => weights);
    for (const cutUp of others) {
      for (const [name, weights] of whole!) {
        const expected = numbersOf(weights);
        const found = numbersOf(cutUp.get(name)!);
        const norm = Math.hypot(...expected);
        const difference = Math.hypot(...expected.map((value, i) => value - found[i]!));
        assert.ok(difference <= 1e-6 * norm, `${name} differs by ${difference / norm}`);
      }
    }
    for (const [i, record] of lossesOf(outcomes[0]!).entries()) {
      for (const name of ["loss", "gradNorm"]) {
        const other = lossesOf(outcomes[1]!)[i]![name] as number;
        const expected = record[name] as number;
        assert.ok(Math.abs(other - expected) <= 1e-6 * expected, `${name}: ${other}, not ${expected}`);
      }
    }
  });

  it("normalises each micro-batch by its own statistics where there is batch-norm", async () => {
    const [whole, cutUp] = await Promise.all(
      [null, 2].map((microBatch) => trainIn(newFolder(), { settings: { ...plain, microBatch } })),
    );
    assert.equal(whole!.weights.get("norm.num_batches_tracked")![0], BigInt(ITERATIONS));
    assert.equal(cutUp!.weights.get("norm.num_batches_tracked")![0], BigInt(2 * ITERATIONS));
  });
});

describe("the learning rate", () => {
  it("is scaled linearly with the batch", async () => {
    const rates = (outcome: Outcome) => lossesOf(outcome).map(({ lr }) => lr as number);
    const base = rates(await trainIn(newFolder()));
    const settings = { ...plain, lr: { base: 0.05, batchSize: 16 } };
    const scaled = rates(await trainIn(newFolder(), { settings }));
    assert.deepEqual(
      scaled,
      base.map((rate) => rate / 4),
    );
    assert.ok(base[0]! > 0.04);
  });
});

describe("averaged weights", () => {
  it("are what is evaluated and handed on; the training itself goes on with its own", async () => {
    const seen: number[] = [];
    const accuracy = (bias: number) => {
      seen.push(bias);
      return bias;
    };
    const settings = { ...plain, emaDecay: 0.9 };
    const own = await trainIn(newFolder());
    const averaged = await trainIn(newFolder(), { settings, accuracy });
    assert.deepEqual(lossesOf(averaged), lossesOf(own));
    assert.notDeepEqual(averaged.weights.get("fc.weight"), own.weights.get("fc.weight"));
    assert.equal(averaged.weights.get("fc.bias")![0], seen.at(-1));

    // The same average, taken by the side of a training without one.
    const folder = newFolder();
    manualSeed(3);
    const twin = new Model("batch");
    const average = new optim.WeightAverage(twin, 0.9);
    for (let at = 1; at <= ITERATIONS; at++) {
      if (at < ITERATIONS) await assert.rejects(trainIn(folder, { stopAt: at }), Stopped);
      const { model } = at < ITERATIONS ? { model: checkpointModel(folder, at) } : await trainIn(folder);
      twin.loadStateDict(model.stateDict());
      average.update(at);
    }
    for (const [name, value] of average.weights) {
      assert.deepEqual(value.toTypedArray(), averaged.weights.get(name), name);
    }
  });
});

/** The model in a checkpoint. */
function checkpointModel(folder: string, iteration: number): Model {
  const { tensors } = loadTensors(join(folder, `checkpoint-${iteration}.safetensors`));
  const model = new Model("batch");
  model.loadStateDict(
    new Map(
      [...tensors].flatMap(([name, tensor]) =>
        name.startsWith("model.") ? [[name.slice("model.".length), tensor] as const] : [],
      ),
    ),
  );
  return model;
}

describe("the best weights", () => {
  const found = [0.2, 0.7, 0.7, 0.4, 0.1, 0.3];
  const accuracy = (_: number, evaluations: number) => found[evaluations]!;

  it("are kept with metric and iteration, and handed on where the recipe says so", async () => {
    const folder = newFolder();
    const settings: TrainingSettings = { ...plain, evaluateEvery: 0.5, result: "best" };
    const { weights, metrics } = await trainIn(folder, { settings, accuracy });
    const evaluated = metrics.filter((record) => record.accuracy !== undefined);
    assert.deepEqual(
      evaluated.map((record) => record.accuracy),
      found,
    );
    const { tensors, metadata } = loadTensors(join(folder, "best.safetensors"));
    assert.deepEqual(metadata, {
      iteration: String(evaluated[1]!.iteration),
      metric: "accuracy",
      value: "0.7",
    });
    for (const [name, value] of weights) assert.deepEqual(tensors.get(name)!.toTypedArray(), value);
    const last = await trainIn(newFolder(), { settings: { ...settings, result: "last" }, accuracy });
    assert.notDeepEqual(last.weights, weights);
    const unevaluated = await trainIn(newFolder(), { settings: { ...plain, evaluateEvery: null } });
    assert.deepEqual(last.weights, unevaluated.weights, "an evaluation changes nothing");
  });
});

describe("a training that breaks", () => {
  const broken: Readonly<Record<string, { scale: number; says: RegExp }>> = {
    "on a loss": { scale: Number.NaN, says: /^step: lossClassification is NaN at iteration 9: lower lr/ },
    "on a gradient": { scale: 1e38, says: /^step: gradNorm is Infinity at iteration 9/ },
  };
  for (const [name, { scale, says: pattern }] of Object.entries(broken)) {
    it(`${name} says where, and keeps the batch, the subnet and all that was before`, async () => {
      const folder = newFolder();
      const lossScale = (iteration: number) => (iteration === 9 ? scale : 1);
      const settings = { ...plain, microBatch: 2 };
      await assert.rejects(
        trainIn(folder, { settings, lossScale }),
        says(pattern, /the subnet are in .*diverged\.safetensors, and the checkpoints/),
      );
      const { tensors, metadata } = loadTensors(join(folder, "diverged.safetensors"));
      const parts = cut(batchAt(9, 4), 2);
      for (const [k, { images, shape }] of parts.entries()) {
        assert.deepEqual(tensors.get(`images.${k}`)!.shape, shape);
        assert.deepEqual(tensors.get(`images.${k}`)!.toTypedArray(), images);
      }
      const json = (key: string) => JSON.parse(metadata[key]!);
      assert.equal(metadata.iteration, "9");
      assert.deepEqual(
        json("batch"),
        parts.map(({ ids, labels }) => ({ labels: Array.from(labels, Number), ids })),
      );
      assert.deepEqual(json("subnet"), { path: 1 });
      assert.equal(typeof json("figures").gradNorm, "string");
      assert.deepEqual(checkpointsIn(folder), ["checkpoint-7.safetensors"]);
      const mended = await trainIn(folder, { settings });
      assert.deepEqual(mended.weights, (await trainIn(newFolder(), { settings })).weights);
    });
  }
});

describe("an early warning", () => {
  it("is given once where loss and gradient rise far above their level", async () => {
    const settings = { ...plain, clipGradNorm: 0.1, evaluateEvery: null };
    const lossScale = (iteration: number) => (iteration >= 25 ? 50 : 1);
    const { metrics, said } = await trainIn(newFolder(), { settings, lossScale });
    assert.equal(said.length, 2, said.join("\n"));
    assert.match(said[0]!, /^warning: step: loss is \S+ at iteration 26, \d+ times its running median \S+$/);
    const rises = metrics.filter((record) => record.lossSpike !== undefined);
    assert.deepEqual(
      rises.map(({ iteration }) => iteration),
      [26],
    );
    assert.ok((rises[0]!.lossSpike as number) > 10 * (rises[0]!.lossLevel as number));
    assert.deepEqual((await trainIn(newFolder(), { settings })).said, []);
  });
});

describe("mixed precision", () => {
  it("trains near float32 and not as it", async () => {
    const [exact, cast] = await Promise.all(
      (["float32", "bfloat16"] as const).map((precision) =>
        trainIn(newFolder(), { settings: { ...plain, precision } }),
      ),
    );
    for (const [i, { loss }] of lossesOf(exact!).entries()) {
      const other = lossesOf(cast!)[i]!.loss as number;
      assert.notEqual(other, loss);
      assert.ok(Math.abs(other - (loss as number)) < 0.01, `${other}, not ${loss}`);
    }
    assert.ok(cast!.weights.get("fc.weight") instanceof Float32Array);
  });

  it("is refused where the device has none", async () => {
    await assert.rejects(
      trainIn(newFolder(), { settings: { ...plain, precision: "bfloat16" }, device: "cuda:7" }),
      says(/^steps\.step\.precision: bfloat16 does not run on cuda:7 \(.*\): set it to float32$/),
    );
  });
});

describe("a setting that the training ends before", () => {
  const cases: Readonly<Record<string, [Partial<TrainingSettings>, RegExp]>> = {
    "a warm-up": [
      { warmup: { iterations: 34, startFactor: 0 } },
      /^steps\.step\.warmup\.iterations: iteration 34 lies past the training's 33/,
    ],
    "a milestone": [
      { schedule: { kind: "multi-step", milestones: [1, 2.99], gamma: 0.1 } },
      /^steps\.step\.schedule\.milestones: iteration 33 lies past/,
    ],
    "an evaluation": [{ evaluateEvery: 2.99 }, /^steps\.step\.evaluateEvery: iteration 33/],
  };
  for (const [name, [change, pattern]] of Object.entries(cases)) {
    it(`is refused: ${name}`, async () => {
      await assert.rejects(trainIn(newFolder(), { settings: { ...plain, ...change } }), says(pattern));
    });
  }
});
