import { readFileSync } from "node:fs";
import { runPython, withoutTorchvision } from "../../test-support/python.js";

/** Arrays as torchvision's tensors come out of JSON. */
export type Nested = number | readonly Nested[];
type Vector = readonly number[];
type Matrix = readonly Vector[];
type Size = readonly [height: number, width: number];

interface Losses {
  readonly logits: Matrix;
  readonly deltas: Nested;
  readonly shapes: readonly Size[];
  readonly losses: readonly [classification: number, box: number];
  readonly logitsGradient: Nested;
  readonly deltasGradient: Nested;
}

/** What test-data/make_detection_vectors.py writes. */
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
  readonly anchors: {
    readonly scales: Vector;
    readonly ratios: Vector;
    readonly strides: Vector;
    readonly sizes: readonly Size[];
    readonly boxes: Matrix;
  };
  readonly matcher: {
    readonly boxes: Matrix;
    readonly truth: Matrix;
    readonly iou: Matrix;
    readonly lowQuality: Vector;
    readonly plain: Vector;
  };
  readonly levels: { readonly boxes: Matrix; readonly levels: Vector };
  readonly fpn: {
    readonly channels: Vector;
    readonly weights: Readonly<Record<string, Nested>>;
    readonly maps: readonly Nested[];
    readonly levels: readonly Nested[];
  };
  readonly rpn: Losses & {
    readonly sizes: readonly Size[];
    readonly strides: Vector;
    readonly proposals: readonly Matrix[];
    readonly truth: readonly Matrix[];
  };
  readonly roiHead: Losses & {
    readonly proposals: readonly Matrix[];
    readonly boxes: readonly Matrix[];
    readonly scores: Matrix;
    readonly labels: Matrix;
    readonly targets: Vector;
    readonly regression: Matrix;
  };
}

export function storedVectors(): Vectors {
  const path = new URL("../../../test-data/detection-vectors.json", import.meta.url);
  return JSON.parse(readFileSync(path, "utf8"));
}

/** Vectors computed now by the torchvision of this machine, or the reason why there are none. */
export function freshVectors(seed: number): Vectors | string {
  return withoutTorchvision || JSON.parse(runPython("make_detection_vectors.py", String(seed)));
}
