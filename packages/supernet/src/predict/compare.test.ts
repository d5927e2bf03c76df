import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Finding } from "../task/predictor.js";
import { compareFindings } from "./compare.js";

const finding = (label: number, score: number, ...box: number[]): Finding => ({
  class: `class ${label}`,
  label,
  score,
  ...(box.length > 0 && { box: box as never }),
});

describe("compareFindings", () => {
  it("pairs boxes of the same class that overlap, and reports the largest differences", () => {
    const first = [
      finding(0, 0.9, 0, 0, 10, 10),
      finding(1, 0.8, 50, 50, 20, 20),
      finding(0, 0.5, 80, 0, 9, 9),
    ];
    const second = [
      finding(1, 0.7, 51, 50, 20, 22),
      finding(0, 0.88, 0, 0, 10, 10),
      finding(1, 0.4, 80, 0, 9, 9),
    ];
    const { score, box, ...counts } = compareFindings([[first, second]]);
    assert.deepEqual(counts, { common: 2, onlyFirst: 1, onlySecond: 1 });
    assert.ok(Math.abs(score.largest - 0.1) < 1e-9 && Math.abs(score.mean - 0.06) < 1e-9);
    assert.deepEqual(box, { largest: 2, mean: (1 + 1 + 2) / 8 });
  });

  it("pairs a box with the one that overlaps most, and each only once", () => {
    const first = [finding(0, 0.9, 0, 0, 10, 10), finding(0, 0.8, 0, 0, 10, 12)];
    const second = [finding(0, 0.9, 0, 0, 10, 12)];
    assert.equal(compareFindings([[first, second]]).common, 1);
    assert.deepEqual(compareFindings([[first.slice(1), [...first, ...second]]]).box, { largest: 0, mean: 0 });
  });

  it("pairs classes of whole images", () => {
    const first = [finding(0, 0.7), finding(1, 0.3)];
    const second = [finding(1, 0.5), finding(2, 0.5)];
    const { common, onlyFirst, onlySecond, score, box } = compareFindings([[first, second]]);
    assert.deepEqual([common, onlyFirst, onlySecond, box], [1, 1, 1, null]);
    assert.ok(Math.abs(score.largest - 0.2) < 1e-9);
  });

  it("finds no difference between equal findings, and none in no images", () => {
    const side = fc.integer({ min: 1, max: 50 });
    const findings = fc.array(
      fc
        .tuple(fc.nat(2), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(50), fc.nat(50), side, side)
        .map((values) => finding(...values)),
    );
    fc.assert(
      fc.property(fc.array(findings), (images) => {
        const { onlyFirst, onlySecond, score } = compareFindings(images.map((found) => [found, found]));
        assert.deepEqual([onlyFirst, onlySecond], [0, 0]);
        assert.ok(score.largest <= 1);
      }),
    );
    assert.deepEqual(compareFindings([]), {
      ...{ common: 0, onlyFirst: 0, onlySecond: 0 },
      ...{ score: { largest: 0, mean: 0 }, box: null },
    });
  });
});
