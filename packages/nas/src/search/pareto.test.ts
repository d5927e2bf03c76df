import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { crowdingDistances, dominates, kneeIndex, nonDominatedSort, paretoFront } from "./pareto.js";
import type { Candidate } from "./state.js";

/** Small integers, so that ties occur. */
const points = fc.integer({ min: 1, max: 4 }).chain((objectives) =>
  fc.array(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: objectives, maxLength: objectives }), {
    minLength: 1,
    maxLength: 30,
  }),
);

test("sorts every point into one front, dominated only by points of earlier fronts", () => {
  fc.assert(
    fc.property(points, (all) => {
      const fronts = nonDominatedSort(all);
      assert.deepEqual(
        fronts.flat().toSorted((a, b) => a - b),
        [...all.keys()],
      );
      for (const [i, front] of fronts.entries()) {
        for (const a of front) {
          assert.ok(!front.some((b) => dominates(all[b]!, all[a]!)));
          if (i > 0) assert.ok(fronts[i - 1]!.some((b) => dominates(all[b]!, all[a]!)));
        }
      }
    }),
  );
});

test("a point dominates those that are nowhere better and somewhere worse", () => {
  fc.assert(
    fc.property(points, (all) => {
      for (const a of all) {
        assert.ok(!dominates(a, a));
        for (const b of all) assert.ok(!(dominates(a, b) && dominates(b, a)));
      }
    }),
  );
  assert.ok(dominates([1, 2], [1, 3]));
  assert.ok(!dominates([1, 3], [2, 2]));
});

test("crowding distance is the size of the box between neighbors, relative to the front's", () => {
  assert.deepEqual(
    crowdingDistances([
      [0, 10],
      [1, 6],
      [3, 5],
      [4, 0],
    ]),
    [Number.POSITIVE_INFINITY, 3 / 4 + 5 / 10, 3 / 4 + 6 / 10, Number.POSITIVE_INFINITY],
  );
  assert.deepEqual(crowdingDistances([]), []);
  fc.assert(
    fc.property(points, (all) => {
      const [objectives, distances] = [all[0]!.length, crowdingDistances(all)];
      for (const distance of distances) assert.ok(distance >= 0);
      // At most two ends per objective, and none if all values are equal.
      const ends = distances.filter((distance) => distance === Number.POSITIVE_INFINITY);
      const unlike = [...all[0]!.keys()].filter((i) => all.some((point) => point[i] !== all[0]![i]));
      assert.ok(ends.length >= Math.min(1, unlike.length) && ends.length <= 2 * unlike.length);
      for (const distance of distances)
        assert.ok(distance === Number.POSITIVE_INFINITY || distance <= 2 * objectives);
    }),
  );
});

test("the knee is furthest from the line between the ends", () => {
  const front = [
    [0, 100],
    [1, 40],
    [2, 15],
    [6, 10],
    [10, 0],
  ];
  assert.equal(kneeIndex(front), 2);
  assert.equal(kneeIndex([[3, 3]]), 0);
  fc.assert(
    fc.property(
      points,
      fc.array(fc.double({ min: 0.5, max: 100, noNaN: true }), { minLength: 4, maxLength: 4 }),
      (all, scales) => {
        const front = nonDominatedSort(all)[0]!.map((i) => all[i]!);
        const knee = kneeIndex(front);
        // Units do not matter.
        const scaled = front.map((point) => point.map((value, i) => value * scales[i]! + 7 * i));
        const sum = (place: number) =>
          front[place]!.reduce((total, value, i) => {
            const values = front.map((point) => point[i]!);
            const [min, max] = [Math.min(...values), Math.max(...values)];
            return total + (max > min ? (value - min) / (max - min) : 0);
          }, 0);
        assert.ok(Math.abs(sum(kneeIndex(scaled)) - sum(knee)) < 1e-9);
        if (front[0]!.length !== 2 || front.length < 3) return;
        // Computes the distance to the line through the two ends independently.
        const [a, b] = [0, 1].map((i) => front.reduce((p, q) => (q[i]! < p[i]! ? q : p)));
        const [dx, dy] = [b![0]! - a![0]!, b![1]! - a![1]!];
        const far = (p: readonly number[]) => dx * (a![1]! - p[1]!) - dy * (a![0]! - p[0]!);
        assert.equal(far(front[knee]!), Math.max(...front.map(far)));
      },
    ),
  );
});

test("returns candidates scored on all images by descending score, equal ones once", () => {
  const candidate = (score: number | null, flops: number, fraction = 1): Candidate => ({
    subnet: { d: flops },
    fraction,
    score,
    resources: { flops, params: 1 },
    generation: 0,
  });
  const history = [
    candidate(0.5, 10),
    candidate(0.9, 30),
    candidate(0.85, 15),
    candidate(0.85, 15),
    candidate(0.8, 20),
    candidate(0.99, 5, 0.5),
    candidate(null, 1),
  ];
  const { candidates, knee } = paretoFront(history, ["flops"]);
  assert.deepEqual(candidates, [history[1], history[2], history[0]]);
  assert.equal(candidates[knee], history[2]);
  assert.deepEqual(paretoFront([candidate(null, 1)], ["flops"]).candidates, []);
});
