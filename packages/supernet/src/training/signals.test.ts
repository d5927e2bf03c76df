import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { loadTensors, manualSeed, optim } from "@supernet/torch";
import {
  batchAt,
  checkpointsIn,
  cut,
  ITERATIONS,
  lossesOf,
  Model,
  newFolder,
  plain,
  Stopped,
  says,
  trainIn,
  withoutBfloat16,
} from "../testing/training.js";
import type { TrainingSettings } from "./settings.js";

describe("averaged weights", () => {
  it("are evaluated and saved as the result, while the training continues with its own", async () => {
    const seen: number[] = [];
    const accuracy = (bias: number) => {
      seen.push(bias);
      return bias;
    };
    const settings = { ...plain, emaDecay: 0.9 };
    const withoutAverage = await trainIn(newFolder());
    const averaged = await trainIn(newFolder(), { settings, accuracy });
    assert.deepEqual(lossesOf(averaged), lossesOf(withoutAverage));
    assert.notDeepEqual(averaged.weights.get("fc.weight"), withoutAverage.weights.get("fc.weight"));
    assert.equal(averaged.weights.get("fc.bias")![0], seen.at(-1));

    // Computes the same average from the checkpoints of a training without averaging.
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

/** Loads the model of a checkpoint. */
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

  it("are saved with metric and iteration, and are the result if the recipe sets it", async () => {
    const folder = newFolder();
    const settings: TrainingSettings = { ...plain, evaluateEvery: 0.5, result: "best" };
    const { weights, metrics } = await trainIn(folder, { settings, accuracy });
    const evaluated = metrics.filter((record) => record.accuracy !== undefined);
    assert.deepEqual(
      evaluated.map((record) => record.accuracy),
      found,
    );
    const { tensors, metadata } = loadTensors(join(folder, "best.safetensors"));
    const { sha256, ...said } = metadata;
    assert.match(sha256!, /^[0-9a-f]{64}$/);
    assert.deepEqual(said, {
      iteration: String(evaluated[1]!.iteration),
      metric: "accuracy",
      value: "0.7",
    });
    for (const [name, value] of weights) assert.deepEqual(tensors.get(name)!.toTypedArray(), value);
    const last = await trainIn(newFolder(), { settings: { ...settings, result: "last" }, accuracy });
    assert.notDeepEqual(last.weights, weights);
    const unevaluated = await trainIn(newFolder(), { settings: { ...plain, evaluateEvery: null } });
    assert.deepEqual(last.weights, unevaluated.weights, "an evaluation must not affect the training");
    const without = await trainIn(newFolder(), {
      settings: { ...plain, evaluateEvery: null },
      evaluates: false,
    });
    assert.deepEqual(without.weights, unevaluated.weights);
    assert.equal(unevaluated.metrics.filter((record) => record.accuracy !== undefined).length, 1);
    assert.equal(without.metrics.filter((record) => record.accuracy !== undefined).length, 0);
  });
});

describe("a diverged training", () => {
  const broken: Readonly<Record<string, { scale: number; says: RegExp }>> = {
    "with a NaN loss": {
      scale: Number.NaN,
      says: /^step: lossClassification is NaN at iteration 10: lower lr/,
    },
    "with an infinite gradient": { scale: 1e38, says: /^step: gradNorm is Infinity at iteration 10: / },
  };
  for (const [name, { scale, says: pattern }] of Object.entries(broken)) {
    it(`${name} names the iteration, and keeps the batch, the subnet and earlier checkpoints`, async () => {
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
      assert.equal(metadata.iteration, "10");
      assert.deepEqual(
        json("batch"),
        parts.map(({ ids, labels }) => ({ labels: Array.from(labels, Number), ids })),
      );
      const [{ subnet, ...rest }, ...none] = json("subnets");
      assert.deepEqual([subnet, Object.keys(rest), none], [{ scale: 2 }, ["loss"], []]);
      assert.equal(typeof json("figures").gradNorm, "string");
      assert.deepEqual(checkpointsIn(folder), ["checkpoint-7.safetensors"]);
      const resumed = await trainIn(folder, { settings });
      assert.deepEqual(resumed.weights, (await trainIn(newFolder(), { settings })).weights);
    });
  }
});

describe("a spike warning", () => {
  it("is logged once if loss and gradient rise far above their running medians", async () => {
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
  it("trains close to float32, but not identically", { skip: withoutBfloat16 }, async () => {
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

  const refused = async (device: string) => {
    await assert.rejects(
      trainIn(newFolder(), { settings: { ...plain, precision: "bfloat16" }, device }),
      says(
        RegExp(`^steps\\.step\\.precision: bfloat16 does not run on ${device} \\(.*\\): set it to float32$`),
      ),
    );
  };

  it("is refused if the device does not support it", () => refused("cuda:7"));

  const skip = withoutBfloat16 ? false : "this processor supports bfloat16";
  it("is refused if the processor does not support it", { skip }, () => refused("cpu"));
});
