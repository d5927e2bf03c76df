import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { AtomicFile, fileError, removeTemporaries, UserError } from "@supernet/base";
import { Loader } from "@supernet/torch/data";
import { inTurn } from "../in-turn.js";
import { DamagedPack, openPack, type Pack, type PackedEntry, packEnd } from "./format.js";
import type { PackedPixels } from "./pack-worker.js";

/** Where decoded images are kept. */
export interface ImageStore {
  readonly folder: string;
  /** Takes one line for the user. */
  readonly say: (line: string) => void;
}

/**
 * The decoded images of these files: from the store, or made and put there, by one thread or process while the others
 * wait. A pack is known by the paths, sizes and times of its files, so that other files are another pack; one that is
 * damaged is said and made anew.
 * @throws UserError naming the image that is missing or damaged, or the pack that cannot be written
 */
export async function packImages(
  files: readonly string[],
  { folder, say }: ImageStore,
  workers: number,
): Promise<Pack> {
  const key = keyOf(files);
  const name = `${key.slice(0, 24)}.images`;
  const file = join(folder, name);
  let damage: string | undefined;
  const open = async (): Promise<Pack | undefined> => {
    damage = undefined;
    try {
      return await openPack(file, key, files.length);
    } catch (error) {
      if (!(error instanceof DamagedPack)) throw fileError("read", file, error);
      damage = error.message;
      return undefined;
    }
  };
  const make = async (alone: boolean): Promise<Pack> => {
    const made = await open();
    if (made) return made;
    say(
      damage === undefined
        ? `${file}: decoding ${files.length} images once`
        : `${file} is damaged (${damage}): decoding its ${files.length} images anew`,
    );
    if (alone) removeTemporaries(file);
    await write(file, key, files, workers);
    // A disk may not hold what it was given.
    const pack = await open();
    if (pack) return pack;
    throw new UserError(
      `${file} is damaged as soon as it is written (${damage ?? "it is gone"}): check the disk`,
    );
  };
  const onWait = () => say(`${file}: waiting while its ${files.length} images are decoded`);
  return (await open()) ?? (await inTurn(join(folder, `.${name}.lock`), onWait, make));
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
    await setImmediate(); // signals are heeded, also where images are decoded on this thread
  }
  target.write(packEnd(key, entries));
  target.commit();
}
