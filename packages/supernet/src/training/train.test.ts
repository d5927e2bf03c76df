import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { loadTensors } from "@supernet/torch";
import {
  checkpointsIn,
  everything,
  ITERATIONS,
  lossesOf,
  newFolder,
  numbersOf,
  type Options,
  type Outcome,
  plain,
  Stopped,
  says,
  trainIn,
  withoutBfloat16,
} from "../testing/training.js";
import { learningRateAt } from "./optimizer.js";
import { resolveSchedule } from "./schedule.js";
import type { TrainingSettings } from "./settings.js";

const flip = (position: (bytes: Buffer) => number) => (path: string) => {
  const bytes = readFileSync(path);
  bytes[position(bytes)]! ^= 1;
  writeFileSync(path, bytes);
};
const damages = {
  truncated: (path: string) => truncateSync(path, statSync(path).size - 1),
  "a flipped bit in a weight": flip((bytes) => bytes.length - 1),
  // Flips the last digit of the iteration: 15 for 14.
  "a flipped bit in the metadata": flip(
    (bytes) =>
      bytes.indexOf("iteration") +
      bytes.subarray(bytes.indexOf("iteration")).toString("latin1").search(/\d\D/),
  ),
};

describe("a resumed training", () => {
  const more = { subnets: 3, dropout: 0.3 };
  const everywhere = [1, 6, 7, 10, 13, 20, 32];
  const cases: Readonly<Record<string, Options & { places: readonly number[]; skip?: string | false }>> = {
    plain: { settings: plain, places: everywhere },
    everything: { settings: everything, ...more, places: everywhere },
    // The checkpoint after 7 iterations is the last one before the change.
    "everything, with a later start of other subnets": {
      settings: everything,
      ...more,
      startAfter: 7,
      places: [7, 8, 20],
    },
    // Three iterations train the subnets that are drawn together.
    "everything, with a pool of subnets": {
      ...{ settings: everything, pooled: true, dropout: 0.3 },
      places: [6, 7, 8, 9, 20],
    },
    "everything, in bfloat16": {
      settings: { ...everything, precision: "bfloat16" },
      ...more,
      places: [6, 20], // before and after the first checkpoint
      skip: withoutBfloat16,
    },
  };
  for (const [name, { skip = false, places, ...options }] of Object.entries(cases)) {
    it(`ends bit for bit like an uninterrupted one, wherever it was stopped or killed: ${name}`, {
      skip,
    }, async () => {
      const whole = newFolder();
      const uninterrupted = await trainIn(whole, options);
      assert.equal(uninterrupted.metrics.at(-1)!.iteration, ITERATIONS);
      for (const at of places) {
        for (const how of ["stopAt", "failAt"] as const) {
          const folder = newFolder();
          await assert.rejects(trainIn(folder, { ...options, [how]: at }), Stopped);
          const resumed = await trainIn(folder, options);
          assert.deepEqual(
            [resumed.weights, resumed.metrics],
            [uninterrupted.weights, uninterrupted.metrics],
            `${how} ${at}`,
          );
          assert.equal(existsSync(join(folder, "best.safetensors")), true);
          const best = (where: string) => loadTensors(join(where, "best.safetensors")).metadata;
          assert.deepEqual(best(folder), best(whole));
        }
      }
    });
  }

  it("changes the weights and their average once, before the other subnets start", async () => {
    // Weights that do not learn.
    const still = { ...everything, lr: { base: 1e-12, batchSize: 4 }, result: "last" } as const;
    const weightsOf = async (options: Options) => {
      const { weights } = await trainIn(newFolder(), { ...options, settings: still });
      return numbersOf(weights.get("fc.weight")!);
    };
    const [before, after] = [await weightsOf({}), await weightsOf({ startAfter: ITERATIONS - 1 })];
    for (const [i, weight] of after.entries()) assert.ok(Math.abs(2 * weight - before[i]!) < 1e-6);
  });

  it("leaves a checkpoint when it is stopped", async () => {
    const folder = newFolder();
    await assert.rejects(trainIn(folder, { stopAt: 5 }), Stopped);
    assert.deepEqual(checkpointsIn(folder), ["checkpoint-4.safetensors"]);
  });

  it("uses the previous checkpoint if the newest is corrupt, or starts over, and ends the same", async () => {
    const settings = { ...everything, keepLast: 2 };
    const uninterrupted = await trainIn(newFolder(), { settings });
    const cases: [damaged: string[], said: RegExp[]][] = [
      [["checkpoint-14.safetensors"], [/checkpoint-14\.safetensors or its best weights are corrupt/]],
      [
        ["checkpoint-14.safetensors", "checkpoint-7.safetensors"],
        [/checkpoint-14/, /checkpoint-7/],
      ],
      [["best.safetensors"], [/checkpoint-14.* best weights/, /checkpoint-7/]],
    ];
    for (const [damaged, said] of cases) {
      for (const [how, damage] of Object.entries(damages)) {
        const folder = newFolder();
        await assert.rejects(trainIn(folder, { settings, failAt: 17 }), Stopped);
        assert.deepEqual(checkpointsIn(folder).sort(), [
          "checkpoint-14.safetensors",
          "checkpoint-7.safetensors",
        ]);
        for (const name of damaged) damage(join(folder, name));
        const resumed = await trainIn(folder, { settings });
        const where = `${damaged.join()} ${how}`;
        assert.deepEqual(
          [resumed.weights, resumed.metrics],
          [uninterrupted.weights, uninterrupted.metrics],
          where,
        );
        assert.equal(resumed.said.length, said.length, where);
        for (const [i, line] of said.entries()) assert.match(resumed.said[i]!, line);
      }
    }
  });

  it("refuses best weights that were corrupted after it started", async () => {
    const folder = newFolder();
    const accuracy = (_: number, evaluations: number) => {
      if (evaluations === 2) damages["a flipped bit in a weight"](join(folder, "best.safetensors"));
      return -evaluations;
    };
    await assert.rejects(
      trainIn(folder, { settings: everything, accuracy }),
      says(/best\.safetensors is missing or corrupt: run again with --resume/),
    );
  });

  it("names a checkpoint of another model", async () => {
    const folder = newFolder();
    await assert.rejects(trainIn(folder, { settings: everything, stopAt: 5 }), Stopped);
    await assert.rejects(
      trainIn(folder, { settings: everything, norm: "group" }),
      says(/checkpoint-4\.safetensors: .*does not match the model/),
    );
  });
});

