import { UserError } from "@supernet/base";
import { unpickle } from "./pickle.js";
import {
  damaged,
  MAX_EXPANSION,
  MAX_PICKLE_BYTES,
  type PthContent,
  refuseByteOrder,
  type Storages,
} from "./pth-content.js";
import type { ByteSource } from "./source.js";
import { persistentStorage, torchGlobals } from "./torch-pickle.js";
import { entryStart, isStored, readZipDirectory, readZipEntry, type ZipDirectory } from "./zip.js";

/**
 * Reads PyTorch's format since 1.6: a zip with NAME/data.pkl and one file of raw elements per storage.
 * @throws UserError that names the file and the problem
 */
export function openZipFormat(source: ByteSource): PthContent {
  const entries = readZipDirectory(source);
  refuseBomb(source, entries);
  const folder = findFolder(source, entries);
  const order = entries.get(`${folder}byteorder`);
  if (order) refuseByteOrder(source.name, Buffer.from(readZipEntry(source, order)).toString("latin1"));
  const pickle = entries.get(`${folder}data.pkl`)!;
  if (pickle.size > MAX_PICKLE_BYTES) throw damaged(source.name, `its pickle claims ${pickle.size} bytes`);
  const { value } = unpickle(readZipEntry(source, pickle), {
    file: source.name,
    global: torchGlobals(source.name),
    persistent: (id) => persistentStorage(source.name, id),
  });
  return { root: value, storages: new ZipStorages(source, entries, `${folder}data/`) };
}

/** Size up to which an archive may unpack, however small it is. */
const SMALL = 1 << 18;

function refuseBomb(source: ByteSource, entries: ZipDirectory): void {
  const total = [...entries.values()].reduce((sum, { size }) => sum + size, 0);
  if (total > Math.max(SMALL, source.size * MAX_EXPANSION))
    throw damaged(source.name, `it claims to unpack to ${total} bytes, from ${source.size}`);
}

function findFolder(source: ByteSource, entries: ZipDirectory): string {
  for (const name of entries.keys()) {
    if (!/^[^/]+\/data\.pkl$/.test(name)) continue;
    const folder = name.slice(0, -"data.pkl".length);
    if (!entries.has(`${folder}constants.pkl`)) return folder;
    throw new UserError(
      `cannot read ${source.name}: it is a TorchScript archive: save the weights with torch.save(model.state_dict(), path)`,
    );
  }
  throw new UserError(
    `cannot read ${source.name}: it is a zip archive, not a PyTorch checkpoint: unpack it, and use the file of weights inside`,
  );
}

class ZipStorages implements Storages {
  readonly #source: ByteSource;
  readonly #entries: ZipDirectory;
  readonly #folder: string;
  readonly #unpacked = new Map<string, Uint8Array>();

  constructor(source: ByteSource, entries: ZipDirectory, folder: string) {
    this.#source = source;
    this.#entries = entries;
    this.#folder = folder;
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
