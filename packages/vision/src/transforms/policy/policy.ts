import { type Random, requireFunction } from "@supernet/base";
import { checkSettings } from "../check-settings.js";
import { type Image, requireImage } from "../image.js";
import { type AugmentationPolicy, policySchema } from "../settings.js";
import { type Canvas, canvasSchema } from "./affine.js";
import { autoAugment } from "./auto-augment.js";
import { randAugment } from "./rand-augment.js";

/**
 * Applies random operations of a policy to an image.
 *
 * @example
 * const policy = { kind: "auto-augment", learnedOn: "imagenet" } as const;
 * const augmented = applyPolicy(image, policy, { interpolation: "bilinear", fill: [124, 116, 104] }, random);
 */
export function applyPolicy(image: Image, policy: AugmentationPolicy, canvas: Canvas, random: Random): Image {
  requireImage("applyPolicy: image", image);
  checkSettings("applyPolicy", policySchema, policy);
  checkSettings("applyPolicy: canvas", canvasSchema, canvas);
  requireFunction("applyPolicy: random.uniform", random?.uniform);
  return policy.kind === "rand-augment"
    ? randAugment(image, policy, canvas, random)
    : autoAugment(image, policy, canvas, random);
}
