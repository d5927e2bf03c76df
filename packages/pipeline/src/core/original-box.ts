import type { Size } from "./image.js";

/**
 * Converts a box in the resized image to pixels of the original image.
 * @param boxes x1, y1, x2, y2 of each box
 * @param index index of the box
 * @returns [x, y, width, height]
 */
export function originalBox(
  boxes: Float32Array,
  index: number,
  { size, originalSize }: { readonly size: Size; readonly originalSize: Size },
): [x: number, y: number, width: number, height: number] {
  const scaleX = originalSize.width / size.width;
  const scaleY = originalSize.height / size.height;
  const [x1, y1, x2, y2] = boxes.subarray(4 * index, 4 * index + 4) as unknown as [
    number,
    number,
    number,
    number,
  ];
  return [x1 * scaleX, y1 * scaleY, (x2 - x1) * scaleX, (y2 - y1) * scaleY];
}
