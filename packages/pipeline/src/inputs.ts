import { requireObject, UserError } from "@supernet/base/checks";
import type { Pixels, SourceImage } from "./core/index.js";
import { resample } from "./images/resample.js";
import type { Platform } from "./platform.js";

// The types are structural, so that they need neither the types of Node.js nor those of a browser.

/** A `URL`. */
export interface Address {
  readonly href: string;
}

/** A `Blob`, a `File` or a `Response`. */
export interface Readable {
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Decoded pixels, row by row: gray, red-green-blue, or red-green-blue-alpha as in an `ImageData`. Alpha is ignored. */
export interface PixelData {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** In browsers: an image or video element, a canvas, an `OffscreenCanvas`, an `ImageBitmap` or a `VideoFrame`. */
export type Drawable =
  | { readonly width: unknown; readonly height: unknown }
  | { readonly displayWidth: number; readonly displayHeight: number };

/** An image: a path (in Node.js) or address, the contents of an image file, pixels, or what a browser can draw. */
export type ImageInput = string | Address | Uint8Array | ArrayBuffer | Readable | PixelData | Drawable;

/** An ONNX file: its path (in Node.js), its address or its contents. */
export type ModelInput = string | Address | Uint8Array | ArrayBuffer | Readable;

/** Reads a model, and names it for messages. */
export async function readModel(
  platform: Platform,
  model: ModelInput,
): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const name = addressOf(model) ?? "the model";
  const bytes = await bytesOf(platform, model);
  if (bytes) return { name, bytes };
  throw new TypeError("pipeline: model must be a path, an address, a Uint8Array or a Blob");
}

/** Opens an image. @throws UserError if it cannot be read */
export async function openImage(platform: Platform, input: ImageInput): Promise<SourceImage> {
  const name = addressOf(input) ?? "the image";
  const bytes = await bytesOf(platform, input);
  const pixels = bytes ? await platform.decode(bytes, name) : pixelsOf(platform, input);
  return {
    name,
    width: pixels.width,
    height: pixels.height,
    decodeResized: (how) => resample(pixels, how),
  };
}

function addressOf(input: unknown): string | undefined {
  if (typeof input === "string") return input;
  return isObject(input) && typeof input.href === "string" && !("width" in input) ? input.href : undefined;
}

/** Returns the contents of a file; undefined if the input is not one. */
async function bytesOf(platform: Platform, input: unknown): Promise<Uint8Array | undefined> {
  const address = addressOf(input);
  if (address !== undefined) return platform.read(address);
  if (input instanceof Uint8Array) return input;
  if (input instanceof ArrayBuffer) return new Uint8Array(input);
  if (isObject(input) && typeof input.arrayBuffer === "function")
    return new Uint8Array(await (input as unknown as Readable).arrayBuffer());
  return undefined;
}

function pixelsOf(platform: Platform, input: unknown): Pixels {
  requireObject("image", input);
  const { width, height, data } = input as Partial<PixelData>;
  if (!(data instanceof Uint8Array || data instanceof Uint8ClampedArray)) return platform.draw(input);
  const channels = data.length / (width! * height!);
  if (![1, 3, 4].includes(channels) || !(width! > 0))
    throw new UserError(
      `an image of ${width} x ${height} pixels has ${data.length} values: pass 1, 3 or 4 for each pixel`,
    );
  return { width: width!, height: height!, data: toRgb(data, channels) };
}

/** Converts pixels of 1, 3 or 4 channels to red, green and blue. */
export function toRgb(data: Uint8Array | Uint8ClampedArray, channels: number): Uint8Array {
  if (channels === 3) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const pixels = data.length / channels;
  const rgb = new Uint8Array(3 * pixels);
  for (let i = 0; i < pixels; i++) {
    for (let c = 0; c < 3; c++) rgb[3 * i + c] = data[channels * i + (channels < 3 ? 0 : c)]!;
  }
  return rgb;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
