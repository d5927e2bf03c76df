import { UserError } from "@supernet/base/checks";
import type { OnnxRuntime, Pixels } from "./core/index.js";
import { fetchBytes } from "./fetch-bytes.js";
import { toRgb } from "./inputs.js";
import { type CreatePipeline, createPipeline } from "./pipeline.js";
import { reason } from "./platform.js";

/** See `node.ts`, whose types are those of both. */
export const pipeline: CreatePipeline = createPipeline({
  async loadRuntime() {
    try {
      return (await import("onnxruntime-web")) as unknown as OnnxRuntime;
    } catch (error) {
      throw new UserError(
        `ONNX Runtime cannot be loaded (${reason(error)}): add onnxruntime-web to the page`,
        {
          cause: error,
        },
      );
    }
  },
  read: fetchBytes,
  async decode(bytes, name) {
    let bitmap: ImageBitmap;
    try {
      bitmap = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>]), {
        colorSpaceConversion: "none",
        premultiplyAlpha: "none",
      });
    } catch (error) {
      throw new UserError(`${name} is damaged or not an image (${reason(error)}): replace or remove it`, {
        cause: error,
      });
    }
    try {
      return draw(bitmap, bitmap);
    } finally {
      bitmap.close();
    }
  },
  draw(image) {
    return draw(image as CanvasImageSource, drawnSize(image));
  },
});

interface DrawnSize {
  readonly width: number;
  readonly height: number;
}

/** Returns the size of an element in its own pixels, not in those of the page. */
function drawnSize(image: object): DrawnSize {
  const { naturalWidth, naturalHeight, videoWidth, videoHeight, displayWidth, displayHeight, ...own } =
    sizesOf(image);
  const width = naturalWidth ?? videoWidth ?? displayWidth ?? own.width;
  const height = naturalHeight ?? videoHeight ?? displayHeight ?? own.height;
  if (typeof width !== "number" || typeof height !== "number")
    throw new TypeError(
      "image must be an address, the contents of a file, pixels, or an element with pixels",
    );
  if (width === 0 || height === 0)
    throw new UserError("the image has no pixels yet: wait until it is loaded");
  return { width, height };
}

const SIZES = [
  ...["naturalWidth", "naturalHeight", "videoWidth", "videoHeight"],
  ...["displayWidth", "displayHeight", "width", "height"],
];

const sizesOf = (image: object): Record<string, unknown> =>
  Object.fromEntries(SIZES.map((name) => [name, Reflect.get(image, name)]));

function draw(image: CanvasImageSource, { width, height }: DrawnSize): Pixels {
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true })!;
  context.drawImage(image, 0, 0, width, height);
  return { width, height, data: toRgb(context.getImageData(0, 0, width, height).data, 4) };
}
