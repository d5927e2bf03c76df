import type { Random } from "@supernet/base";
import { checkOptionsOnce } from "../check-options.js";
import { randomRegion } from "./crop.js";
import type { BatchSlot } from "./normalize.js";
import { type RandomErasing, randomErasingSchema } from "./settings.js";

/** Erases a random part of one image of a normalized batch. */
export function eraseRandomRegion(
  { batch, index, height, width }: BatchSlot,
  settings: RandomErasing,
  random: Random,
): void {
  checkOptionsOnce("eraseRandomRegion: settings", randomErasingSchema, settings);
  const { probability, area, ratio, fill } = settings;
  if (random.uniform() >= probability) return;
  const part = randomRegion({ width, height }, { scale: area, ratio }, random);
  if (!part) return;
  for (let channel = 0; channel < 3; channel++) {
    for (let y = part.top; y < part.top + part.height; y++) {
      const from = ((index * 3 + channel) * height + y) * width + part.left;
      for (let i = from; i < from + part.width; i++) batch[i] = fill === "noise" ? random.normal() : 0;
    }
  }
}
