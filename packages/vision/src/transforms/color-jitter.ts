import { type Random, requireFunction } from "@supernet/base";
import { native } from "../native.js";
import { checkSettings } from "./check-settings.js";
import { type Image, requireImage } from "./image.js";
import { type ColorJitter, colorJitterSchema } from "./settings.js";

/** Randomly changes brightness, contrast, saturation and hue, in random order (https://arxiv.org/abs/1312.5402). */
export function jitterColors(image: Image, settings: ColorJitter, random: Random): Image {
  requireImage("jitterColors: image", image);
  checkSettings("jitterColors", colorJitterSchema, settings);
  requireFunction("jitterColors: random.uniform", random?.uniform);
  const factor = (value: number) => random.uniform(Math.max(0, 1 - value), 1 + value);
  const [b, c, s] = [factor(settings.brightness), factor(settings.contrast), factor(settings.saturation)];
  const turn = random.uniform(-settings.hue, settings.hue);
  const amounts = [b, c, s, turn];
  const data = Uint8Array.from(image.data);
  for (const change of random.permutation(amounts.length)) native.jitter(data, change, amounts[change]!);
  return { ...image, data };
}
