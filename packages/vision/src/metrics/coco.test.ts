import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { Random } from "@supernet/base";
import {
  averagePrecision,
  COCO_METRICS,
  type CocoMetrics,
  evaluateCoco,
  resampledPrecision,
} from "./coco.js";
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

describe("resampledPrecision", () => {
  for (const { name, groundTruth, detections: tied } of vectors) {
    it(`is the AP of a data set with repeated images: ${name}`, () => {
      // The order of equal scores depends on the data set.
      const detections = tied.map((detection, i) => ({ ...detection, score: detection.score - i * 1e-9 }));
      const { images } = groundTruth;
      const once = images.map(() => 1);
      const drawn = images.map((_, i) => Random.of("resampled", name, i).int(3));
      const [all, sampled, none] = resampledPrecision(groundTruth, detections, [
        once,
        drawn,
        images.map(() => 0),
      ]);
      assert.ok(Math.abs(all! - averagePrecision(groundTruth, detections)) < 1e-12);
      assert.equal(none, -1);
      // Writes the sample as a data set of its own, in which each copy of an image has an id of its own.
      const copies = images.flatMap(({ id }, i) =>
        Array.from({ length: drawn[i]! }, (_, copy) => ({ id, copy: id * 10 + copy })),
      );
      const repeat = <T extends { readonly image_id: number }>(items: readonly T[]): T[] =>
        copies.flatMap(({ id, copy }) =>
          items.filter(({ image_id }) => image_id === id).map((item) => ({ ...item, image_id: copy })),
        );
      const repeated = {
        ...groundTruth,
        images: copies.map(({ copy }) => ({ id: copy })),
        annotations: repeat(groundTruth.annotations),
      };
      const expected = averagePrecision(repeated, repeat(detections));
      assert.ok(Math.abs(sampled! - expected) < 1e-9, `${sampled}, not ${expected}`);
    });
  }

  it("refuses a sample of other images", () => {
    const { groundTruth, detections } = vectors[0]!;
    assert.throws(
      () => resampledPrecision(groundTruth, detections, [[1]]),
      /a sample has 1 counts; expected one for each of/,
    );
  });
});
