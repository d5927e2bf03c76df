import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { AtomicFile, fileError, removeTemporaries, UserError } from "@supernet/base";
import { Loader } from "@supernet/torch/data";
import { withFileLock } from "../file-lock.js";
import type { DecodedPixels } from "./decode-worker.js";
import {
  DamagedCache,
  type DecodedImageCache,
  type DecodedImageEntry,
  encodeTable,
  readDecodedImageCache,
} from "./format.js";

/** Options of the cache of decoded images on disk. */
export interface DecodedCacheOptions {
  /** Folder of the cache files, created if necessary. */
  readonly folder: string;
  /** Receives messages for the user, one line each. */
  readonly log: (line: string) => void;
}

/**
 * Opens the cache of these files' decoded images, and creates it first if necessary. One thread or process decodes
 * while the others wait. A cache is identified by the paths, sizes and modification times of the files, so changed
 * files get a new cache. A damaged cache is logged and created again.
 * @throws UserError naming the image that is missing or damaged, or the cache that cannot be written
 */
export async function openDecodedImageCache(
  files: readonly string[],
  { folder, log }: DecodedCacheOptions,
  workers: number,
): Promise<DecodedImageCache> {
  const key = computeKey(files);
  const name = `${key.slice(0, 24)}.images`;
  const path = join(folder, name);
  let damage: string | undefined;
  const read = async (): Promise<DecodedImageCache | undefined> => {
    damage = undefined;
    try {
      return await readDecodedImageCache(path, key, files.length);
    } catch (error) {
      if (!(error instanceof DamagedCache)) throw fileError("read", path, error);
      damage = error.message;
      return undefined;
    }
  };
  const create = async (exclusive: boolean): Promise<DecodedImageCache> => {
    const existing = await read();
    if (existing) return existing;
    log(
      damage === undefined
        ? `${path}: decoding ${files.length} images once`
        : `${path} is damaged (${damage}): decoding its ${files.length} images again`,
    );
    if (exclusive) removeTemporaries(path);
    await write(path, { key, files, workers });
    // Checks what was written, because a faulty disk may return other bytes.
    const created = await read();
    if (created) return created;
    throw new UserError(
      `${path} is damaged right after it was written (${damage ?? "it is missing"}): check the disk`,
    );
  };
  const onWait = () => log(`${path}: waiting while its ${files.length} images are decoded`);
  return (await read()) ?? (await withFileLock(join(folder, `.${name}.lock`), onWait, create));
}

function computeKey(files: readonly string[]): string {
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

/** Contents of a cache to write. */
interface CacheSource {
  readonly key: string;
  readonly files: readonly string[];
  readonly workers: number;
}

async function write(file: string, { key, files, workers }: CacheSource): Promise<void> {
  using target = new AtomicFile(file);
  using loader = new Loader<undefined, string, DecodedPixels>({
    worker: new URL("./decode-worker.js", import.meta.url),
    spec: undefined,
    workers,
    prefetch: 8 * workers,
  });
  const entries: DecodedImageEntry[] = [];
  for await (const { data, ...entry } of loader.load(files)) {
    target.write(data);
    entries.push(entry);
    await setImmediate(); // lets signals be handled even if this thread decodes the images
  }
  target.write(encodeTable(key, entries));
  target.commit();
}
