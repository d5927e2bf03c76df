import { UserError } from "@supernet/base/checks";
import { z } from "zod";
import type { ExportedNetwork, Found, Pixels, SourceImage } from "./image.js";
import { type ExportedModel, parseMetadata } from "./model.js";

/** Outputs by which an exported classifier is recognized. */
export const CLASSIFIER_OUTPUTS = ["logits"] as const;

const side = z
  .int()
  .min(1)
  .max(2 ** 13);
const perChannel = z.array(z.number()).length(3);

const metadataShape = {
  classes: z.array(z.string()).min(1),
  resize: z.object({
    evalResize: side.nullable(),
    interpolation: z.enum(["bilinear", "bicubic"]).nullable(),
  }),
  mean: perChannel,
  std: perChannel,
};

/** How the images of a classifier are resized. */
interface ClassifierResize {
  /** Side of the square input, in pixels. */
  readonly imageSize: number;
  /** Length of the shorter side, in pixels, of which the center is cropped. Null if images keep their size. */
  readonly evalResize: number | null;
  readonly interpolation: "bilinear" | "bicubic" | null;
}

/**
 * Opens an exported classifier. It returns the probabilities of all classes.
 * @throws UserError if its metadata is missing or wrong
 */
export function openExportedClassifier(model: ExportedModel): ExportedNetwork {
  const { classes, resize, mean, std } = parseMetadata(model, metadataShape);
  const [, channels, height, width] = model.inputs.find(({ name }) => name === "images")?.shape ?? [];
  const imageSize = side.safeParse(height);
  if (channels !== 3 || !imageSize.success || width !== height)
    throw new UserError(`${model.path} has no input images, [batch, 3, side, side]: export it again`);
  const settings = { imageSize: imageSize.data, ...resize };
  if (settings.evalResize !== null && (settings.evalResize < settings.imageSize || !settings.interpolation))
    throw new UserError(`${model.path} has wrong metadata: resize: export it again`);
  const shape = [1, 3, settings.imageSize, settings.imageSize];
  return {
    classes,
    async find(image) {
      requireFitting(image, settings);
      const pixels = await cropped(image, settings);
      const { logits } = await model.run({ images: { data: normalized(pixels, mean, std), shape } });
      if (logits?.data instanceof Float32Array && logits.data.length === classes.length)
        return bestFirst(logits.data);
      throw new UserError(
        `${model.path} did not return logits of its ${classes.length} classes: export it again`,
      );
    },
  };
}

/**
 * Checks that an image need not be resized if the classifier was trained on images of their own size.
 * @throws UserError naming the image
 */
export function requireFitting(
  { name, width, height }: Pick<SourceImage, "name" | "width" | "height">,
  { imageSize, evalResize }: Pick<ClassifierResize, "imageSize" | "evalResize">,
): void {
  if (evalResize !== null || Math.max(width, height) <= imageSize) return;
  throw new UserError(
    `${name} has ${width} x ${height} pixels, but the classifier was trained without resizing: ` +
      `use images of at most ${imageSize} x ${imageSize} pixels`,
  );
}

/** Resizes the shorter side and crops the center. A smaller image gets a black border. */
async function cropped(
  image: SourceImage,
  { imageSize, evalResize, interpolation }: ClassifierResize,
): Promise<Pixels> {
  if (evalResize === null) {
    const { width, height } = image;
    // Resizing to the same size changes nothing.
    return bordered(await image.decodeResized({ width, height, interpolation: "bilinear" }), imageSize);
  }
  const scale = evalResize / Math.min(image.width, image.height);
  const size = { width: Math.round(image.width * scale), height: Math.round(image.height * scale) };
  const start = (length: number) => -Math.round((imageSize - length) / 2);
  const window = { left: start(size.width), top: start(size.height), width: imageSize, height: imageSize };
  return image.decodeResized({ ...size, interpolation: interpolation!, window });
}

function bordered({ width, height, data }: Pixels, side: number): Pixels {
  if (width === side && height === side) return { width, height, data };
  const [left, top] = [Math.round((side - width) / 2), Math.round((side - height) / 2)];
  const square = new Uint8Array(3 * side * side);
  for (let y = 0; y < height; y++)
    square.set(data.subarray(3 * y * width, 3 * (y + 1) * width), 3 * ((top + y) * side + left));
  return { width: side, height: side, data: square };
}

/** Returns planes of (value / 255 - mean) / std. */
function normalized(
  { width, height, data }: Pixels,
  mean: readonly number[],
  std: readonly number[],
): Float32Array {
  const plane = width * height;
  const planes = new Float32Array(3 * plane);
  for (let c = 0; c < 3; c++) {
    const [factor, offset] = [1 / (255 * std[c]!), mean[c]! / std[c]!];
    for (let i = 0; i < plane; i++) planes[c * plane + i] = data[3 * i + c]! * factor - offset;
  }
  return planes;
}

/** Converts logits to probabilities, best first. */
export function bestFirst(logits: Float32Array): Found[] {
  const max = logits.reduce((a, b) => Math.max(a, b));
  const powers = Array.from(logits, (logit) => Math.exp(logit - max));
  const sum = powers.reduce((a, b) => a + b);
  return powers
    .map((power, label): Found => ({ label, score: power / sum }))
    .sort((a, b) => b.score - a.score);
}
