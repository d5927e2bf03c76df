import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Random } from "./random.js";

describe("Random", () => {
  it("gives equal streams for equal keys and continues from a saved state", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.integer(), fc.string())), (key) => {
        const [a, b] = [Random.of(...key), Random.of(...key)];
        a.uint32();
        b.uint32();
        const resumed = Random.fromState(JSON.parse(JSON.stringify(a.state())));
        const next = a.uniform();
        assert.equal(b.uniform(), next);
        assert.equal(resumed.uniform(), next);
      }),
    );
  });

  it("gives different streams for neighboring keys", () => {
    const first = Array.from({ length: 2000 }, (_, i) => Random.of(1, "path", i).uint32());
    assert.equal(new Set(first).size, first.length);
    const mean = first.reduce((sum, value) => sum + value / 2 ** 32, 0) / first.length;
    assert.ok(Math.abs(mean - 0.5) < 0.03, `mean of the first samples ${mean}`);
  });

  it("is uniform over small ranges, and permutations keep every item", () => {
    const random = Random.of("uniform");
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 70_000; i++) counts[random.int(7)]!++;
    for (const count of counts) assert.ok(Math.abs(count - 10_000) < 500, String(counts));
    assert.deepEqual(
      random.permutation(100).sort((a, b) => a - b),
      Array.from({ length: 100 }, (_, i) => i),
    );
  });

  it("samples normal numbers with mean 0 and standard deviation 1", () => {
    const random = Random.of("normal");
    const draws = Array.from({ length: 50_000 }, () => random.normal());
    const mean = draws.reduce((a, b) => a + b) / draws.length;
    const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length;
    assert.ok(Math.abs(mean) < 0.02 && Math.abs(variance - 1) < 0.03, `${mean} ${variance}`);
  });

  it("samples beta numbers with the right moments", () => {
    const shapes = [
      [0.8, 0.8],
      [1, 1],
      [0.2, 0.2],
      [2, 5],
      [0.5, 3],
    ] as const;
    for (const [a, b] of shapes) {
      const random = Random.of("beta", a, b);
      const draws = Array.from({ length: 40_000 }, () => random.beta(a, b));
      // E[x^k] is the product of (a + i) / (a + b + i) for i < k. The sample mean is within 4 standard deviations.
      const moment = (k: number) =>
        Array.from({ length: k }, (_, i) => (a + i) / (a + b + i)).reduce((product, x) => product * x, 1);
      for (let k = 1; k <= 4; k++) {
        const mean = draws.reduce((sum, x) => sum + x ** k, 0) / draws.length;
        const deviation = Math.sqrt((moment(2 * k) - moment(k) ** 2) / draws.length);
        assert.ok(
          Math.abs(mean - moment(k)) < 4 * deviation,
          `moment ${k} of (${a}, ${b}): got ${mean}, expected ${moment(k)}`,
        );
      }
    }
  });

  it("samples beta numbers with the right distribution function", () => {
    // (1, 1) is uniform, and (3, 1) has the distribution function x^3. The maximum distance from it exceeds
    // 1.95 / sqrt(n) only once in a thousand runs (Kolmogorov-Smirnov).
    for (const power of [1, 3]) {
      const random = Random.of("shape", power);
      const draws = Array.from({ length: 10_000 }, () => random.beta(power, 1)).sort((x, y) => x - y);
      const distance = Math.max(...draws.map((x, i) => Math.abs(x ** power - (i + 0.5) / draws.length)));
      assert.ok(distance < 0.0195, `${power}: ${distance}`);
    }
  });

  it("samples beta numbers in range for any parameters", () => {
    const shape = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(shape, shape, fc.integer(), (a, b, seed) => {
        const x = Random.of(seed).beta(a, b);
        assert.ok(x >= 0 && x <= 1, String(x));
      }),
    );
  });
});
