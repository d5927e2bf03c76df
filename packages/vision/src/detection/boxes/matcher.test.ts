import assert from "node:assert/strict";
import { test } from "node:test";
import type { GroundTruth } from "./boxes.js";
import { IGNORED, type MatchOptions, matchBoxes, NEGATIVE } from "./matcher.js";

const SETTINGS = { positiveIou: 0.7, negativeIou: 0.3, lowQualityIou: 0 };

function truth(boxes: number[][], crowd: number[] = boxes.map(() => 0)): GroundTruth {
  return {
    boxes: Float32Array.from(boxes.flat()),
    labels: new Int32Array(boxes.length),
    crowd: Uint8Array.from(crowd),
  };
}

function match(boxes: number[][], known: GroundTruth, settings: MatchOptions = SETTINGS): number[] {
  return Array.from(matchBoxes(Float32Array.from(boxes.flat()), known, settings));
}

const boxes = [
  [0, 0, 10, 10],
  [0, 0, 10, 12],
  [50, 50, 60, 60],
];

test("all boxes are negative without ground truth", () => {
  assert.deepEqual(match(boxes, truth([])), [NEGATIVE, NEGATIVE, NEGATIVE]);
});

test("a crowd has no matches, and only negatives inside it are ignored", () => {
  const crowd = truth(
    [
      [0, 0, 10, 10],
      [0, 0, 100, 11],
    ],
    [0, 1],
  );
  assert.deepEqual(match(boxes, crowd), [0, 0, NEGATIVE]);
  assert.deepEqual(match(boxes, truth([[0, 0, 100, 11]], [1])), [IGNORED, IGNORED, NEGATIVE]);
});

test("ground truth without area or overlap has no matches, even with lowQualityIou", () => {
  const degenerate = truth([
    [5, 5, 5, 9],
    [200, 200, 210, 210],
    [8, 8, 3, 3],
  ]);
  assert.deepEqual(match(boxes, degenerate), [NEGATIVE, NEGATIVE, NEGATIVE]);
});

test("lowQualityIou matches all boxes that tie for the highest IoU", () => {
  const small = truth([[0, 0, 5, 2]]);
  const tied = [
    [0, 0, 10, 10],
    [0, 0, 20, 5],
    [0, 0, 30, 30],
  ];
  assert.deepEqual(match(tied, small), [0, 0, NEGATIVE]);
  assert.deepEqual(match(tied, small, { ...SETTINGS, lowQualityIou: null }), [NEGATIVE, NEGATIVE, NEGATIVE]);
});

test("lowQualityIou matches only boxes whose highest IoU with a ground truth is at least that", () => {
  // IoUs with the three boxes: 0.4, 0.25 and 0.1.
  const apart = truth([
    [0, 0, 10, 4],
    [20, 0, 30, 2.5],
    [40, 0, 50, 1],
  ]);
  const squares = [0, 20, 40].map((x) => [x, 0, x + 10, 10]);
  const matches = (lowQualityIou: number) => match(squares, apart, { ...SETTINGS, lowQualityIou });
  assert.deepEqual(matches(0), [0, 1, 2]);
  assert.deepEqual(matches(0.25), [0, 1, NEGATIVE]);
  assert.deepEqual(matches(0.3), [0, NEGATIVE, NEGATIVE]);
  assert.deepEqual(matches(0.41), [IGNORED, NEGATIVE, NEGATIVE]);
});
