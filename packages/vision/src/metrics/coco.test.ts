import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { averagePrecision, COCO_METRICS, type CocoMetrics, evaluateCoco } from "./coco.js";
import type { CocoDetection, CocoGroundTruth } from "./coco-files.js";

interface Vector {
  readonly name: string;
  readonly groundTruth: CocoGroundTruth;
  readonly detections: readonly CocoDetection[];
  readonly expected: CocoMetrics;
}

// Computed by pycocotools. See test-data/make_coco_vectors.py.
const vectors: Vector[] = JSON.parse(
  readFileSync(new URL("../../test-data/coco-vectors.json", import.meta.url), "utf8"),
);

describe("evaluateCoco", () => {
  for (const { name, groundTruth, detections, expected } of vectors) {
    it(`equals pycocotools: ${name}`, () => {
      const metrics = evaluateCoco(groundTruth, detections);
      for (const key of COCO_METRICS) {
        assert.ok(
          Math.abs(metrics[key] - expected[key]) <= 1e-9,
          `${key}: ${metrics[key]}, not ${expected[key]}`,
        );
      }
      assert.equal(averagePrecision(groundTruth, detections), metrics.AP);
    });
  }

  it("returns 1 for the ground truth, and 0 without detections", () => {
    const { groundTruth } = vectors[0]!;
    const exact = groundTruth.annotations.map((annotation) => ({ ...annotation, score: 0.5 }));
    assert.ok(Math.abs(evaluateCoco(groundTruth, exact).AP - 1) < 1e-9);
    assert.equal(evaluateCoco(groundTruth, []).AP, 0);
  });
});
