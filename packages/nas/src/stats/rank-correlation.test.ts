import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { kendallTau } from "./rank-correlation.js";

describe("kendallTau", () => {
  it("returns the same values as scipy.stats.kendalltau", () => {
    assert.ok(Math.abs(kendallTau([12, 2, 1, 12, 2], [1, 4, 7, 1, 0]) - -0.4714045207910316) < 1e-12);
    assert.ok(Math.abs(kendallTau([1, 2, 3, 4, 5], [2, 1, 4, 3, 5]) - 0.6) < 1e-12);
  });

  const scores = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })), {
    minLength: 2,
    maxLength: 30,
  });

  it("depends only on the order, and changes sign if it is reversed", () => {
    fc.assert(
      fc.property(scores, (pairs) => {
        const a = pairs.map(([x]) => x);
        const b = pairs.map(([, y]) => y);
        const tau = kendallTau(a, b);
        assert.ok(Number.isNaN(tau) || (tau >= -1 - 1e-12 && tau <= 1 + 1e-12));
        assert.equal(
          kendallTau(
            a.map((x) => x ** 3 + 5),
            b,
          ),
          tau,
        );
        assert.equal(
          kendallTau(
            a,
            b.map((y) => -y),
          ) + 0,
          -tau + 0,
        );
        assert.equal(kendallTau(b, a), tau);
      }),
    );
  });

  it("returns 1 for a list and itself, and NaN if all scores are equal", () => {
    assert.equal(kendallTau([3, 1, 2], [3, 1, 2]), 1);
    assert.ok(Number.isNaN(kendallTau([1, 1, 1], [1, 2, 3])));
    assert.throws(() => kendallTau([1], [1, 2]), RangeError);
  });
});
