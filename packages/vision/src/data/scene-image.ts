import type { Random } from "@supernet/base";
import type { RawSamples } from "./classification-set.js";

/** Layout of a scene. */
export interface SceneLayout {
  /** Side of the square scene, in pixels. */
  readonly canvas: number;
  /** Minimum and maximum number of items in a scene. */
  readonly itemsPerScene: readonly [number, number];
  /** Minimum and maximum side of an item's image, in pixels. */
  readonly itemSize: readonly [number, number];
}

/** Range of images that become items. */
interface ItemSource {
  readonly source: RawSamples;
  readonly from: number;
  readonly to: number;
}

/** Maximum intersection over union of two items. */
const MAX_OVERLAP = 0.2;
/** Number of attempts to place an item before it is skipped. */
const MAX_TRIES = 20;
/** Minimum value of a pixel that belongs to the item. Darker pixels are its background. */
const VISIBLE = 24;

type Box = readonly [x: number, y: number, width: number, height: number];
type Placed = { readonly box: Box; readonly label: number };

/** Composes one scene from images `from` to `to` of the source. */
export function composeScene(
  { source, from, to }: ItemSource,
  { canvas, itemsPerScene, itemSize }: SceneLayout,
  random: Random,
): { pixels: Uint8Array; placed: Placed[] } {
  const pixels = drawBackground(canvas, random);
  const placed: Placed[] = [];
  const wanted = itemsPerScene[0] + random.int(itemsPerScene[1] - itemsPerScene[0] + 1);
  for (let n = 0; n < wanted; n++) {
    const index = from + random.int(to - from);
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const side = Math.round(random.uniform(itemSize[0], Math.min(itemSize[1], canvas)));
      const item = scaleItem(source, index, side);
      const tight = findTightBox(item, side);
      if (!tight) break;
      const left = random.int(canvas - side + 1);
      const top = random.int(canvas - side + 1);
      const box: Box = [left + tight[0], top + tight[1], tight[2], tight[3]];
      if (placed.some((other) => computeOverlap(other.box, box) > MAX_OVERLAP)) continue;
      drawItem(pixels, { canvas, item, side, left, top, random });
      placed.push({ box, label: source.labels[index]! });
      break;
    }
  }
  return { pixels, placed };
}

/** Draws a noisy gradient between two dim colors. On plain black, items would be too easy to find. */
function drawBackground(side: number, random: Random): Uint8Array {
  const pixels = new Uint8Array(side * side * 3);
  const color = () => Array.from({ length: 3 }, () => random.uniform(10, 110));
  const [from, to] = [color(), color()];
  const angle = random.uniform(0, 2 * Math.PI);
  const [dx, dy] = [Math.cos(angle) / side, Math.sin(angle) / side];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const t = Math.min(1, Math.max(0, 0.5 + (x - side / 2) * dx + (y - side / 2) * dy));
      const noise = ((random.uint32() & 31) - 16) * 0.8;
      for (let c = 0; c < 3; c++) {
        pixels[(y * side + x) * 3 + c] = from[c]! + (to[c]! - from[c]!) * t + noise;
      }
    }
  }
  return pixels;
}

/** Scales one image of the source to side x side pixels by bilinear interpolation. */
function scaleItem({ pixels, height, width }: RawSamples, index: number, side: number): Float32Array {
  const out = new Float32Array(side * side);
  const at = (y: number, x: number) => pixels[(index * height + y) * width + x]!;
  for (let y = 0; y < side; y++) {
    const sy = Math.min(height - 1, Math.max(0, ((y + 0.5) * height) / side - 0.5));
    const y0 = Math.floor(sy);
    const y1 = Math.min(height - 1, y0 + 1);
    for (let x = 0; x < side; x++) {
      const sx = Math.min(width - 1, Math.max(0, ((x + 0.5) * width) / side - 0.5));
      const x0 = Math.floor(sx);
      const x1 = Math.min(width - 1, x0 + 1);
      const upper = at(y0, x0) + (at(y0, x1) - at(y0, x0)) * (sx - x0);
      const lower = at(y1, x0) + (at(y1, x1) - at(y1, x0)) * (sx - x0);
      out[y * side + x] = upper + (lower - upper) * (sy - y0);
    }
  }
  return out;
}

/** Returns the smallest box around the visible pixels, or undefined if there are none. */
function findTightBox(item: Float32Array, side: number): Box | undefined {
  let [left, top, right, bottom] = [side, side, -1, -1];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      if (item[y * side + x]! < VISIBLE) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  }
  return right < left ? undefined : [left, top, right - left + 1, bottom - top + 1];
}

/** Position and look of an item to draw. */
interface DrawnItem {
  /** Side of the square canvas, in pixels. */
  readonly canvas: number;
  readonly item: Float32Array;
  /** Side of the square item, in pixels. */
  readonly side: number;
  readonly left: number;
  readonly top: number;
  readonly random: Random;
}

/** Draws an item in a random color, so the color does not reveal the class. */
function drawItem(pixels: Uint8Array, { canvas, item, side, left, top, random }: DrawnItem): void {
  const tint = Array.from({ length: 3 }, () => random.uniform(0.55, 1));
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const value = item[y * side + x]!;
      const cover = Math.min(1, value / (2 * VISIBLE));
      const offset = ((top + y) * canvas + left + x) * 3;
      for (let c = 0; c < 3; c++) {
        const lit = (40 + value * 0.84) * tint[c]!;
        pixels[offset + c] = pixels[offset + c]! * (1 - cover) + lit * cover;
      }
    }
  }
}

function computeOverlap(a: Box, b: Box): number {
  const width = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (a[2] * a[3] + b[2] * b[3] - width * height);
}
