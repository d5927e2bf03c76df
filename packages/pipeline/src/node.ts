// The types of `using`, so that a program that imports the package need not list them in its tsconfig.json.
/// <reference lib="esnext.disposable" preserve="true" />
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { UserError } from "@supernet/base/checks";
import type { OnnxRuntime } from "./core/index.js";
import { fetchBytes } from "./fetch-bytes.js";
import { toRgb } from "./inputs.js";
import { type CreatePipeline, createPipeline } from "./pipeline.js";
import { reason } from "./platform.js";

export type { Address, Drawable, ImageInput, ModelInput, PixelData, Readable } from "./inputs.js";
export type {
  Box,
  Class,
  ClassificationOptions,
  CreatePipeline,
  Detection,
  DetectionOptions,
  ImageClassifier,
  ObjectDetector,
  PipelineOptions,
} from "./pipeline.js";

/**
 * Opens an exported network in ONNX Runtime: `onnxruntime-node` in Node.js, `onnxruntime-web` in a browser.
 *
 * In Node.js, image files are decoded by the package `sharp`, and their EXIF orientation is ignored, as in data sets. In
 * a browser, the browser decodes images and turns them upright.
 *
 * @example
 * const detect = await pipeline("object-detection", "detector.onnx");
 * for (const { label, score, box } of await detect("photo.jpg", { threshold: 0.5 })) console.log(label, score, box);
 * await detect.dispose();
 * @throws UserError if the model cannot be read, is of another task or has no metadata, or a package is not installed
 */
export const pipeline: CreatePipeline = createPipeline({
  async loadRuntime() {
    try {
      return (await import("onnxruntime-node")) as unknown as OnnxRuntime;
    } catch (error) {
      throw new UserError(
        "ONNX Runtime is not installed or does not support this system: run npm install onnxruntime-node",
        { cause: error },
      );
    }
  },
  async read(address) {
    if (/^(?:https?|data|blob):/i.test(address)) return fetchBytes(address);
    try {
      return await readFile(/^file:/i.test(address) ? fileURLToPath(address) : address);
    } catch (error) {
      throw new UserError(`cannot read ${address} (${reason(error)}): check the path`, { cause: error });
    }
  },
  async decode(bytes, name) {
    const { default: sharp } = await import("sharp").catch((error) => {
      throw new UserError("sharp, which decodes images, is not installed: run npm install sharp", {
        cause: error,
      });
    });
    try {
      const { data, info } = await sharp(bytes, { failOn: "error" })
        .removeAlpha()
        .toColourspace("srgb")
        .raw()
        .toBuffer({ resolveWithObject: true });
      return { width: info.width, height: info.height, data: toRgb(data, info.channels) };
    } catch (error) {
      throw new UserError(`${name} is damaged or not an image (${reason(error)}): replace or remove it`, {
        cause: error,
      });
    }
  },
  draw() {
    throw new TypeError("image must be a path, an address, the contents of a file, or pixels");
  },
});
