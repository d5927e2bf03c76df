import type { Random } from "@supernet/base";
import { UserError } from "@supernet/base";
import { jitterColors } from "../transforms/color-jitter.js";
import { randomCrop } from "../transforms/crop.js";
import type { EncodedImage } from "../transforms/encoded-image.js";
import { centerCrop, flipHorizontal, type Image } from "../transforms/image.js";
import { applyPolicy } from "../transforms/policy/policy.js";
import type { Interpolation, Normalization } from "../transforms/settings.js";
import type { SizedClassificationSettings } from "./settings.js";

type Size = Pick<Image, "width" | "height">;

/** Image and its name for messages: its file, or its index in the set. */
interface NamedImage {
  readonly name: string | number;
  readonly image: EncodedImage;
}

/**
 * Crops an image for training, flips it, applies the policy and jitters its colors.
 * @throws UserError naming the image if it must be resampled and `interpolation` is null
 */
export async function augmentForTraining(
  { name, image }: NamedImage,
  settings: SizedClassificationSettings,
  random: Random,
): Promise<Image> {
  const { imageSize: side, augmentation, scale } = settings;
  const { crop, flip, policy, colorJitter } = augmentation;
  const interpolation = () => requireInterpolation(settings, image, name);
  const sampleFlip = () => random.uniform() < flip;
  let result: Image;
  if (crop.kind === "random-resized") {
    const region = randomCrop(image, crop, random);
    const how = { width: side, height: side, interpolation: interpolation(), region };
    result = await image.decodeResized({ ...how, flipped: sampleFlip() });
  } else {
    const shift = Math.round(crop.shift * scale);
    const sampleShift = () => random.int(2 * shift + 1) - shift;
    const decoded = fits(image, settings)
      ? await decodeScaled(image, scale, interpolation)
      : await image.decodeResized({ ...scaleShorterSide(image, side), interpolation: interpolation() });
    result = centerCrop(decoded, { width: side, height: side, dx: sampleShift(), dy: sampleShift() });
    if (sampleFlip()) result = flipHorizontal(result);
  }
  if (policy) {
    const canvas = { interpolation: interpolation(), fill: meanColor(settings) };
    result = applyPolicy(result, policy, canvas, random);
  }
  return colorJitter ? jitterColors(result, colorJitter, random) : result;
}

/**
 * Resizes an image for evaluation and crops its center.
 * @throws UserError naming the image if it is too large, or if it must be resampled and `interpolation` is null
 */
export async function cropForEvaluation(
  { name, image }: NamedImage,
  settings: SizedClassificationSettings,
): Promise<Image> {
  const { imageSize: side, evalResize, scale } = settings;
  const interpolation = () => requireInterpolation(settings, image, name);
  if (evalResize === null) {
    if (fits(image, settings)) {
      const decoded = await decodeScaled(image, scale, interpolation);
      return centerCrop(decoded, { width: side, height: side });
    }
    throw new UserError(
      `image ${name} has ${image.width} x ${image.height} pixels, more than imageSize ${largestSide(settings)}: ` +
        "set evalResize to the length of its shorter side for evaluation",
    );
  }
  const size = scaleShorterSide(image, evalResize);
  const start = (length: number) => -Math.round((side - length) / 2);
  const window = { left: start(size.width), top: start(size.height), width: side, height: side };
  return image.decodeResized({ ...size, interpolation: interpolation(), window });
}

/** Decodes an image that keeps its size in the largest image size. */
async function decodeScaled(
  image: EncodedImage,
  scale: number,
  interpolation: () => Interpolation,
): Promise<Image> {
  if (scale === 1) return image.decode();
  const scaled = (side: number) => Math.max(1, Math.round(side * scale));
  const size = { width: scaled(image.width), height: scaled(image.height) };
  return image.decodeResized({ ...size, interpolation: interpolation() });
}

const largestSide = ({ imageSize, scale }: SizedClassificationSettings): number =>
  Math.round(imageSize / scale);

/** Returns whether an image keeps its size in the largest image size. */
function fits({ width, height }: Size, settings: SizedClassificationSettings): boolean {
  const side = largestSide(settings);
  return width <= side && height <= side;
}

/** Computes the size at which the shorter side has `target` pixels. */
function scaleShorterSide({ width, height }: Size, target: number): Size {
  const scale = target / Math.min(width, height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

function requireInterpolation(
  { interpolation }: Pick<SizedClassificationSettings, "interpolation">,
  { width, height }: Size,
  name: string | number,
): Interpolation {
  if (interpolation) return interpolation;
  throw new UserError(
    `image ${name} of ${width} x ${height} pixels must be resampled: set interpolation to bilinear or bicubic, and evalResize to the shorter side for evaluation`,
  );
}

/** Returns the color that is 0 after normalization. */
function meanColor({ mean }: Normalization): readonly [number, number, number] {
  const [red, green, blue] = mean.map((value) => Math.max(0, Math.min(255, Math.round(255 * value))));
  return [red!, green!, blue!];
}
