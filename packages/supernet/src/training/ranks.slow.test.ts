import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { UserError } from "@supernet/base";
import { runRanks } from "@supernet/testing";
import { loadTensors, nn, setNumThreads, tidy } from "@supernet/torch";
import { readMetrics } from "../run/metrics.js";
import { ITERATIONS, type RankOptions, settings, trainRank, weightsOf } from "../testing/training-rank.js";
import { createRanks } from "./ranks.js";

const program = fileURLToPath(new URL("../testing/training-rank.js", import.meta.url));
const root = mkdtempSync(join(tmpdir(), "ranks-"));
after(() => rmSync(root, { recursive: true, force: true }));
setNumThreads(1);

let folders = 0;
const newFolder = (): string => join(root, String(folders++));

const together = (folder: string, options: RankOptions = {}, size = 2) =>
  runRanks([program, folder, JSON.stringify(options)], size);

async function trained(folder: string, options?: RankOptions, size?: number): Promise<string> {
  for (const { code, stderr } of await together(folder, options, size)) assert.equal(code, 0, stderr);
  return folder;
}

async function trainedAlone(options: RankOptions): Promise<string> {
  const folder = newFolder();
  await trainRank(folder, options);
  return folder;
}

/**
 * Bound for rounding differences in a float64 training; they are about 1e-14. A wrong reduction changes more than 1e-3.
 * In float32 there is no such bound: rounding sometimes moves an activation across the kink of its ReLU6, and the
 * gradient jumps. Two trainings that differ only in rounding may then end 1e-3 to 1e-2 apart, or 1e-7.
 */
const ROUNDING = 1e-10;

const lossesIn = (folder: string) =>
  readMetrics(join(folder, "metrics.jsonl")).filter(({ lr }) => lr !== undefined);

/**
 * Returns the largest difference between two weights or statistics, relative to those above 1.
 * @param rank rank of `other` whose weights are compared
 */
function difference(one: string, other: string, rank = 0): number {
  return tidy(() => {
    const a = loadTensors(join(one, weightsOf(0))).tensors;
    const b = loadTensors(join(other, weightsOf(rank))).tensors;
    assert.deepEqual([...a.keys()], [...b.keys()]);
    let largest = 0;
    for (const [name, tensor] of a) {
      const others = b.get(name)!.toTypedArray();
      for (const [i, value] of tensor.toTypedArray().entries()) {
        const apart = Math.abs(Number(value) - Number(others[i]!)) / Math.max(1, Math.abs(Number(value)));
        if (apart > largest) largest = apart;
      }
    }
    return largest;
  });
}

const AVERAGED: RankOptions = { double: true, settings: { emaDecay: 0.9 } };
let averagedOnBoth: Promise<string> | undefined;
const trainAveraged = () => (averagedOnBoth ??= trained(newFolder(), AVERAGED));

describe("two ranks with half of every batch each", () => {
  const cases: Readonly<Record<string, RankOptions>> = {
    "one path, with unused parameters": { double: true },
    "several paths per iteration": { double: true, subnets: 3 },
    "averaged weights": AVERAGED,
  };
  for (const [name, options] of Object.entries(cases)) {
    it(`match one rank with the complete batch for ${ITERATIONS} iterations: ${name}`, async () => {
      const alone = await trainedAlone(options);
      const both = await (options === AVERAGED ? trainAveraged() : trained(newFolder(), options));
      // With averaged weights, only rank 0 has the result; the other rank has its last weights.
      for (const rank of options.settings?.emaDecay ? [0] : [0, 1]) {
        const apart = difference(alone, both, rank);
        assert.ok(apart <= ROUNDING, `weights of rank ${rank} differ by ${apart}`);
      }
      const [expected, found] = [lossesIn(alone), lossesIn(both)];
      assert.equal(found.length, ITERATIONS / 10);
      for (const [i, record] of expected.entries()) {
        for (const figure of ["lr", "lossClassification", "loss", "gradNorm"]) {
          const [a, b] = [record[figure] as number, found[i]![figure] as number];
          assert.ok(Math.abs(a - b) <= ROUNDING * a, `${figure}: ${b}, not ${a}`);
        }
      }
    });
  }

  it("do not match it if each has its own batch-norm statistics", async () => {
    const options = { settings: { syncBatchNorm: false } };
    const [alone, both] = [await trainedAlone(options), await trained(newFolder(), options)];
    assert.ok(difference(alone, both) > 1e-3);
  });

  it("match one rank with two micro-batches if batch-norm is not synchronized", async () => {
    // One pass per rank, and two. Statistics of fewer than 8 images would amplify rounding.
    for (const [batchSize, microBatch] of [
      [16, null],
      [32, 8],
    ] as const) {
      const own = { syncBatchNorm: false, batchSize };
      const alone = await trainedAlone({ double: true, settings: { ...own, microBatch: 8 } });
      const both = await trained(newFolder(), { double: true, settings: { ...own, microBatch } });
      const [expected, found] = [lossesIn(alone), lossesIn(both)];
      assert.equal(found.length, expected.length);
      for (const [i, record] of expected.entries()) {
        for (const figure of ["loss", "gradNorm"]) {
          const [a, b] = [record[figure] as number, found[i]![figure] as number];
          assert.ok(Math.abs(a - b) <= ROUNDING * a, `${figure}: ${b}, not ${a}`);
        }
      }
    }
  });
});

describe("a training on two ranks", () => {
  it("ends bit for bit the same if one of them stops it, then one is killed, and it is resumed", async () => {
    const options = AVERAGED;
    const uninterrupted = await trainAveraged();
    const folder = newFolder();
    const [first, second] = await together(folder, { ...options, stop: { at: 6, rank: 1 } });
    assert.equal(first!.code, 130, first!.stderr);
    assert.match(second!.stderr, /stopped/);
    const [left] = await together(folder, { ...options, kill: { at: 9, rank: 1 } });
    assert.equal(left!.code, 1, left!.stderr);
    assert.match(left!.stderr, /^UserError: rank 0 of 2: lost rank 1: [^\n]*\n$/);
    await trained(folder, options);
    for (const name of [weightsOf(0), weightsOf(1), "metrics.jsonl"])
      assert.deepEqual(readFileSync(join(folder, name)), readFileSync(join(uninterrupted, name)), name);
  });

  it("stops on both if the loss of one is NaN, and that rank saves its part of the batch", async () => {
    const folder = newFolder();
    for (const { code, stderr } of await together(folder, { break: { at: 3, rank: 1 } })) {
      assert.equal(code, 1);
      assert.match(stderr, /loss[A-Za-z]* is NaN at iteration 4: .*diverged-rank-1\.safetensors/);
    }
    assert.ok(existsSync(join(folder, "diverged-rank-1.safetensors")));
    assert.ok(!existsSync(join(folder, "diverged.safetensors")));
  });

  it("is refused if the batch cannot be divided among the ranks", () => {
    const world = { size: 3, rank: 0 } as Parameters<typeof createRanks>[0];
    const refused = (change: object, pattern: RegExp) =>
      assert.throws(
        () =>
          createRanks(world, {
            model: new nn.Linear(1, 1),
            settings: { ...settings, ...change },
            step: "train",
          }),
        (error) => error instanceof UserError && pattern.test(error.message),
      );
    refused(
      { batchSize: 8 },
      /^steps\.train\.batchSize: 8 is not divisible by the 3 ranks: use a multiple of 3/,
    );
    refused(
      { batchSize: 12, microBatch: 3 },
      /^steps\.train\.microBatch: 3 does not divide the 4 images per rank/,
    );
  });
});
