import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "@supernet/base";
import fc from "fast-check";
import {
  batchNorm2d,
  concat,
  conv2d,
  depthwiseConv2d,
  identity,
  type Layer,
  maxPool2d,
  outputChannels,
  relu,
  residual,
  sequential,
  splitShuffle,
  squeezeExcitation,
} from "../layer/layer.js";
import { BYTES, mapMemory } from "./cost.js";
import { estimateLayer } from "./estimate.js";
import { createEstimator } from "./estimator.js";

const SIDE = 4;
const bytesOf = (channels: number): number => BYTES * channels * SIDE * SIDE;

/** Creates a random tree of layers that keep the size of a map. */
function randomLayer(random: Random, channels: number, depth: number): Layer {
  const inner = (input = channels) => randomLayer(random, input, depth - 1);
  const leaves = [
    relu,
    identity,
    batchNorm2d,
    () => depthwiseConv2d(3),
    () => maxPool2d(3),
    () => squeezeExcitation(1 + random.int(2 * channels * SIDE * SIDE)),
    () => conv2d(2 * (1 + random.int(8)), 1),
  ];
  const trees = [
    () => sequential(inner()),
    () => {
      const first = inner();
      const second = inner(outputChannels(first, channels));
      return sequential(first, second, inner(outputChannels(second, outputChannels(first, channels))));
    },
    () => residual(sequential(inner(), conv2d(channels, 3))),
    () => residual(identity()),
    () => concat({ a: inner(), b: inner(), c: inner() }),
    () => concat({ a: inner(), b: inner() }, { shuffle: true }),
    ...(channels % 4 === 0
      ? (["split", "input", "output"] as const).map((shuffle) => () => {
          const body = inner(channels / 2);
          return splitShuffle("work", body, { shuffle });
        })
      : []),
  ];
  return random.pick(depth === 0 || random.uniform() < 0.2 ? leaves : trees)();
}

/** Storage of a map. The halves of a split are views of another map's storage. */
interface Storage {
  readonly bytes: number;
  readonly made: number;
  lastRead: number;
}

/** Runs a network one operation at a time, and counts the storage that is still needed at each operation. */
function simulatedPeak(layer: Layer, input: number): number {
  const storages: Storage[] = [];
  let time = 0;
  const write = (channels: number, ...reads: Storage[]): Storage => writeBytes(bytesOf(channels), ...reads);
  const writeBytes = (bytes: number, ...reads: Storage[]): Storage => {
    time++;
    for (const read of reads) read.lastRead = time;
    const storage = { bytes, made: time, lastRead: time };
    storages.push(storage);
    return storage;
  };
  const run = (inner: Layer, x: Storage, channels: number): Storage => {
    const out = outputChannels(inner, channels);
    switch (inner.kind) {
      case "identity":
        return x;
      case "sequential": {
        let [y, width] = [x, channels];
        for (const next of inner.layers) {
          y = run(next, y, width);
          width = outputChannels(next, width);
        }
        return y;
      }
      case "residual":
        return write(out, x, run(inner.body, x, channels));
      case "concat": {
        const joined = write(out, ...Object.values(inner.branches).map((branch) => run(branch, x, channels)));
        return inner.shuffle ? write(out, joined) : joined;
      }
      case "squeeze-excitation": {
        // Means, two convolutions, and a function after each.
        const widths = [channels, inner.squeezed, inner.squeezed, channels, channels];
        return write(
          out,
          x,
          widths.reduce((read, width) => writeBytes(BYTES * width, read), x),
        );
      }
      case "split-shuffle": {
        const y = inner.shuffle === "input" ? write(channels, x) : x;
        const joined = write(out, y, run(inner.body, y, channels / 2));
        return inner.shuffle === "output" ? write(out, joined) : joined;
      }
      default:
        return write(out, x);
    }
  };
  run(layer, write(input), input);
  const peaks = Array.from({ length: time }, (_, i) =>
    storages
      .filter(({ made, lastRead }) => made <= i + 1 && lastRead >= i + 1)
      .reduce((sum, { bytes }) => sum + bytes, 0),
  );
  return Math.max(...peaks);
}

test("counts the maps that a run of one operation at a time still needs", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = Random.of("memory", seed);
      const channels = 4 * (1 + random.int(3));
      const layer = randomLayer(random, channels, 3);
      const { cost } = estimateLayer(layer, "net", [channels, SIDE, SIDE]);
      assert.equal(mapMemory(cost), simulatedPeak(layer, channels), JSON.stringify(layer));
    }),
    { numRuns: 2000 },
  );
});

test("keeps the input of a residual while its body runs, but not the input of a sequence", () => {
  const body = sequential(conv2d(24, 1), relu(), conv2d(4, 1));
  const of = (layer: Layer) => mapMemory(estimateLayer(layer, "net", [4, SIDE, SIDE]).cost);
  assert.equal(of(body), bytesOf(24 + 24));
  assert.equal(of(residual(body)), bytesOf(4 + 24 + 24));
});

test("adds all weights of a network and its maximum of maps alive at once", () => {
  const parts = [conv2d(8, 1), conv2d(2, 1)].map((layer, i) => ({
    name: String(i),
    decisions: [],
    layer: () => layer,
  }));
  const { measure, smooth } = createEstimator("net", parts, [4, SIDE, SIDE]);
  assert.equal(measure({}).memory, BYTES * (4 * 8 + 8 * 2) + bytesOf(4 + 8));
  assert.ok(smooth({}).memory >= measure({}).memory);
});
