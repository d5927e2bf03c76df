import { requireInstance } from "@supernet/base";
import { fromTypedArray, ops, type Tensor } from "@supernet/torch";

/**
 * Boxes as a flat array of 4n numbers: x1, y1, x2, y2, in pixels of the network's input. Boxes are half-open: (x1, y1)
 * is inside, (x2, y2) is just outside, and the width is x2 - x1. The last dimension of a tensor of boxes is 4.
 */
export type Boxes = Float32Array;

/** Height and width in pixels. */
export interface ImageSize {
  readonly height: number;
  readonly width: number;
}

/** Objects in one image. The three arrays have one entry per object. */
export interface GroundTruth {
  /** n boxes. */
  readonly boxes: Boxes;
  /** n classes, 0 to classes - 1. */
  readonly labels: Int32Array;
  /** n flags: 1 if the box is a crowd. Crowds are not trained on. */
  readonly crowd: Uint8Array;
}

/** Objects that a detector found in one image, best score first. The three arrays have one entry per object. */
export interface Detections {
  readonly boxes: Boxes;
  readonly scores: Float32Array;
  readonly labels: Int32Array;
}

/** Returns the number of boxes. */
export function boxCount(boxes: Boxes): number {
  return boxes.length / 4;
}

/** Computes n areas. The area is 0 if the corners are swapped. */
export function boxAreas(boxes: Boxes): Float32Array {
  const areas = new Float32Array(boxCount(boxes));
  for (let i = 0, b = 0; i < areas.length; i++, b += 4) {
    areas[i] = Math.max(0, boxes[b + 2]! - boxes[b]!) * Math.max(0, boxes[b + 3]! - boxes[b + 1]!);
  }
  return areas;
}

/** Calls visit(j, area) for each box j of `b` that overlaps box `row` of `a`, with the area of the overlap. */
export function forEachOverlap(
  a: Boxes,
  row: number,
  b: Boxes,
  visit: (j: number, shared: number) => void,
): void {
  const x1 = a[row * 4]!;
  const y1 = a[row * 4 + 1]!;
  const x2 = a[row * 4 + 2]!;
  const y2 = a[row * 4 + 3]!;
  for (let k = 0; k < b.length; k += 4) {
    const width = Math.min(x2, b[k + 2]!) - Math.max(x1, b[k]!);
    if (!(width > 0)) continue;
    const height = Math.min(y2, b[k + 3]!) - Math.max(y1, b[k + 1]!);
    if (height > 0) visit(k / 4, Math.fround(width * height));
  }
}

/** Computes the IoU of every box of `a` with every box of `b`: [na, nb], row by row. An undefined IoU is 0. */
export function boxIou(a: Boxes, b: Boxes): Float32Array {
  requireInstance("boxIou: a", a, Float32Array);
  requireInstance("boxIou: b", b, Float32Array);
  const columns = boxCount(b);
  const result = new Float32Array(boxCount(a) * columns);
  const areasOfA = boxAreas(a);
  const areasOfB = boxAreas(b);
  for (const [row, area] of areasOfA.entries()) {
    forEachOverlap(a, row, b, (j, shared) => {
      result[row * columns + j] = iouOf(shared, area, areasOfB[j]!);
    });
  }
  return result;
}

/** Computes the IoU in single precision from the shared area and both areas. */
export function iouOf(shared: number, areaA: number, areaB: number): number {
  return Math.fround(shared / Math.fround(areaA + areaB - shared));
}

/** Returns the boxes at these indices, in that order. */
export function takeBoxes(boxes: Boxes, indices: ArrayLike<number>): Boxes {
  const result = new Float32Array(indices.length * 4);
  for (let i = 0; i < indices.length; i++) {
    const b = indices[i]! * 4;
    result.set(boxes.subarray(b, b + 4), i * 4);
  }
  return result;
}

/** Concatenates flat arrays of boxes. */
export function joinBoxes(parts: readonly Boxes[]): Boxes {
  const joined = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let next = 0;
  for (const part of parts) {
    joined.set(part, next);
    next += part.length;
  }
  return joined;
}

/** Converts boxes to a tensor, [n, 4]. */
export function boxTensor(boxes: Boxes, device: string): Tensor {
  requireInstance("boxTensor: boxes", boxes, Float32Array);
  return fromTypedArray(boxes, [boxCount(boxes), 4], { device });
}

/** Converts integers to an int64 tensor, [n]. */
export function indexTensor(indices: Int32Array, device: string): Tensor {
  requireInstance("indexTensor: indices", indices, Int32Array);
  return fromTypedArray(indices, [indices.length], { dtype: "int64", device });
}

/** Returns the maximum corners in each image, [width, height, width, height]: [images, 4]. */
export function limitTensor(sizes: readonly ImageSize[], device: string): Tensor {
  const limits = new Float32Array(sizes.flatMap(({ width, height }) => [width, height, width, height]));
  return fromTypedArray(limits, [sizes.length, 4], { device });
}

/** Clips boxes to the image. `limits` (see {@link limitTensor}) must broadcast. */
export function clipBoxes(boxes: Tensor, limits: Tensor): Tensor {
  return ops.minimum(boxes.clampMin(0), limits);
}

/** Returns a mask, [...], that is true if both sides of a box, [..., 4], have at least `side` pixels. */
export function boxesAtLeast(boxes: Tensor, side: number): Tensor {
  const extent = boxes.slice(-1, 2, 4).sub(boxes.slice(-1, 0, 2));
  return extent.ge(side).all(-1);
}
