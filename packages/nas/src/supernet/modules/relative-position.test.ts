import assert from "node:assert/strict";
import { test } from "node:test";
import { relativeIndices } from "./relative-position.js";

test("indices of a 2x2 grid equal those computed by hand", () => {
  // Tokens: class, (0, 0), (0, 1), (1, 0), (1, 1). Index 15 is distance 0, 16 is one down or right, 14 one up or left.
  assert.deepEqual(relativeIndices(2, 14), {
    vertical: [
      [0, 0, 0, 0, 0],
      [0, 15, 15, 16, 16],
      [0, 15, 15, 16, 16],
      [0, 14, 14, 15, 15],
      [0, 14, 14, 15, 15],
    ],
    horizontal: [
      [0, 0, 0, 0, 0],
      [0, 15, 16, 15, 16],
      [0, 14, 15, 14, 15],
      [0, 15, 16, 15, 16],
      [0, 14, 15, 14, 15],
    ],
  });
});

test("clamps distances between rows and columns", () => {
  // First row of a 4x4 grid, relative to its first and its last patch. Distances are clamped to 2.
  const { vertical, horizontal } = relativeIndices(4, 2);
  assert.deepEqual(horizontal[1]!.slice(0, 5), [0, 3, 4, 5, 5]);
  assert.deepEqual(horizontal[4]!.slice(0, 5), [0, 1, 1, 2, 3]);
  // First column, relative to its first and its last patch.
  assert.deepEqual(
    [1, 5, 9, 13].map((j) => vertical[1]![j]),
    [3, 4, 5, 5],
  );
  assert.deepEqual(
    [1, 5, 9, 13].map((j) => vertical[13]![j]),
    [1, 1, 2, 3],
  );
});