describe("checkpoints", () => {
  it("are removed, except for the newest keepLast ones", async () => {
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

describe("gradient accumulation", () => {
  it("equals the complete batch, up to rounding, without batch-norm", async () => {
    const outcomes = await Promise.all(
      [null, 1, 2].map((microBatch) =>
        trainIn(newFolder(), { settings: { ...plain, microBatch }, norm: "group", double: true }),
      ),
    );
    const [whole, ...others] = outcomes.map(({ weights }) => weights);
    for (const cutUp of others) {
      for (const [name, weights] of whole!) {
        const expected = numbersOf(weights);
        const found = numbersOf(cutUp.get(name)!);
        const norm = Math.hypot(...expected);
        const difference = Math.hypot(...expected.map((value, i) => value - found[i]!));
        assert.ok(difference <= 1e-12 * norm, `${name} differs by ${difference / norm}`);
      }
    }
    for (const [i, record] of lossesOf(outcomes[0]!).entries()) {
      for (const name of ["loss", "gradNorm"]) {
        const other = lossesOf(outcomes[1]!)[i]![name] as number;
        const expected = record[name] as number;
        assert.ok(Math.abs(other - expected) <= 1e-12 * expected, `${name}: ${other}, not ${expected}`);
      }
    }
  });

  it("normalizes each micro-batch by its own statistics with batch-norm", async () => {
    const [whole, cutUp] = await Promise.all(
      [null, 2].map((microBatch) => trainIn(newFolder(), { settings: { ...plain, microBatch } })),
    );
    assert.equal(whole!.weights.get("norm.num_batches_tracked")![0], BigInt(ITERATIONS));
    assert.equal(cutUp!.weights.get("norm.num_batches_tracked")![0], BigInt(2 * ITERATIONS));
  });
});

describe("the learning rate", () => {
  it("is scaled linearly with the batch size", async () => {
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

describe("the learning rates of AutoFormer's recipe", () => {
  const settings: TrainingSettings = {
    ...plain,
    epochs: 500,
    batchSize: 1024,
    optimizer: { kind: "adamw", betas: [0.9, 0.999], weightDecay: 0.05, noDecay: ["bias", "norm"] },
    lr: { base: 5e-4, batchSize: 512 },
    schedule: { kind: "cosine", endFactor: 0.01 },
    warmup: { epochs: 20, startFactor: 1e-3 },
  };
  const schedule = resolveSchedule(settings, 1281167, "supernet");
  const rate = learningRateAt(settings, schedule);
  const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-9, `${a}, not ${b}`);

  it("have 1251 iterations per epoch", () => {
    assert.deepEqual([schedule.perEpoch, schedule.iterations, schedule.warmup], [1251, 625500, 25020]);
  });

  it("rise from 1e-6 to nearly 1e-3 and fall to 1e-5", () => {
    near(rate(0), 1e-6);
    const cosine = (part: number) => 1e-5 + ((1e-3 - 1e-5) * (1 + Math.cos(Math.PI * part))) / 2;
    near(rate(12510), ((1e-6 + 1e-3) / 2 / 1e-3) * cosine(0.02));
    near(rate(25020), cosine(0.04));
    near(rate(312750), cosine(0.5));
    near(rate(625500), 1e-5);
  });
});

describe("drop path", () => {
  it("is refused if no block of the network can be skipped", async () => {
    await assert.rejects(
      trainIn(newFolder(), { settings: { ...plain, dropPath: 0.1 } }),
      says(/drop path has no effect/),
    );
  });
});

describe("a setting that takes effect after the last iteration", () => {
  const cases: Readonly<Record<string, [Partial<TrainingSettings>, RegExp]>> = {
    "a warm-up": [
      { warmup: { iterations: 34, startFactor: 0 } },
      /^steps\.step\.warmup\.iterations: iteration 34 is after the last iteration \(33\)/,
    ],
    "a milestone": [
      { schedule: { kind: "multi-step", milestones: [1, 2.99], gamma: 0.1 } },
      /^steps\.step\.schedule\.milestones: iteration 33 is after/,
    ],
    "an evaluation": [{ evaluateEvery: 2.99 }, /^steps\.step\.evaluateEvery: iteration 33/],
  };
  for (const [name, [change, pattern]] of Object.entries(cases)) {
    it(`is refused: ${name}`, async () => {
      await assert.rejects(trainIn(newFolder(), { settings: { ...plain, ...change } }), says(pattern));
    });
  }
});
