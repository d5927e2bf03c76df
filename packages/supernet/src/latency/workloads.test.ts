import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Random } from "@supernet/base";
import { indexTimes, type Workload } from "@supernet/nas";
import fc from "fast-check";
import { createAmounts, crossValidate, fitFactors, sumTerms, timedLayers } from "./workloads.js";

const layer = { kind: "conv2d" } as unknown as NonNullable<Workload["layer"]>;
const convolution = (term: string, side: number, batch = 1): Workload => ({
  term,
  layer,
  input: [3, side, side],
  batch,
});
const times = indexTimes([
  { layer, input: [3, 8, 8], milliseconds: 2 },
  { layer, input: [3, 8, 8], batch: 16, milliseconds: 24 },
]);
const run = (workloads: readonly Workload[]) => ({
  identity: {},
  input: () => [3, 8, 8] as const,
  workloads: () => workloads,
});
const amountsOf = (...workloads: Workload[]) => createAmounts(run(workloads), times)({});

describe("createAmounts", () => {
  it("adds the times of a term's layers, and counts the elements of other operations in millions", () => {
    const pooled = { term: "pooled", input: [16, 7, 7], batch: 1000 };
    const amounts = amountsOf(
      convolution("neck", 8),
      convolution("neck", 8),
      convolution("head", 8, 16),
      pooled,
    );
    assert.deepEqual(Object.fromEntries(amounts), { constant: 1, neck: 4, head: 24, pooled: 0.784 });
  });

  it("counts a layer without a time as the mean of its term's layers", () => {
    const amounts = amountsOf(convolution("neck", 8), convolution("neck", 9), convolution("head", 8, 16));
    assert.deepEqual(Object.fromEntries(amounts), { constant: 1, neck: 4, head: 24 });
  });

  it("is a number for a term of which no layer has a time", () => {
    assert.ok(Number.isFinite(sumTerms(amountsOf(convolution("neck", 9)), { neck: 1 })));
  });
});

it("timedLayers returns the layers with their batches", () => {
  const placed = timedLayers([convolution("head", 8, 16), { term: "pooled", input: [3], batch: 2 }]);
  assert.deepEqual(placed, [{ layer, input: [3, 8, 8], batch: 16, part: "head", choices: {} }]);
});

describe("fitFactors", () => {
  const terms = ["constant", "backbone", "neck", "head"];
  const networks = (seed: number, count: number) => {
    const random = Random.of("networks", seed);
    return Array.from(
      { length: count },
      () => new Map(terms.map((term) => [term, term === "constant" ? 1 : 0.1 + random.uniform()])),
    );
  };

  it("finds the factors of times that are sums of terms, also if one is 0", () => {
    const factor = fc.oneof(fc.constant(0), fc.double({ min: 0.1, max: 10, noNaN: true }));
    fc.assert(
      fc.property(
        fc.tuple(factor, factor, factor, fc.double({ min: 0.1, max: 5, noNaN: true })),
        fc.nat(),
        (f, seed) => {
          const known = Object.fromEntries(terms.map((term, i) => [term, f[i]!]));
          const measured = networks(seed, 12);
          const fitted = fitFactors(
            measured,
            measured.map((amounts) => sumTerms(amounts, known)),
          );
          for (const amounts of networks(seed + 1, 5)) {
            const wanted = sumTerms(amounts, known);
            assert.ok(Math.abs(sumTerms(amounts, fitted) / wanted - 1) < 1e-6);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it("has no negative factors, and omits terms that no network has", () => {
    const random = Random.of("noise");
    const measured = networks(3, 20).map((amounts) => new Map([...amounts, ["never", 0]]));
    const fitted = fitFactors(
      measured,
      measured.map(() => 0.5 + random.uniform()),
    );
    assert.ok(Object.values(fitted).every((factor) => factor >= 0));
    assert.ok(!("never" in fitted));
  });

  it("has an error for networks left out of the fit: none if the times are sums, some if they are noisy", () => {
    const random = Random.of("error");
    const measured = networks(4, 40);
    const exact = measured.map((amounts) =>
      sumTerms(amounts, { constant: 1, backbone: 2, neck: 3, head: 4 }),
    );
    assert.ok(crossValidate(measured, exact).max < 1e-6);
    const noisy = exact.map((time) => time * (0.8 + 0.4 * random.uniform()));
    const error = crossValidate(measured, noisy);
    assert.ok(error.mean > 0.05 && error.mean < 0.2 && error.max < 0.6, JSON.stringify(error));
  });
});
