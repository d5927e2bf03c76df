import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { join } from "node:path";
import { Loader } from "@supernet/torch/data";
import { UserError } from "@supernet/torch/errors";
import { AtomicFile, fileError } from "@supernet/torch/files";
import { DamagedPack, openPack, type Pack, type PackedEntry, packEnd } from "./format.js";
import type { PackedPixels } from "./pack-worker.js";

/** Where decoded images are kept. */
export interface ImageStore {
  readonly folder: string;
  /** Takes one line for the user. */
  readonly say: (line: string) => void;
}

/**
 * The decoded images of these files: from the store, or made and put there. A pack is known by the paths, sizes and
 * times of its files, so that other files are another pack; one that is damaged is said and made anew.
 * @throws UserError naming the image that is missing or damaged, or the pack that cannot be written
 */
export async function packImages(
  files: readonly string[],
  { folder, say }: ImageStore,
  workers: number,
): Promise<Pack> {
  const key = keyOf(files);
  const file = join(folder, `${key.slice(0, 24)}.images`);
  try {
    const found = await openPack(file, key, files.length);
    if (found) return found;
    say(`${file}: decoding ${files.length} images once`);
  } catch (error) {
    if (!(error instanceof DamagedPack)) throw fileError("read", file, error);
    say(`${file} is damaged (${error.message}): decoding its ${files.length} images anew`);
  }
  await write(file, key, files, workers);
  return written(file, key, files.length);
}

/** What was just written is read again: a disk may not hold what it was given. */
async function written(file: string, key: string, images: number): Promise<Pack> {
  try {
    const pack = await openPack(file, key, images);
    if (pack) return pack;
    throw new DamagedPack("it is gone");
  } catch (error) {
    if (!(error instanceof DamagedPack)) throw fileError("read", file, error);
    throw new UserError(`${file} is damaged as soon as it is written (${error.message}): check the disk`, {
      cause: error,
    });
  }
}

function keyOf(files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of files) {
    try {
      const { size, mtimeMs } = statSync(file);
      hash.update(JSON.stringify([file, size, mtimeMs]));
    } catch (error) {
      throw fileError("read image", file, error);
    }
  }
  return hash.digest("hex");
}

async function write(file: string, key: string, files: readonly string[], workers: number): Promise<void> {
  using target = new AtomicFile(file);
  using loader = new Loader<undefined, string, PackedPixels>({
    worker: new URL("./pack-worker.js", import.meta.url),
    spec: undefined,
    workers,
    prefetch: 8 * workers,
  });
  const entries: PackedEntry[] = [];
  for await (const { data, ...entry } of loader.load(files)) {
    target.write(data);
    entries.push(entry);
  }
  target.write(packEnd(key, entries));
  target.commit();
}
