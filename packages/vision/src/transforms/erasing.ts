import { type Random, requireFunction } from "@supernet/base";
import { checkSettings } from "./check-settings.js";
import { drawRegion } from "./crop.js";
import { type BatchSlot, requireSlot } from "./normalize.js";
import { type RandomErasing, randomErasingSchema } from "./settings.js";

/** Erases a random region of one image of a normalized batch (https://arxiv.org/abs/1708.04896). */
export function eraseRandomRegion(slot: BatchSlot, settings: RandomErasing, random: Random): void {
  requireSlot("eraseRandomRegion: slot", slot);
  checkSettings("eraseRandomRegion", randomErasingSchema, settings);
  requireFunction("eraseRandomRegion: random.uniform", random?.uniform);
  const { batch, index, height, width } = slot;
  const { probability, area, ratio, fill } = settings;
  if (random.uniform() >= probability) return;
  const region = drawRegion({ width, height }, { scale: area, ratio }, random);
  if (!region) return;
  for (let channel = 0; channel < 3; channel++) {
    for (let y = region.top; y < region.top + region.height; y++) {
      const from = ((index * 3 + channel) * height + y) * width + region.left;
      for (let i = from; i < from + region.width; i++) batch[i] = fill === "noise" ? random.normal() : 0;
    }
  }
}
