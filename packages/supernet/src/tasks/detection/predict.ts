import { UserError, withErrorPrefix } from "@supernet/base";
import { disposeModule } from "@supernet/nas/supernet";
import { fromTypedArray, tidy } from "@supernet/torch";
import {
  type Detections,
  fittedSize,
  type ImageSize,
  type Interpolation,
  type Normalization,
  openEncodedImage,
  paddedSide,
  type SizeLimits,
  writeNormalized,
} from "@supernet/vision";
import { z } from "zod";
import type { WeightsFile } from "../../network/load.js";
import { type ExportedModel, type Finding, type Predictor, parseMetadata } from "../../task/predictor.js";
import type { PredictorOptions } from "../../task/task.js";
import { detectionClasses } from "./data.js";
import { loadModel } from "./detector.js";
import { originalBox } from "./original-box.js";
import type { DetectionRun } from "./settings.js";
import { imageSizeOf, imageSizes } from "./space.js";

/** How an image becomes the input of a detector. */
interface InputSettings {
  readonly resize: SizeLimits & { readonly padTo: number; readonly interpolation: Interpolation };
  /** Size of every input. Undefined if it is the size of the resized image, rounded up to `padTo`. */
  readonly canvas?: ImageSize | undefined;
  readonly normalization: Normalization;
  /** Red, green and blue outside the image, as values of the input. */
  readonly padding: readonly number[];
}

/** Input of a detector, with one image at the top left. */
interface DetectorInput {
  /** [1, 3, height, width] of the canvas. */
  readonly pixels: Float32Array;
  readonly canvas: ImageSize;
  /** Size of the resized image. */
  readonly size: ImageSize;
  readonly originalSize: ImageSize;
}

/** Opens a run's detector in the engine, with the weights of a file. */
export async function openDetector(
  run: DetectionRun,
  file: WeightsFile,
  { subnet, device }: PredictorOptions,
): Promise<Predictor> {
  const { recipe } = run;
  const { mean, std, padTo } = recipe.detection;
  const size = imageSizes(recipe)[imageSizeOf(recipe, subnet)]!;
  const { detector } = await loadModel(run, file, subnet);
  detector.to({ device }).eval();
  return detectorPredictor(
    run.get(detectionClasses),
    {
      resize: { ...size, padTo, interpolation: "bilinear" },
      normalization: { mean, std },
      padding: [0, 0, 0],
    },
    {
      detect({ pixels, canvas, size: own }) {
        const shape = [1, 3, canvas.height, canvas.width];
        return tidy(() => detector.detect(fromTypedArray(pixels, shape, { device }), [own])[0]!);
      },
      [Symbol.dispose]: () => disposeModule(detector),
    },
  );
}

/** Keeps the values of pixels from 0 to 255. */
const UNCHANGED: Normalization = { mean: [0, 0, 0], std: [1 / 255, 1 / 255, 1 / 255] };

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
export function openExportedDetector(model: ExportedModel): Predictor {
  const { classes, resize, padding } = parseMetadata(model, metadataShape);
  const canvas = canvasOf(model);
  const padded = model.inputs.some(({ name }) => name === "sizes");
  return detectorPredictor(
    classes,
    { resize, canvas, normalization: UNCHANGED, padding },
    {
      async detect({ pixels, canvas: { height, width }, size }) {
        const outputs = await model.run({
          images: { data: pixels, shape: [1, 3, height, width] },
          ...(padded && {
            sizes: { data: BigInt64Array.of(BigInt(size.height), BigInt(size.width)), shape: [1, 2] },
          }),
        });
        const found = withErrorPrefix(model.path, () => readDetections(outputs, classes.length));
        // A model that does not know the size of the image may find objects in the padding.
        return padded ? found : clipped(found, size);
      },
      [Symbol.dispose]() {},
    },
  );
}

/** Returns the size of a model's images; undefined if it accepts any. */
function canvasOf({ path, inputs }: ExportedModel): ImageSize | undefined {
  const [, channels, height, width] = inputs.find(({ name }) => name === "images")?.shape ?? [];
  const valid = (size: unknown) => typeof size === "string" || side.safeParse(size).success;
  if (channels !== 3 || !valid(height) || !valid(width))
    throw new UserError(`${path} has no input images, [batch, 3, height, width]: export it again`);
  return typeof height === "number" && typeof width === "number" ? { height, width } : undefined;
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
function clipped({ boxes, scores, labels }: Detections, { height, width }: ImageSize): Detections {
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

/** Runs a detector on one image. */
interface DetectorRunner extends Disposable {
  /** Returns boxes in pixels of the resized image. */
  detect(input: DetectorInput): Detections | Promise<Detections>;
}

function detectorPredictor(
  classes: readonly string[],
  settings: InputSettings,
  runner: DetectorRunner,
): Predictor {
  return {
    classes,
    findsBoxes: true,
    async predict(file) {
      const input = await loadInput(file, settings);
      const { boxes, scores, labels } = await runner.detect(input);
      const found = Array.from(
        labels,
        (label, i): Finding => ({
          class: classes[label]!,
          label,
          score: scores[i]!,
          box: originalBox(boxes, i, input),
        }),
      );
      return { ...input.originalSize, found };
    },
    [Symbol.dispose]: () => runner[Symbol.dispose](),
  };
}

/** Maximum number of pixels of an input. Larger ones are mistakes: they need gigabytes of memory. */
const MAX_PIXELS = 2 ** 26;

async function loadInput(file: string, settings: InputSettings): Promise<DetectorInput> {
  const { resize, normalization, padding } = settings;
  const image = await openEncodedImage(file);
  const size = resizedSize(image, settings);
  const canvas = settings.canvas ?? {
    height: paddedSide(size.height, resize.padTo),
    width: paddedSide(size.width, resize.padTo),
  };
  const plane = canvas.height * canvas.width;
  if (plane > MAX_PIXELS) {
    throw new UserError(
      `${file} would be resized to ${canvas.width} x ${canvas.height} pixels, more than ${MAX_PIXELS}: ` +
        "check the sizes that the detector was trained with",
    );
  }
  const resized = await image.decodeResized({ ...size, interpolation: resize.interpolation });
  const pixels = new Float32Array(3 * plane);
  for (const [c, value] of padding.entries()) pixels.fill(value, c * plane, (c + 1) * plane);
  writeNormalized(resized, normalization, { batch: pixels, index: 0, ...canvas });
  const { height, width } = image;
  return { pixels, canvas, size, originalSize: { height, width } };
}

/** Returns the size within the limits that also fits into the canvas. */
function resizedSize(image: ImageSize, { resize, canvas }: InputSettings): ImageSize {
  const { short, long } = resize;
  const size = fittedSize(image, { short, long });
  if (!canvas || (size.height <= canvas.height && size.width <= canvas.width)) return size;
  const scale = Math.min(canvas.height / image.height, canvas.width / image.width);
  const scaled = (length: number) => Math.max(1, Math.round(length * scale));
  return { height: scaled(image.height), width: scaled(image.width) };
}
