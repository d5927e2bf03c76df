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
  "cut off": (path: string) => truncateSync(path, statSync(path).size - 1),
  "one bit of a weight flipped": flip((bytes) => bytes.length - 1),
  // Of the iteration the last digit: 15 for 14.
  "one bit of what stands beside the weights flipped": flip(
    (bytes) =>
      bytes.indexOf("iteration") +
      bytes.subarray(bytes.indexOf("iteration")).toString("latin1").search(/\d\D/),
  ),
};

describe("a resumed training", () => {
  const more = { subnets: 3, dropout: 0.3 };
  const cases: Readonly<Record<string, Options & { skip?: string | false }>> = {
    plain: { settings: plain },
    everything: { settings: everything, ...more },
    "everything, in bfloat16": {
      settings: { ...everything, precision: "bfloat16" },
      ...more,
      skip: withoutBfloat16,
    },
  };
  for (const [name, { skip = false, ...options }] of Object.entries(cases)) {
    it(`ends bit for bit as an unbroken one, wherever it was stopped or killed: ${name}`, {
      skip,
    }, async () => {
      const whole = newFolder();
      const unbroken = await trainIn(whole, options);
      assert.equal(unbroken.metrics.at(-1)!.iteration, ITERATIONS);
      for (const at of [1, 6, 7, 10, 13, 20, 32]) {
        for (const how of ["stopAt", "failAt"] as const) {
          const folder = newFolder();
          await assert.rejects(trainIn(folder, { ...options, [how]: at }), Stopped);
          const resumed = await trainIn(folder, options);
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

  it("takes the checkpoint before where the newest is damaged, or begins anew, and ends the same", async () => {
    const settings = { ...everything, keepLast: 2 };
    const unbroken = await trainIn(newFolder(), { settings });
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
        assert.deepEqual([resumed.weights, resumed.metrics], [unbroken.weights, unbroken.metrics], where);
        assert.equal(resumed.said.length, said.length, where);
        for (const [i, line] of said.entries()) assert.match(resumed.said[i]!, line);
      }
    }
  });

  it("does not hand on best weights that were damaged after it began", async () => {
    const folder = newFolder();
    const accuracy = (_: number, evaluations: number) => {
      if (evaluations === 2) damages["one bit of a weight flipped"](join(folder, "best.safetensors"));
      return -evaluations;
    };
    await assert.rejects(
      trainIn(folder, { settings: everything, accuracy }),
      says(/best\.safetensors is missing or corrupt: run again with --resume/),
    );
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

describe("the rates of AutoFormer's recipe", () => {
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

  it("are counted in epochs of 1251 steps", () => {
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
  it("is refused where no block of the network can be left out", async () => {
    await assert.rejects(
      trainIn(newFolder(), { settings: { ...plain, dropPath: 0.1 } }),
      says(/drop path has no effect/),
    );
  });
});

describe("a setting that the training ends before", () => {
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
