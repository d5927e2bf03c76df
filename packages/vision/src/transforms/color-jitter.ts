import type { Random } from "@supernet/torch/random";
import type { Image } from "./image.js";

export interface ColorJitter {
  /** Factors are drawn from [max(0, 1 - value), 1 + value]. */
  readonly brightness: number;
  readonly contrast: number;
  readonly saturation: number;
  /** Turns drawn from [-value, value] of the colour circle. */
  readonly hue: number;
}

type Pixels = (data: Uint8ClampedArray) => void;

/** Brightness, contrast, saturation and hue changed by random amounts in random order. Howard, 2013. */
export function jitterColors(image: Image, settings: ColorJitter, random: Random): Image {
  const factor = (value: number) => random.uniform(Math.max(0, 1 - value), 1 + value);
  const [b, c, s] = [factor(settings.brightness), factor(settings.contrast), factor(settings.saturation)];
  const turn = random.uniform(-settings.hue, settings.hue);
  const changes: readonly Pixels[] = [
    (data) => blend(data, () => 0, b),
    (data) => {
      const mean = Math.round(meanGrey(data));
      blend(data, () => mean, c);
    },
    (data) => blend(data, (i) => grey(data, i), s),
    (data) => turnHue(data, turn),
  ];
  const data = Uint8ClampedArray.from(image.data);
  for (const change of random.permutation(changes.length)) changes[change]!(data);
  return { ...image, data: new Uint8Array(data.buffer) };
}

/** The luma of ITU-R 601. */
const grey = (data: Uint8ClampedArray, i: number): number =>
  0.299 * data[i]! + 0.587 * data[i + 1]! + 0.114 * data[i + 2]!;

function meanGrey(data: Uint8ClampedArray): number {
  let sum = 0;
  for (let i = 0; i < data.length; i += 3) sum += grey(data, i);
  return (sum * 3) / data.length;
}

/** Each pixel between another value (factor 0) and itself (factor 1), or beyond. */
function blend(data: Uint8ClampedArray, other: (i: number) => number, factor: number): void {
  if (factor === 1) return;
  for (let i = 0; i < data.length; i += 3) {
    const base = other(i) * (1 - factor);
    for (let c = i; c < i + 3; c++) data[c] = base + data[c]! * factor;
  }
}

/** Turns every colour by a part of the circle, in HSV. */
function turnHue(data: Uint8ClampedArray, turn: number): void {
  if (turn === 0) return;
  for (let i = 0; i < data.length; i += 3) {
    const [r, g, b] = [data[i]!, data[i + 1]!, data[i + 2]!];
    const value = Math.max(r, g, b);
    const range = value - Math.min(r, g, b);
    if (range === 0) continue;
    const sixth = value === r ? (g - b) / range : value === g ? 2 + (b - r) / range : 4 + (r - g) / range;
    const hue = (((sixth + 6 * turn) % 6) + 6) % 6;
    for (const [c, shift] of [5, 3, 1].entries()) {
      const k = (shift + hue) % 6;
      data[i + c] = value - range * Math.max(0, Math.min(k, 4 - k, 1));
    }
  }
}
