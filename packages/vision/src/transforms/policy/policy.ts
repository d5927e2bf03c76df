import type { Random } from "@supernet/base";
import type { Image } from "../image.js";
import type { Canvas } from "./affine.js";
import { type AutoAugment, autoAugment } from "./auto-augment.js";
import { type RandAugment, randAugment } from "./rand-augment.js";

/** How the operations on an image are drawn. */
export type AugmentationPolicy =
  | ({ readonly kind: "rand-augment" } & RandAugment)
  | ({ readonly kind: "auto-augment" } & AutoAugment);

/** An image after the operations that a policy draws for it. */
export const applyPolicy = (
  image: Image,
  policy: AugmentationPolicy,
  canvas: Canvas,
  random: Random,
): Image =>
  policy.kind === "rand-augment"
    ? randAugment(image, policy, canvas, random)
    : autoAugment(image, policy, canvas, random);
