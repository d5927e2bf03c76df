import assert from "node:assert/strict";
import { test } from "node:test";
import { relativeIndices } from "./relative-position.js";

test("the indices of a grid of two by two patches, worked out by hand", () => {
  // Tokens: class, then (0, 0), (0, 1), (1, 0), (1, 1). No distance is 14 + 1 = 15, one down or right 16, back 14.
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

test("rows and columns farther apart than the distance count as so far apart", () => {
  // The first row of patches of a grid of four, seen from its first and its last patch; distance at most 2.
  const { vertical, horizontal } = relativeIndices(4, 2);
  assert.deepEqual(horizontal[1]!.slice(0, 5), [0, 3, 4, 5, 5]);
  assert.deepEqual(horizontal[4]!.slice(0, 5), [0, 1, 1, 2, 3]);
  // From the first patch to the first of each row, and from the last row's first back.
  assert.deepEqual(
    [1, 5, 9, 13].map((j) => vertical[1]![j]),
    [3, 4, 5, 5],
  );
  assert.deepEqual(
    [1, 5, 9, 13].map((j) => vertical[13]![j]),
    [1, 1, 2, 3],
  );
});
