import { z } from "zod";
import type { Image } from "../image.js";
import { type Interpolation, interpolationSchema } from "../settings.js";
import { type Interpolate, interpolateBicubic, interpolateBilinear } from "./interpolate.js";

/**
 * Matrix [a, b, c, d, e, f]. The color at (x, y) is read at (a x + b y + c, d x + e y + f), in pixels from the upper
 * left corner. The center of the first pixel is at (0.5, 0.5).
 */
export type Affine = readonly [number, number, number, number, number, number];

/** Interpolation between pixels, and color outside the image. */
export const canvasSchema = z.strictObject({
  interpolation: interpolationSchema,
  fill: z.tuple([z.number(), z.number(), z.number()]).readonly(),
});

/** Interpolation between pixels, and color outside the image, 0 to 255. */
export type Canvas = Readonly<z.infer<typeof canvasSchema>>;

/** Moves rows to the left by `slope` pixels for each pixel down. */
export const shearX = (image: Image, slope: number, canvas: Canvas): Image =>
  transform(image, [1, slope, 0, 0, 1, 0], canvas);

/** Moves columns up by `slope` pixels for each pixel to the right. */
export const shearY = (image: Image, slope: number, canvas: Canvas): Image =>
  transform(image, [1, 0, 0, slope, 1, 0], canvas);

/** Moves the image to the left. */
export const translateX = (image: Image, pixels: number, canvas: Canvas): Image =>
  transform(image, [1, 0, pixels, 0, 1, 0], canvas);

/** Moves the image up. */
export const translateY = (image: Image, pixels: number, canvas: Canvas): Image =>
  transform(image, [1, 0, 0, 0, 1, pixels], canvas);

/** Rotates the image counterclockwise about its center. */
export function rotate(image: Image, degrees: number, canvas: Canvas): Image {
  const angle = (degrees * Math.PI) / 180;
  const cos = rounded(Math.cos(angle));
  const sin = rounded(Math.sin(angle));
  const x = image.width / 2;
  const y = image.height / 2;
  return transform(image, [cos, -sin, sin * y - cos * x + x, sin, cos, -sin * x - cos * y + y], canvas);
}

/** Rounds to 15 decimals, so the sine of 30 degrees is 0.5. */
const rounded = (value: number): number => Number(value.toFixed(15));

const INTERPOLATIONS: Readonly<Record<Interpolation, Interpolate>> = {
  bilinear: interpolateBilinear,
  bicubic: interpolateBicubic,
};

/** Transforms an image by an affine matrix. The size does not change. */
export function transform(image: Image, matrix: Affine, { interpolation, fill }: Canvas): Image {
  const { width, height } = image;
  const [a, b, c, d, e, f] = matrix;
  const interpolate = INTERPOLATIONS[interpolation];
  const out = new Uint8Array(image.data.length);
  let offset = 0;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++, offset += 3) {
      const x = a * (column + 0.5) + b * (row + 0.5) + c;
      const y = d * (column + 0.5) + e * (row + 0.5) + f;
      if (x >= 0 && x < width && y >= 0 && y < height) {
        interpolate(image, x - 0.5, y - 0.5, out, offset);
      } else {
        out[offset] = fill[0];
        out[offset + 1] = fill[1];
        out[offset + 2] = fill[2];
      }
    }
  }
  return { width, height, data: out };
}
