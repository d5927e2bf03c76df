import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { predictionLines } from "./table.js";

const size = { width: 100, height: 50 };

describe("the table of predictions", () => {
  it("has a line for each object, and for each image without any", () => {
    const found = [
      { class: "red cell", label: 0, score: 0.98765, box: [1, 22.25, 3, 4.5] },
      { class: "platelet\u001b[31m", label: 1, score: 0.5, box: [0, 0, 100, 50] },
    ] as const;
    const predictions = [
      { image: "a.jpg", ...size, found },
      { image: "long/b.jpg", ...size, found: [] },
    ];
    assert.deepEqual(predictionLines(predictions, { findsBoxes: true }), [
      "image       class          score    x     y  width  height",
      "a.jpg       red cell       0.988  1.0  22.3    3.0     4.5",
      "a.jpg       platelet?[31m  0.500  0.0   0.0  100.0    50.0",
      "long/b.jpg  -                  -    -     -      -       -",
    ]);
  });

  it("has no boxes of a classifier", () => {
    const found = [{ class: "cat", label: 0, score: 1 }];
    assert.deepEqual(predictionLines([{ image: "a.jpg", ...size, found }], { findsBoxes: false }), [
      "image  class  score",
      "a.jpg  cat    1.000",
    ]);
  });
});
