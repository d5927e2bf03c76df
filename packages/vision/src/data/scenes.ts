import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import {
  count,
  fileError,
  folderDigest,
  makeFolder,
  parseOptions,
  Random,
  requireFunction,
  requireString,
  writeFileAtomic,
} from "@supernet/base";
import { z } from "zod";
import { withFileLock } from "../file-lock.js";
import { loadSharp } from "../load-sharp.js";
import { openIdx } from "./idx.js";
import { composeScene, type SceneLayout } from "./scene-image.js";

/** Settings of {@link composeScenes}. */
export interface SceneSettings extends SceneLayout {
  /** Folder of IDX files whose images become items. */
  readonly items: string;
  /** Number of scenes of each split. */
  readonly train: number;
  readonly search: number;
  readonly test: number;
  readonly seed: number;
}

const natural = z.int().min(0);
const interval = z.tuple([z.number(), z.number()]);
const settingsSchema = z.strictObject({
  items: z.string(),
  canvas: count,
  itemsPerScene: interval,
  itemSize: interval,
  train: natural,
  search: natural,
  test: natural,
  seed: z.int(),
});

/**
 * Composes scenes from the images of an IDX data set, and writes them as a COCO data set with the splits train, search
 * and test. Each scene shows several images at random scales and positions. The splits share no images: train uses the
 * training images, search and test use one half each of the test images. The same settings produce the same files.
 *
 * Returns at once if the folder already has intact scenes with these settings. If several threads or processes call
 * this at the same time, one composes the scenes and the others wait.
 * @param folder created if necessary
 * @param onScene called after each scene
 */
export async function composeScenes(
  folder: string,
  settings: SceneSettings,
  onScene: (done: number, total: number) => void = () => {},
): Promise<void> {
  requireString("composeScenes: folder", folder);
  parseOptions("composeScenes", settingsSchema, settings);
  requireFunction("composeScenes: onScene", onScene);
  if (isComposed(folder, settings)) return;
  await withFileLock(
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
  const sharp = await loadSharp();
  try {
    rmSync(unfinished, { recursive: true, force: true });
    let done = 0;
    for (const { split, source, from, to, scenes } of splits) {
      makeFolder(join(unfinished, "images", split));
      const images: object[] = [];
      const annotations: object[] = [];
      for (let i = 0; i < scenes; i++) {
        const random = Random.of(settings.seed, split, i);
        const { pixels, placed } = composeScene({ source, from, to }, settings, random);
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

/** Record of the settings and files of a folder of scenes. */
interface SceneRecord {
  readonly settings: SceneSettings;
  /** Digest of all other files. */
  readonly files: string;
}

const RECORD = "scenes.json";

const scenesDigest = (folder: string): string => folderDigest(folder, (path) => path !== RECORD);

/** Returns whether a folder has unchanged scenes with these settings. */
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
