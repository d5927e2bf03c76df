import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Random } from "./random.js";

describe("Random", () => {
  it("gives equal streams for equal keys and goes on from a saved state", () => {
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

  it("tells neighbouring keys apart", () => {
    const first = Array.from({ length: 2000 }, (_, i) => Random.of(1, "path", i).uint32());
    assert.equal(new Set(first).size, first.length);
    const mean = first.reduce((sum, value) => sum + value / 2 ** 32, 0) / first.length;
    assert.ok(Math.abs(mean - 0.5) < 0.03, `mean of first draws ${mean}`);
  });

  it("is uniform over small ranges and permutes without loss", () => {
    const random = Random.of("uniform");
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 70_000; i++) counts[random.int(7)]!++;
    for (const count of counts) assert.ok(Math.abs(count - 10_000) < 500, String(counts));
    assert.deepEqual(
      random.permutation(100).sort((a, b) => a - b),
      Array.from({ length: 100 }, (_, i) => i),
    );
  });

  it("draws normal numbers with mean 0 and deviation 1", () => {
    const random = Random.of("normal");
    const draws = Array.from({ length: 50_000 }, () => random.normal());
    const mean = draws.reduce((a, b) => a + b) / draws.length;
    const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length;
    assert.ok(Math.abs(mean) < 0.02 && Math.abs(variance - 1) < 0.03, `${mean} ${variance}`);
  });
});
