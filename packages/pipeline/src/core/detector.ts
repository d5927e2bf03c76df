import { UserError, withErrorPrefix } from "@supernet/base/checks";
import { z } from "zod";
import { placeImage } from "./canvas.js";
import type { ExportedNetwork, Found, Pixels, Size } from "./image.js";
import { type ExportedModel, parseMetadata } from "./model.js";
import { originalBox } from "./original-box.js";

/** Outputs by which an exported detector is recognized. */
export const DETECTOR_OUTPUTS = ["boxes", "scores", "labels", "counts"] as const;

const side = z
  .int()
  .min(1)
  .max(2 ** 15);

const metadataShape = {
  classes: z.array(z.string()).min(1),
  resize: z.object({
    short: side,
    long: side,
    padTo: side.default(1),
    interpolation: z.enum(["bilinear", "bicubic"]),
  }),
  padding: z.array(z.number().min(0).max(255)).length(3),
};

/**
 * Opens an exported detector.
 * @throws UserError if its metadata is missing or wrong
 */
export function openExportedDetector(model: ExportedModel): ExportedNetwork {
  const { classes, resize, padding } = parseMetadata(model, metadataShape);
  const fixed = fixedSize(model);
  const padded = model.inputs.some(({ name }) => name === "sizes");
  return {
    classes,
    async find(image) {
      const { size, canvas } = placeImage(image, resize, fixed);
      const pixels = await image.decodeResized({ ...size, interpolation: resize.interpolation });
      const outputs = await model.run({
        images: { data: toPlanes(pixels, canvas, padding), shape: [1, 3, canvas.height, canvas.width] },
        ...(padded && {
          sizes: { data: BigInt64Array.of(BigInt(size.height), BigInt(size.width)), shape: [1, 2] },
        }),
      });
      const found = withErrorPrefix(model.path, () => readDetections(outputs, classes.length));
      // A model that does not know the size of the image may find objects in the padding.
      const { boxes, scores, labels } = padded ? found : clipped(found, size);
      return Array.from(
        labels,
        (label, i): Found => ({
          label,
          score: scores[i]!,
          box: originalBox(boxes, i, { size, originalSize: image }),
        }),
      );
    },
  };
}

/** Returns the size of a model's images; undefined if it accepts any. */
function fixedSize({ path, inputs }: ExportedModel): Size | undefined {
  const [, channels, height, width] = inputs.find(({ name }) => name === "images")?.shape ?? [];
  const valid = (size: unknown) => typeof size === "string" || side.safeParse(size).success;
  if (channels !== 3 || !valid(height) || !valid(width))
    throw new UserError(`${path} has no input images, [batch, 3, height, width]: export it again`);
  return typeof height === "number" && typeof width === "number" ? { height, width } : undefined;
}

/** Returns an image as planes of values from 0 to 255, at the top left of a canvas with a color. */
function toPlanes({ width, height, data }: Pixels, canvas: Size, color: readonly number[]): Float32Array {
  const plane = canvas.height * canvas.width;
  const planes = new Float32Array(3 * plane);
  for (const [c, value] of color.entries()) {
    planes.fill(value, c * plane, (c + 1) * plane);
    for (let y = 0; y < height; y++) {
      const [to, from] = [c * plane + y * canvas.width, 3 * y * width + c];
      for (let x = 0; x < width; x++) planes[to + x] = data[from + 3 * x]!;
    }
  }
  return planes;
}

interface Detections {
  /** x1, y1, x2, y2 of each box, in pixels of the resized image. */
  readonly boxes: Float32Array;
  readonly scores: Float32Array;
  readonly labels: Int32Array;
}

function readDetections(outputs: Awaited<ReturnType<ExportedModel["run"]>>, classes: number): Detections {
  const count = Number(outputs.counts?.data[0]);
  const [boxes, scores] = [outputs.boxes?.data, outputs.scores?.data];
  const labels = Int32Array.from(outputs.labels?.data ?? [], Number).subarray(0, count);
  const complete =
    count >= 0 &&
    boxes instanceof Float32Array &&
    scores instanceof Float32Array &&
    [boxes.length / 4, scores.length, labels.length].every((length) => length >= count);
  if (!complete || labels.some((label) => label < 0 || label >= classes)) {
    throw new UserError(
      `the model did not return detections of its ${classes} classes: use one from supernet export`,
    );
  }
  return { boxes: boxes.subarray(0, 4 * count), scores: scores.subarray(0, count), labels };
}

/** Minimum side of a box after it is clipped, in pixels. The same as in detectors. */
const MIN_SIDE = 1e-2;

/** Clips boxes to an image, and drops those outside. */
function clipped({ boxes, scores, labels }: Detections, { height, width }: Size): Detections {
  const inside = boxes.map((value, i) => Math.min(Math.max(value, 0), i % 2 === 0 ? width : height));
  const kept = [...labels.keys()].filter(
    (i) =>
      inside[4 * i + 2]! - inside[4 * i]! >= MIN_SIDE && inside[4 * i + 3]! - inside[4 * i + 1]! >= MIN_SIDE,
  );
  return {
    boxes: Float32Array.from(kept.flatMap((i) => [...inside.subarray(4 * i, 4 * i + 4)])),
    scores: Float32Array.from(kept, (i) => scores[i]!),
    labels: Int32Array.from(kept, (i) => labels[i]!),
  };
}
