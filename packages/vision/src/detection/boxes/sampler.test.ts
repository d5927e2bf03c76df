import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "@supernet/base";
import fc from "fast-check";
import { sampleBalanced } from "./sampler.js";

const matches = fc.array(fc.integer({ min: -2, max: 3 }), { maxLength: 60 }).map((m) => Int32Array.from(m));

test("a sample has the requested number of each kind, or all available boxes, without duplicates", () => {
  fc.assert(
    fc.property(
      matches,
      fc.integer({ min: 0, max: 40 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (m, n, share) => {
        const settings = { samplesPerImage: n, positiveFraction: share };
        const { positive, negative } = sampleBalanced(m, settings, Random.of(n));
        assert.ok(positive.every((i) => m[i]! >= 0));
        assert.ok(negative.every((i) => m[i] === -1));
        assert.equal(new Set([...positive, ...negative]).size, positive.length + negative.length);
        assert.equal(positive.length, Math.min(Math.floor(n * share), m.filter((x) => x >= 0).length));
        assert.equal(negative.length, Math.min(n - positive.length, m.filter((x) => x === -1).length));
      },
    ),
  );
});

test("equal keys sample the same boxes, and different keys sample all boxes equally often", () => {
  const m = new Int32Array(20).fill(-1);
  const settings = { samplesPerImage: 5, positiveFraction: 0.5 };
  const sampleWith = (key: number) =>
    Array.from(sampleBalanced(m, settings, Random.of("test", key)).negative);
  assert.deepEqual(sampleWith(4), sampleWith(4));
  const counts = new Array<number>(20).fill(0);
  for (let key = 0; key < 2000; key++) for (const i of sampleWith(key)) counts[i]!++;
  for (const count of counts) assert.ok(Math.abs(count - 500) < 100, `${counts}`);
});
