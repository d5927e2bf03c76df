import { UserError } from "@supernet/base";
import { unpickle } from "./pickle.js";
import { damaged, MAX_PICKLE_BYTES, type PthContent, refuseByteOrder, type Storages } from "./pth-content.js";
import type { ByteSource } from "./source.js";
import { persistentStorage, torchGlobals } from "./torch-pickle.js";
import { entryStart, isStored, readZipDirectory, readZipEntry, type ZipDirectory } from "./zip.js";

/**
 * Reads PyTorch's format since 1.6: a zip with NAME/data.pkl and one file of raw elements per storage.
 * @throws UserError that names the file and the problem
 */
export function openZipFormat(source: ByteSource): PthContent {
  const entries = readZipDirectory(source);
  const folder = findFolder(source, entries);
  const order = entries.get(`${folder}byteorder`);
  if (order) refuseByteOrder(source.name, Buffer.from(readZipEntry(source, order)).toString("latin1"));
  const pickle = entries.get(`${folder}data.pkl`)!;
  if (pickle.size > MAX_PICKLE_BYTES) throw damaged(source.name, `its pickle claims ${pickle.size} bytes`);
  const { value } = unpickle(readZipEntry(source, pickle), {
    file: source.name,
    globals: torchGlobals(source.name),
    persistent: (id) => persistentStorage(source.name, id),
  });
  return { root: value, storages: new ZipStorages(source, entries, `${folder}data/`) };
}

function findFolder(source: ByteSource, entries: ZipDirectory): string {
  for (const name of entries.keys()) {
    if (/^[^/]+\/data\.pkl$/.test(name)) return name.slice(0, -"data.pkl".length);
  }
  throw new UserError(`cannot read ${source.name}: it is a zip but not a PyTorch checkpoint: check the path`);
}

class ZipStorages implements Storages {
  readonly totalBytes: number;
  readonly #source: ByteSource;
  readonly #entries: ZipDirectory;
  readonly #folder: string;
  readonly #unpacked = new Map<string, Uint8Array>();

  constructor(source: ByteSource, entries: ZipDirectory, folder: string) {
    this.#source = source;
    this.#entries = entries;
    this.#folder = folder;
    this.totalBytes = [...entries.values()].reduce((sum, { size }) => sum + size, 0);
  }

  byteLength(key: string): number | undefined {
    return this.#entries.get(this.#folder + key)?.size;
  }

  readInto(target: Uint8Array, key: string, start: number): void {
    const entry = this.#entries.get(this.#folder + key)!;
    if (isStored(entry)) {
      this.#source.readInto(target, entryStart(this.#source, entry) + start);
      return;
    }
    let unpacked = this.#unpacked.get(key);
    if (unpacked === undefined) {
      unpacked = readZipEntry(this.#source, entry);
      this.#unpacked.set(key, unpacked);
    }
    target.set(unpacked.subarray(start, start + target.byteLength));
  }
}
