import type { Image } from "../image.js";

// Operations that map every value of a color channel to another one, independent of its neighbors.

/** Applies `value`, which returns an integer from 0 to 255, to every value of an image. */
export function mapValues({ width, height, data }: Image, value: (old: number) => number): Image {
  const table = Uint8Array.from({ length: 256 }, (_, old) => value(old));
  const out = new Uint8Array(data.length);
  for (let i = 0; i < out.length; i++) out[i] = table[data[i]!]!;
  return { width, height, data: out };
}

/** Replaces every value by 255 - value. */
export const invert = (image: Image): Image => mapValues(image, (old) => 255 - old);

/** Keeps the highest bits, 0 to 8, and clears the others. */
export const posterize = (image: Image, bits: number): Image =>
  mapValues(image, (old) => old & (0xff00 >> bits));

/** Inverts values that are at or above the threshold. */
export const solarize = (image: Image, threshold: number): Image =>
  mapValues(image, (old) => (old < threshold ? old : 255 - old));

/** Adds to values that are below 128. */
export const solarizeAdd = (image: Image, add: number): Image =>
  mapValues(image, (old) => (old < 128 ? Math.min(255, old + add) : old));

/** Stretches each channel so its minimum becomes 0 and its maximum becomes 255. */
export const autoContrast = (image: Image): Image =>
  mapChannels(image, (counts) => {
    const low = counts.findIndex((count) => count > 0);
    const high = counts.findLastIndex((count) => count > 0);
    const scale = 255 / (high - low);
    return high > low ? (old) => clip(old * scale - low * scale) : undefined;
  });

/** Equalizes the histogram of each channel. */
export const equalize = (image: Image): Image =>
  mapChannels(image, (counts) => {
    const last = counts[counts.findLastIndex((count) => count > 0)]!;
    const step = Math.floor((image.width * image.height - last) / 255);
    if (step === 0) return undefined;
    let below = step >> 1;
    const table = Array.from(counts, (count) => {
      const value = below / step;
      below += count;
      return clip(value);
    });
    return (old) => table[old]!;
  });

/**
 * Maps the values of each channel.
 * @param makeValue creates a channel's mapping from its histogram, or returns undefined to keep the channel
 */
function mapChannels(
  { width, height, data }: Image,
  makeValue: (counts: Uint32Array) => ((old: number) => number) | undefined,
): Image {
  const out = new Uint8Array(data.length);
  const counts = new Uint32Array(256);
  const table = new Uint8Array(256);
  for (let channel = 0; channel < 3; channel++) {
    counts.fill(0);
    for (let i = channel; i < data.length; i += 3) counts[data[i]!]!++;
    const value = makeValue(counts);
    for (let old = 0; old < 256; old++) table[old] = value ? value(old) : old;
    for (let i = channel; i < data.length; i += 3) out[i] = table[data[i]!]!;
  }
  return { width, height, data: out };
}

/** Truncates to an integer from 0 to 255. */
export const clip = (value: number): number => (value <= 0 ? 0 : value >= 255 ? 255 : value | 0);
