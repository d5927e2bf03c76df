import type { Random } from "@supernet/base";
import { checkOptionsOnce } from "../../check-options.js";
import type { Image } from "../image.js";
import { type AugmentationPolicy, policySchema } from "../settings.js";
import type { Canvas } from "./affine.js";
import { autoAugment } from "./auto-augment.js";
import { randAugment } from "./rand-augment.js";

/** Applies the operations to an image that a policy draws for it. */
export function applyPolicy(image: Image, policy: AugmentationPolicy, canvas: Canvas, random: Random): Image {
  checkOptionsOnce("applyPolicy: policy", policySchema, policy);
  return policy.kind === "rand-augment"
    ? randAugment(image, policy, canvas, random)
    : autoAugment(image, policy, canvas, random);
}
