import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe } from "node:test";
import { type Tensor, tensor } from "@supernet/torch";
import type { Boxes, GroundTruth, ImageSize } from "../detection/boxes/boxes.js";
import type { Norm, PyramidSettings } from "../detection/common.settings.js";
import { runPython, withoutTorchvision } from "./python.js";

/** Tensor of torchvision as nested JSON arrays. */
export type Nested = number | readonly Nested[];
type Vector = readonly number[];
type Matrix = readonly Vector[];
type Size = readonly [height: number, width: number];
type Weights = Readonly<Record<string, Nested>>;

interface Predictions {
  readonly logits: Nested;
  readonly deltas: Nested;
}

interface FcosVectors {
  readonly logits: Nested;
  readonly distances: Nested;
  readonly centerness: Nested;
}

interface Losses extends Predictions {
  readonly shapes: readonly Size[];
  readonly losses: readonly [classification: number, box: number];
  readonly logitsGradient: Nested;
  readonly deltasGradient: Nested;
}

interface AnchorCase {
  readonly scales: number[];
  readonly ratios: number[];
  readonly strides: Vector;
  readonly sizes: readonly Size[];
}

interface Found {
  readonly boxes: readonly Matrix[];
  readonly scores: Matrix;
  readonly labels: Matrix;
}

/** Output of test-data/make_detection_vectors.py. */
export interface Vectors {
  readonly roiAlign: readonly {
    readonly input: Nested;
    readonly rois: Matrix;
    readonly scale: number;
    readonly samplingRatio: number;
    readonly aligned: boolean;
    readonly output: Nested;
    readonly upstream: Nested;
    readonly gradient: Nested;
  }[];
  readonly nms: {
    readonly boxes: Matrix;
    readonly scores: Vector;
    readonly groups: Vector;
    readonly thresholds: Vector;
    readonly kept: Matrix;
    readonly keptInGroups: Matrix;
  };
  readonly coder: {
    readonly weights: readonly [number, number, number, number];
    readonly references: Matrix;
    readonly targets: Matrix;
    readonly encoded: Matrix;
    readonly deltas: Matrix;
    readonly decoded: Matrix;
  };
  readonly distances: {
    readonly references: Matrix;
    readonly targets: Matrix;
    readonly encoded: Matrix;
    readonly distances: Matrix;
    readonly decoded: Matrix;
  };
  readonly giou: {
    readonly boxes: Matrix;
    readonly targets: Matrix;
    readonly loss: number;
    readonly gradient: Matrix;
  };
  readonly anchors: readonly (AnchorCase & { readonly boxes: Matrix })[];
  readonly matcher: {
    readonly boxes: Matrix;
    readonly truth: Matrix;
    readonly iou: Matrix;
    readonly lowQuality: Vector;
    readonly plain: Vector;
    readonly retinaNet: Vector;
  };
  readonly levels: { readonly boxes: Matrix; readonly levels: Vector };
  readonly fpn: readonly {
    readonly channels: Vector;
    readonly norm: Norm;
    readonly extraLevels: PyramidSettings["extraLevels"];
    readonly weights: Weights;
    readonly maps: readonly Nested[];
    readonly levels: readonly Nested[];
  }[];
  readonly rpn: Losses & {
    readonly sizes: readonly Size[];
    readonly strides: Vector;
    readonly proposals: readonly Matrix[];
    readonly truth: readonly Matrix[];
  };
  readonly roiHead: Losses &
    Found & { readonly proposals: readonly Matrix[]; readonly targets: Vector; readonly regression: Matrix };
  readonly boxHead: Predictions & { readonly weights: Weights; readonly pooled: Nested };
  readonly focal: readonly {
    readonly gamma: number;
    readonly alpha: number;
    readonly logits: Matrix;
    readonly targets: Matrix;
    readonly loss: number;
    readonly gradient: Matrix;
  }[];
  readonly retinaHead: Predictions & {
    readonly classes: number;
    readonly weights: Weights;
    readonly maps: readonly Nested[];
  };
  readonly retinaNet: Losses &
    AnchorCase &
    Found & { readonly truth: readonly Matrix[]; readonly truthLabels: Matrix };
  readonly fcosHead: FcosVectors & {
    readonly classes: number;
    readonly weights: Weights;
    readonly maps: readonly Nested[];
  };
  readonly fcos: FcosVectors &
    Found & {
      readonly strides: Vector;
      readonly sizes: readonly Size[];
      readonly shapes: readonly Size[];
      readonly truth: readonly Matrix[];
      readonly truthLabels: Matrix;
      readonly losses: readonly [classification: number, box: number, centerness: number];
      readonly logitsGradient: Nested;
      readonly distancesGradient: Nested;
      readonly centernessGradient: Nested;
    };
}

function storedVectors(): Vectors {
  const path = new URL("../../test-data/detection-vectors.json", import.meta.url);
  return JSON.parse(readFileSync(path, "utf8"));
}

/** Computes vectors with the installed torchvision, or returns the reason why it is missing. */
function freshVectors(seed: number): Vectors | string {
  return withoutTorchvision || JSON.parse(runPython("make_detection_vectors.py", String(seed)));
}

/** Runs the same tests with the stored vectors and, if torchvision is installed, with new ones. */
export function checkAgainstTorchvision(tests: (vectors: () => Vectors) => void): void {
  const stored = storedVectors();
  describe("torchvision's stored vectors", () => tests(() => stored));
  const fresh = freshVectors(20);
  const skip = typeof fresh === "string" ? fresh : false;
  describe("torchvision's newly computed vectors", { skip }, () => tests(() => fresh as Vectors));
}

function flat(nested: Nested): number[] {
  return typeof nested === "number" ? [nested] : (nested as Nested[]).flatMap(flat);
}

export function boxesOf(nested: Nested): Boxes {
  return Float32Array.from(flat(nested));
}

export function tensorOf(nested: Nested): Tensor {
  return tensor(nested as Parameters<typeof tensor>[0]);
}

/** Creates a tensor that requires a gradient. */
export function leaf(nested: Nested): Tensor {
  return tensor(nested as Parameters<typeof tensor>[0], { requiresGrad: true });
}

export function truthOf(boxes: Nested, labels?: Vector): GroundTruth {
  const array = boxesOf(boxes);
  const count = array.length / 4;
  return {
    boxes: array,
    labels: labels ? Int32Array.from(labels) : new Int32Array(count),
    crowd: new Uint8Array(count),
  };
}

export function sizeOf([height, width]: Size): ImageSize {
  return { height, width };
}

/** Renames torchvision's weights. */
export function renamed(weights: Weights, rename: (name: string) => string): Map<string, Tensor> {
  return new Map(Object.entries(weights).map(([name, value]) => [rename(name), tensorOf(value)]));
}

export function assertClose(actual: Tensor | ArrayLike<number>, expected: Nested, tolerance = 1e-4): void {
  const values = "toTypedArray" in actual ? (actual.toTypedArray() as Float32Array) : actual;
  const wanted = flat(expected);
  assert.equal(values.length, wanted.length);
  for (const [i, value] of wanted.entries()) {
    const error = Math.abs(values[i]! - value);
    assert.ok(error <= tolerance * Math.max(1, Math.abs(value)), `element ${i}: ${values[i]}, not ${value}`);
  }
}
