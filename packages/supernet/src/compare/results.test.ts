import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { comparisonLines } from "./lines.js";
import {
  type ComparedNetwork,
  type Comparison,
  computeGains,
  drawSamples,
  gainSentences,
  rankingOf,
  SAMPLES,
} from "./results.js";

const network = (origin: ComparedNetwork["origin"], budget: number, test: number): ComparedNetwork => ({
  origin,
  budget,
  subnet: {},
  folder: `${origin} ${budget} ${test}`,
  resources: { flops: 10 ** budget },
  supernet: -test,
  search: test,
  test,
  latency: null,
});
const networks = [
  network("found", 0, 0.4),
  network("hand-scaled", 0, 0.36),
  network("random", 0, 0.3),
  network("random", 0, 0.32),
  network("found", 1, 0.5),
  network("hand-scaled", 1, 0.5),
  network("random", 1, 0.42),
];

describe("a comparison", () => {
  it("draws samples of as many images, the same for each network", () => {
    const samples = drawSamples(7, 3);
    assert.equal(samples.length, SAMPLES);
    for (const counts of samples)
      assert.equal(
        counts.reduce((sum, count) => sum + count),
        7,
      );
    assert.deepEqual(samples[5], drawSamples(7, 3)[5]);
    assert.notDeepEqual(samples[5], samples[6]);
  });

  it("computes the gain as the mean over budgets, with an interval over the samples", () => {
    // In each sample, all scores change by the same amount, except those of the found networks.
    const sampled = (folder: string) =>
      Array.from({ length: SAMPLES }, (_, i) => {
        const { test, origin } = networks.find((each) => each.folder === folder)!;
        return test + i / SAMPLES + (origin === "found" ? (i - SAMPLES / 2) / SAMPLES / 10 : 0);
      });
    const gains = computeGains(networks, "flops", sampled);
    assert.deepEqual(
      gains.map(({ over, budgets }) => [over, budgets]),
      [
        ["hand-scaled", 2],
        ["random", 2],
      ],
    );
    const [scaled = assert.fail(), random = assert.fail()] = gains;
    assert.ok(Math.abs(scaled.mean - 0.02) < 1e-12);
    assert.ok(Math.abs(random.mean - 0.085) < 1e-12);
    assert.equal(scaled.cost, 1);
    const [low, high] = scaled.interval;
    assert.ok(Math.abs(low - (0.02 - 0.0475)) < 1e-3 && Math.abs(high - (0.02 + 0.0475)) < 1e-3);
  });

  it("computes Kendall's tau of the random networks only", () => {
    assert.equal(rankingOf(networks), -1);
    assert.equal(rankingOf(networks.slice(0, 3)), null);
  });

  const gain = (low: number, high: number, cost = 1): Comparison => ({
    resource: "detector.latency",
    budgets: [1, 2],
    networks: [],
    randomCandidates: 0,
    gains: [{ over: "hand-scaled", mean: (low + high) / 2, interval: [low, high], budgets: 2, cost }],
    kendallTau: null,
  });

  it("names no winner if the difference is within the noise of the test images", () => {
    const sentence = (...given: Parameters<typeof gain>) => gainSentences(gain(...given), "AP")[0]!;
    const interval = "(95 % interval over test images: 1.0 to 3.0; one training each)";
    const start =
      "At the same detector.latency as hand-scaled ones, on average over 2 budgets, the found networks have";
    assert.equal(sentence(0.01, 0.03), `${start} 2.0 points of AP more ${interval}`);
    assert.equal(sentence(-0.03, -0.01), `${start} 2.0 points of AP less ${interval}`);
    assert.equal(
      sentence(-0.01, 0.03),
      `${start} 1.0 points of AP more, but there are too few test images to tell them apart ` +
        "(95 % interval over test images: -1.0 to 3.0; one training each)",
    );
    assert.match(
      sentence(0.01, 0.03, 1.25),
      /^At 80 % of the detector\.latency of hand-scaled ones, on average/,
    );
  });

  it("prints one row for the random networks of a budget", () => {
    const lines = comparisonLines({ ...gain(0.01, 0.03), resource: "flops", networks }, "AP");
    assert.deepEqual(
      lines.map((line) => line.trim().split(/ {2,}/)[0]),
      [
        "Test images, networks trained in the same way:",
        "flops",
        ...["found", "hand-scaled", "mean of 2 random", "found", "hand-scaled", "random"],
        lines.at(-1),
      ],
    );
  });
});
