// What is made of one image for a classifier, before it is normalised.
import { UserError } from "@supernet/torch/errors";
import type { Random } from "@supernet/torch/random";
import { type ColorJitter, jitterColors } from "../transforms/color-jitter.js";
import { type RandomResizedCrop, randomCrop } from "../transforms/crop.js";
import type { RandomErasing } from "../transforms/erasing.js";
import {
  centre,
  type Image,
  type Interpolation,
  mirror,
  type Normalization,
  resize,
} from "../transforms/image.js";
import type { MixSettings } from "../transforms/mix.js";
import { type AugmentationPolicy, applyPolicy } from "../transforms/policy/policy.js";

export interface ClassificationSettings extends Normalization {
  /** Side of the square that the network sees, in pixels. */
  readonly imageSize: number;
  /** Shorter side before the centre is cropped for evaluation, in pixels; null for images that fit as they are. */
  readonly evalResize: number | null;
  /** How images are resampled; null where none is. */
  readonly interpolation: Interpolation | null;
  readonly augmentation: {
    /** Times in a row that an image comes, augmented anew each time. */
    readonly repeats: number;
    readonly crop:
      | ({ readonly kind: "random-resized" } & RandomResizedCrop)
      /** The whole image, moved each way by up to so many pixels. */
      | { readonly kind: "shifted"; readonly shift: number };
    /** Probability of mirroring left to right. */
    readonly flip: number;
    readonly policy: AugmentationPolicy | null;
    readonly colorJitter: ColorJitter | null;
    readonly erasing: RandomErasing | null;
    /** A batch is mixed in one way, drawn for it; an image goes with another of its micro-batch. */
    readonly mix: MixSettings | null;
  };
}

type Name = string | number;

/**
 * An image as training sees it once: cropped, mirrored, changed by the policy, its colours jittered.
 * @throws UserError naming the image that is resampled where nothing says how
 */
export async function augmented(
  image: Image,
  settings: ClassificationSettings,
  name: Name,
  random: Random,
): Promise<Image> {
  const { imageSize: side, interpolation, augmentation } = settings;
  const { crop, flip, policy, colorJitter } = augmentation;
  let result: Image;
  if (crop.kind === "random-resized") {
    const region = randomCrop(image.width, image.height, crop, random);
    result = await resize(image, side, side, required(interpolation, image, name), region);
  } else {
    const drawn = () => random.int(2 * crop.shift + 1) - crop.shift;
    const whole = fits(image, side) ? image : await resizeShorter(image, side, interpolation, name);
    result = centre(whole, side, side, drawn(), drawn());
  }
  if (random.uniform() < flip) result = mirror(result);
  if (policy) {
    const canvas = { interpolation: required(interpolation, image, name), fill: meanColor(settings) };
    result = applyPolicy(result, policy, canvas, random);
  }
  return colorJitter ? jitterColors(result, colorJitter, random) : result;
}

/**
 * The middle of an image, for evaluation.
 * @throws UserError naming the image that does not fit, or is resampled where nothing says how
 */
export async function evaluated(image: Image, settings: ClassificationSettings, name: Name): Promise<Image> {
  const { imageSize: side, evalResize, interpolation } = settings;
  if (evalResize === null && !fits(image, side)) {
    throw new UserError(
      `image ${name} has ${image.width} x ${image.height} pixels, more than imageSize ${side}: ` +
        "set evalResize to the shorter side that it gets for evaluation",
    );
  }
  const resized = evalResize === null ? image : await resizeShorter(image, evalResize, interpolation, name);
  return centre(resized, side, side);
}

const fits = ({ width, height }: Image, side: number): boolean => width <= side && height <= side;

function resizeShorter(
  image: Image,
  target: number,
  interpolation: Interpolation | null,
  name: Name,
): Promise<Image> {
  const { width, height } = image;
  const scale = target / Math.min(width, height);
  const how = required(interpolation, image, name);
  return resize(image, Math.round(width * scale), Math.round(height * scale), how);
}

function required(interpolation: Interpolation | null, { width, height }: Image, name: Name): Interpolation {
  if (interpolation) return interpolation;
  throw new UserError(
    `image ${name} of ${width} x ${height} pixels is resampled: set interpolation to bilinear or bicubic, and evalResize to the shorter side for evaluation`,
  );
}

/** The colour that is 0 once normalised. */
function meanColor({ mean }: Normalization): readonly [number, number, number] {
  const [red, green, blue] = mean.map((value) => Math.max(0, Math.min(255, Math.round(255 * value))));
  return [red!, green!, blue!];
}
