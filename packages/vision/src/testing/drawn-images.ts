import { type Tensor, zeros } from "@supernet/torch";
import type { GroundTruth, ImageSize } from "../detection/boxes/boxes.js";

/** Side of the square images, in pixels. */
export const SIDE = 64;

export function truth(boxes: readonly (readonly number[])[], labels: readonly number[]): GroundTruth {
  return {
    boxes: Float32Array.from(boxes.flat()),
    labels: Int32Array.from(labels),
    crowd: new Uint8Array(labels.length),
  };
}

export const NOTHING = truth([], []);

/** Objects of two classes in two images. */
export const TRUTH = [
  truth(
    [
      [6, 8, 26, 28],
      [36, 30, 60, 54],
    ],
    [0, 1],
  ),
  truth([[20, 12, 44, 36]], [1]),
];
export const SIZES: readonly ImageSize[] = TRUTH.map(() => ({ height: SIDE, width: SIDE }));

/** Draws red rectangles for class 0 and blue ones for class 1, on black. */
export function draw(truths: readonly GroundTruth[]): Tensor {
  const images = zeros([truths.length, 3, SIDE, SIDE]);
  for (const [n, { boxes, labels }] of truths.entries()) {
    for (const [i, label] of labels.entries()) {
      const [x1, y1, x2, y2] = boxes.subarray(i * 4, i * 4 + 4);
      images
        .select(0, n)
        .select(0, label * 2)
        .slice(0, y1, y2)
        .slice(1, x1, x2)
        .fill_(1);
    }
  }
  return images;
}
