/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Region of an image, in pixels. */
export interface Region extends Size {
  readonly left: number;
  readonly top: number;
}

/** How an image is resized. */
export interface Resizing extends Size {
  readonly interpolation: "bilinear" | "bicubic";
  /** Part of the resized image that is returned. Default: all of it. */
  readonly window?: Region;
}

/** Red, green and blue bytes, row by row: [height, width, 3]. */
export interface Pixels extends Size {
  readonly data: Uint8Array;
}

/** Image to predict on. */
export interface SourceImage extends Size {
  /** Path or address, for messages. */
  readonly name: string;
  /** Resizes the image as Pillow does, byte for byte. */
  decodeResized(how: Resizing): Pixels | Promise<Pixels>;
}

/** A class in an image. */
export interface Found {
  /** Index of the class. */
  readonly label: number;
  /** 0 to 1. */
  readonly score: number;
  /** [x, y, width, height] in pixels of the image. Absent if it is the whole image. */
  readonly box?: readonly [x: number, y: number, width: number, height: number];
}

/** An exported network, ready to predict. */
export interface ExportedNetwork {
  /** Names of the classes. */
  readonly classes: readonly string[];
  /** Returns what the network finds, best score first. */
  find(image: SourceImage): Promise<Found[]>;
}
