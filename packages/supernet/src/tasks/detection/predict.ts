import { disposeModule } from "@supernet/nas/supernet";
import {
  type DetectorResize,
  type ExportedModel,
  openExportedDetector as openNetwork,
  originalBox,
  placeImage,
} from "@supernet/pipeline/core";
import { fromTypedArray, tidy } from "@supernet/torch";
import {
  type Detections,
  type ImageSize,
  type Normalization,
  openEncodedImage,
  writeNormalized,
} from "@supernet/vision";
import type { WeightsFile } from "../../network/load.js";
import type { Finding, Predictor } from "../../task/predictor.js";
import type { PredictorOptions } from "../../task/task.js";
import { exportedPredictor } from "../shared/exported-predictor.js";
import { detectionClasses } from "./data.js";
import { loadModel } from "./detector.js";
import type { DetectionRun } from "./settings.js";
import { imageSizeOf, imageSizes } from "./space.js";

/** How an image becomes the input of a detector. The color 0 pads it. */
interface InputSettings {
  readonly resize: DetectorResize;
  readonly normalization: Normalization;
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

/**
 * Opens an exported detector.
 * @throws UserError if its metadata is missing or wrong
 */
export const openExportedDetector = (model: ExportedModel): Predictor =>
  exportedPredictor(openNetwork(model), { findsBoxes: true });

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

async function loadInput(file: string, { resize, normalization }: InputSettings): Promise<DetectorInput> {
  const image = await openEncodedImage(file);
  const { width, height } = image;
  const { size, canvas } = placeImage({ name: file, width, height }, resize);
  const resized = await image.decodeResized({ ...size, interpolation: resize.interpolation });
  const pixels = new Float32Array(3 * canvas.height * canvas.width);
  writeNormalized(resized, normalization, { batch: pixels, index: 0, ...canvas });
  return { pixels, canvas, size, originalSize: { height, width } };
}
