import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { fileError, folderDigest, makeFolder, Random, writeFileAtomic } from "@supernet/base";
import sharp from "sharp";
import { inTurn } from "../in-turn.js";
import { openIdx } from "./idx.js";
import type { RawSamples } from "./samples.js";

export interface SceneSettings {
  /** Folder of IDX files whose images become items. */
  readonly items: string;
  /** Side of the square scene, in pixels. */
  readonly canvas: number;
  /** Scenes of each split. */
  readonly train: number;
  readonly search: number;
  readonly test: number;
  /** Fewest and most items in a scene. */
  readonly itemsPerScene: readonly [number, number];
  /** Smallest and largest side of an item's image, in pixels. */
  readonly itemSize: readonly [number, number];
  readonly seed: number;
}

/** Items overlap by at most this intersection over union. */
const MOST_OVERLAP = 0.2;
/** Tries to place an item before it is left out. */
const PLACE_TRIES = 20;
/** Below this a pixel is taken for the item's black background. */
const VISIBLE = 24;

type Box = readonly [x: number, y: number, width: number, height: number];
type Placed = { readonly box: Box; readonly label: number };

/**
 * Composes scenes from the images of an IDX data set, several a scene at random scale and place, and writes
 * them once as an ordinary COCO data set with the splits train, search and test. The splits share no item:
 * train takes the training images, search and test one half each of the test images. Equal settings give equal
 * files.
 * @param folder is made; where it holds the same scenes already, none of them damaged, nothing is done. Threads and
 *   processes that find it otherwise at the same time take turns, and one composes for all
 */
export async function composeScenes(
  folder: string,
  settings: SceneSettings,
  onScene: (done: number, total: number) => void = () => {},
): Promise<void> {
  if (isComposed(folder, settings)) return;
  await inTurn(
    join(dirname(folder), `.${basename(folder)}.lock`),
    () => {},
    async () => {
      if (!isComposed(folder, settings)) await composeAll(folder, settings, onScene);
    },
  );
}

async function composeAll(
  folder: string,
  settings: SceneSettings,
  onScene: (done: number, total: number) => void,
): Promise<void> {
  const { classes, train, openVal } = openIdx(settings.items);
  const val = openVal();
  const unfinished = `${folder}.part`;
  const total = settings.train + settings.search + settings.test;
  const half = Math.floor(val.count / 2);
  const splits = [
    { split: "train", source: train, from: 0, to: train.count, scenes: settings.train },
    { split: "search", source: val, from: 0, to: half, scenes: settings.search },
    { split: "test", source: val, from: half, to: val.count, scenes: settings.test },
  ];
  try {
    rmSync(unfinished, { recursive: true, force: true });
    let done = 0;
    for (const { split, source, from, to, scenes } of splits) {
      makeFolder(join(unfinished, "images", split));
      const images: object[] = [];
      const annotations: object[] = [];
      for (let i = 0; i < scenes; i++) {
        const random = Random.of(settings.seed, split, i);
        const { pixels, placed } = composeScene(source, from, to, settings, random);
        const file_name = `${String(i + 1).padStart(6, "0")}.png`;
        const side = settings.canvas;
        const png = await sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
          .png({ compressionLevel: 1 })
          .toBuffer();
        writeFileAtomic(join(unfinished, "images", split, file_name), png);
        images.push({ id: i + 1, file_name, width: side, height: side });
        for (const { box, label } of placed) {
          annotations.push({
            id: annotations.length + 1,
            image_id: i + 1,
            category_id: label + 1,
            bbox: box,
            area: box[2] * box[3],
            iscrowd: 0,
          });
        }
        onScene(++done, total);
      }
      const categories = classes.map((name, i) => ({ id: i + 1, name }));
      writeFileAtomic(
        join(unfinished, "annotations", `instances_${split}.json`),
        JSON.stringify({ images, annotations, categories }),
      );
    }
    const record: SceneRecord = { settings, files: scenesDigest(unfinished) };
    writeFileAtomic(join(unfinished, RECORD), JSON.stringify(record));
    rmSync(folder, { recursive: true, force: true });
    renameSync(unfinished, folder);
  } catch (error) {
    throw fileError("write scenes into", folder, error);
  }
}

/** What a folder of scenes says of itself. */
interface SceneRecord {
  readonly settings: SceneSettings;
  /** Digest of all other files. */
  readonly files: string;
}

const RECORD = "scenes.json";

const scenesDigest = (folder: string): string => folderDigest(folder, (path) => path !== RECORD);

/** Whether a folder holds the scenes of these settings, all as they were written. */
function isComposed(folder: string, settings: SceneSettings): boolean {
  const path = join(folder, RECORD);
  if (!existsSync(path)) return false;
  try {
    const record: SceneRecord = JSON.parse(readFileSync(path, "utf8"));
    return isDeepStrictEqual(record.settings, settings) && record.files === scenesDigest(folder);
  } catch {
    return false;
  }
}

function composeScene(
  source: RawSamples,
  from: number,
  to: number,
  { canvas, itemsPerScene, itemSize }: SceneSettings,
  random: Random,
): { pixels: Uint8Array; placed: Placed[] } {
  const pixels = background(canvas, random);
  const placed: Placed[] = [];
  const wanted = itemsPerScene[0] + random.int(itemsPerScene[1] - itemsPerScene[0] + 1);
  for (let n = 0; n < wanted; n++) {
    const index = from + random.int(to - from);
    for (let tries = 0; tries < PLACE_TRIES; tries++) {
      const side = Math.round(random.uniform(itemSize[0], Math.min(itemSize[1], canvas)));
      const item = scaled(source, index, side);
      const tight = tightBox(item, side);
      if (!tight) break;
      const left = random.int(canvas - side + 1);
      const top = random.int(canvas - side + 1);
      const box: Box = [left + tight[0], top + tight[1], tight[2], tight[3]];
      if (placed.some((other) => overlap(other.box, box) > MOST_OVERLAP)) continue;
      draw(pixels, canvas, item, side, left, top, random);
      placed.push({ box, label: source.labels[index]! });
      break;
    }
  }
  return { pixels, placed };
}

/** A gradient between two dim colours, with noise: flat black would give the items away. */
function background(side: number, random: Random): Uint8Array {
  const pixels = new Uint8Array(side * side * 3);
  const colour = () => Array.from({ length: 3 }, () => random.uniform(10, 110));
  const [from, to] = [colour(), colour()];
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

/** One image of the source at side x side pixels, by bilinear interpolation. */
function scaled({ pixels, height, width }: RawSamples, index: number, side: number): Float32Array {
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

/** The smallest box round the visible pixels; undefined where there are none. */
function tightBox(item: Float32Array, side: number): Box | undefined {
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

/** Draws an item with a colour of its own, so that colour tells nothing of the class. */
function draw(
  pixels: Uint8Array,
  canvas: number,
  item: Float32Array,
  side: number,
  left: number,
  top: number,
  random: Random,
): void {
  const tint = Array.from({ length: 3 }, () => random.uniform(0.55, 1));
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const value = item[y * side + x]!;
      const cover = Math.min(1, value / (2 * VISIBLE));
      const place = ((top + y) * canvas + left + x) * 3;
      for (let c = 0; c < 3; c++) {
        const lit = (40 + value * 0.84) * tint[c]!;
        pixels[place + c] = pixels[place + c]! * (1 - cover) + lit * cover;
      }
    }
  }
}

function overlap(a: Box, b: Box): number {
  const width = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (a[2] * a[3] + b[2] * b[3] - width * height);
}
