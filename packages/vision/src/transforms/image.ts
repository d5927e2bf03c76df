/** A decoded image. */
export interface Image {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue bytes, row by row: [height, width, 3]. */
  readonly data: Uint8Array;
}

/** A part of an image, in pixels. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Returns the region that covers an image of this size. */
export const wholeRegion = ({ width, height }: Pick<Image, "width" | "height">): Region => ({
  left: 0,
  top: 0,
  width,
  height,
});

/** Converts a gray image to three equal channels. */
export function fromGray(gray: Uint8Array, width: number, height: number): Image {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) data.fill(gray[i]!, 3 * i, 3 * i + 3);
  return { width, height, data };
}

/** Size of a center crop, and by how many pixels the image is shifted in it first. */
export interface CenterCrop {
  readonly width: number;
  readonly height: number;
  /** Pixels to the right. Default: 0. */
  readonly dx?: number;
  /** Pixels down. Default: 0. */
  readonly dy?: number;
}

/** Crops the center of an image. Pixels that the image does not cover are black. */
export function centerCrop(image: Image, { width, height, dx = 0, dy = 0 }: CenterCrop): Image {
  const left = Math.round((width - image.width) / 2) + dx;
  const top = Math.round((height - image.height) / 2) + dy;
  if (left === 0 && top === 0 && image.width === width && image.height === height) return image;
  const data = new Uint8Array(width * height * 3);
  const [from, to] = [Math.max(0, left), Math.min(width, left + image.width)];
  for (let y = Math.max(0, top); y < Math.min(height, top + image.height) && to > from; y++) {
    const source = ((y - top) * image.width + from - left) * 3;
    data.set(image.data.subarray(source, source + (to - from) * 3), (y * width + from) * 3);
  }
  return { width, height, data };
}

/** Flips an image left to right. */
export function flipHorizontal({ width, height, data }: Image): Image {
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 3;
      const to = (y * width + width - 1 - x) * 3;
      out[to] = data[from]!;
      out[to + 1] = data[from + 1]!;
      out[to + 2] = data[from + 2]!;
    }
  }
  return { width, height, data: out };
}
