// What is made of one image for a classifier, before it is normalised.

import type { Random } from "@supernet/base";
import { UserError } from "@supernet/base";
import { type ColorJitter, jitterColors } from "../transforms/color-jitter.js";
import { type RandomResizedCrop, randomCrop } from "../transforms/crop.js";
import type { RandomErasing } from "../transforms/erasing.js";
import { centre, type Image, type Interpolation, mirror, type Normalization } from "../transforms/image.js";
import type { MixSettings } from "../transforms/mix.js";
import type { Picture } from "../transforms/picture.js";
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
type Size = Pick<Picture, "width" | "height">;

/**
 * An image as training sees it once: cropped, mirrored, changed by the policy, its colours jittered.
 * @throws UserError naming the image that is resampled where nothing says how
 */
export async function augmented(
  picture: Picture,
  settings: ClassificationSettings,
  name: Name,
  random: Random,
): Promise<Image> {
  const { imageSize: side, interpolation, augmentation } = settings;
  const { crop, flip, policy, colorJitter } = augmentation;
  const drawMirrored = () => random.uniform() < flip;
  let result: Image;
  if (crop.kind === "random-resized") {
    const region = randomCrop(picture.width, picture.height, crop, random);
    const how = required(interpolation, picture, name);
    const mirrored = drawMirrored();
    result = await picture.resized({ width: side, height: side, interpolation: how, region, mirrored });
  } else {
    const drawn = () => random.int(2 * crop.shift + 1) - crop.shift;
    const whole = fits(picture, side)
      ? await picture.image()
      : await picture.resized(shorter(picture, side, interpolation, name));
    result = centre(whole, side, side, drawn(), drawn());
    if (drawMirrored()) result = mirror(result);
  }
  if (policy) {
    const canvas = { interpolation: required(interpolation, picture, name), fill: meanColor(settings) };
    result = applyPolicy(result, policy, canvas, random);
  }
  return colorJitter ? jitterColors(result, colorJitter, random) : result;
}

/**
 * The middle of an image, for evaluation.
 * @throws UserError naming the image that does not fit, or is resampled where nothing says how
 */
export async function evaluated(
  picture: Picture,
  settings: ClassificationSettings,
  name: Name,
): Promise<Image> {
  const { imageSize: side, evalResize, interpolation } = settings;
  if (evalResize === null) {
    if (fits(picture, side)) return centre(await picture.image(), side, side);
    throw new UserError(
      `image ${name} has ${picture.width} x ${picture.height} pixels, more than imageSize ${side}: ` +
        "set evalResize to the shorter side that it gets for evaluation",
    );
  }
  const how = shorter(picture, evalResize, interpolation, name);
  const middle = (length: number) => -Math.round((side - length) / 2);
  const window = { left: middle(how.width), top: middle(how.height), width: side, height: side };
  return picture.resized({ ...how, window });
}

const fits = ({ width, height }: Size, side: number): boolean => width <= side && height <= side;

/** How an image is resized so that its shorter side has `target` pixels. */
function shorter(
  size: Size,
  target: number,
  interpolation: Interpolation | null,
  name: Name,
): { width: number; height: number; interpolation: Interpolation } {
  const scale = target / Math.min(size.width, size.height);
  return {
    width: Math.round(size.width * scale),
    height: Math.round(size.height * scale),
    interpolation: required(interpolation, size, name),
  };
}

function required(interpolation: Interpolation | null, { width, height }: Size, name: Name): Interpolation {
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
