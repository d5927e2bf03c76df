import assert from "node:assert/strict";
import { test } from "node:test";
import { studentQuantile } from "./student.js";

test("studentQuantile returns the quantiles of published tables", () => {
  const table: readonly (readonly [number, number, number])[] = [
    [0.975, 1, 12.7062],
    [0.999, 2, 22.3271],
    [0.95, 3, 2.3534],
    [0.995, 7, 3.4995],
    [0.99, 10, 2.7638],
    [0.9995, 30, 3.646],
    [0.975, 120, 1.9799],
    [0.99, 100000, 2.3264],
  ];
  for (const [probability, degrees, expected] of table)
    assert.ok(Math.abs(studentQuantile(probability, degrees) - expected) < 6e-5, `${probability} ${degrees}`);
});
