import assert from "node:assert/strict";
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { manualSeed, nn, Random, type Tensor, tensor } from "@supernet/torch";
import { UserError } from "@supernet/torch/errors";
import { appendMetrics, type MetricsRecord, readMetrics, rewindMetrics } from "../run/metrics.js";
import type { LoopHost } from "./host.js";
import type { TrainingSettings } from "./optimizer.js";
import { iterationsOf, train } from "./train.js";

const settings: TrainingSettings = {
  epochs: 3,
  batchSize: 4,
  optimizer: { kind: "sgd", momentum: 0.9, nesterov: true, weightDecay: 1e-4, noDecay: ["bias"] },
  lr: 0.05,
  schedule: { kind: "cosine" },
  warmup: { iterations: 3, startFactor: 0.1 },
  clipGradNorm: 5,
  evaluateEvery: 1,
  checkpointEvery: 7,
};
const IMAGES = 44;

class Model extends nn.Module {
  readonly norm = new nn.BatchNorm2d(2);
  readonly fc = new nn.Linear(8, 3);

  forward(x: Tensor): Tensor {
    return this.fc.forward(this.norm.forward(x).reshape([-1, 8]));
  }
}

class Stopped extends Error {}

/** Trains in `folder`, stopping where the iteration is `stopAt`; gives the weights and the metrics. */
async function trainIn(
  folder: string,
  options: { stopAt?: number; failAt?: number; lossScale?: number } = {},
): Promise<{ weights: unknown; metrics: MetricsRecord[] }> {
  manualSeed(3);
  const model = new Model();
  const metricsFile = join(folder, "metrics.jsonl");
  let reached = 0;
  const host: LoopHost = {
    checkpoint: join(folder, "checkpoint"),
    begin: (done) => rewindMetrics(metricsFile, "step", done),
    record: (values) => appendMetrics(metricsFile, { step: "step", ...values } as MetricsRecord),
    progress: (done) => {
      reached = done;
    },
    stopRequested: async () => options.stopAt !== undefined && reached + 1 >= options.stopAt,
    interrupted: () => new Stopped(),
  };
  await train<number>(
    {
      model,
      settings,
      images: IMAGES,
      async *batches(from, to) {
        for (let i = from; i < to; i++) yield i;
      },
      losses(batch, iteration) {
        assert.equal(batch, iteration);
        if (options.failAt === iteration) throw new Stopped("killed");
        const random = Random.of("batch", iteration);
        const x = tensor(
          Array.from({ length: 32 }, () => random.normal()),
          { shape: [32] },
        ).reshape([4, 2, 2, 2]);
        const y = tensor(
          Array.from({ length: 4 }, () => random.int(3)),
          { dtype: "int64" },
        );
        return { lossClassification: nn.crossEntropy(model.forward(x), y).mul(options.lossScale ?? 1) };
      },
      evaluate: async () => ({ bias: (model.fc.bias!.toArray() as number[])[0]! }),
    },
    host,
  );
  const weights = Array.from(model.stateDict(), ([name, value]) => [name, value.toTypedArray()]);
  return { weights, metrics: readMetrics(metricsFile) };
}

const newFolder = (): string => mkdtempSync(join(tmpdir(), "train-"));

describe("train", () => {
  it("ends with the same weights and metrics, bit for bit, wherever it was stopped or killed", async () => {
    const unbroken = await trainIn(newFolder());
    assert.equal(unbroken.metrics.at(-1)!.iteration, iterationsOf(settings, IMAGES));
    for (const at of [1, 6, 7, 10, 13, 20, 32]) {
      for (const how of ["stopAt", "failAt"] as const) {
        const folder = newFolder();
        await assert.rejects(trainIn(folder, { [how]: at }), Stopped);
        assert.deepEqual(await trainIn(folder), unbroken, `${how} ${at}`);
      }
    }
  });

  it("leaves a checkpoint when it is stopped", async () => {
    const folder = newFolder();
    await assert.rejects(trainIn(folder, { stopAt: 5 }), Stopped);
    assert.ok(existsSync(join(folder, "checkpoint")));
  });

  it("says where a loss is no longer finite, and what to try", async () => {
    await assert.rejects(
      trainIn(newFolder(), { lossScale: Number.POSITIVE_INFINITY }),
      (error) => error instanceof UserError && /iteration 0: lower lr/.test(error.message),
    );
  });
});
