import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { constant, cosine, polynomial, withWarmup } from "./schedules.js";

test("warm-up multiplies the schedule and ends with it", () => {
  const schedule = withWarmup(polynomial(100), 10, { start: 0.5 });
  assert.equal(schedule(0), 0.5);
  assert.ok(Math.abs(schedule(5) - 0.95 * 0.75) < 1e-12);
  assert.equal(schedule(10), polynomial(100)(10));
  assert.equal(withWarmup(constant, 0)(0), 1);
});

test("every factor is between the ends, before, during and after the schedule", () => {
  fc.assert(
    fc.property(fc.integer({ min: -5, max: 300 }), fc.integer({ min: 0, max: 200 }), (iteration, total) => {
      for (const schedule of [polynomial(total, { end: 0.01 }), cosine(total, { end: 0.01 })]) {
        const factor = withWarmup(schedule, 20)(iteration);
        assert.ok(factor >= 0 && factor <= 1);
        if (iteration >= Math.max(total, 20)) assert.ok(Math.abs(factor - 0.01) < 1e-12);
      }
    }),
  );
});
