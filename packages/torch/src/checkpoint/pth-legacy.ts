import type { DType } from "../engine/index.js";
import { type Pickled, unpickle } from "./pickle.js";
import { damaged, MAX_PICKLE_BYTES, type PthContent, refuseByteOrder, type Storages } from "./pth-content.js";
import { bytesPerElement } from "./record.js";
import { type ByteSource, readBytes } from "./source.js";
import { persistentStorage, torchGlobals } from "./torch-pickle.js";

const PROTOCOL = 1001;
/** Size of the element count that precedes each storage. */
const COUNT_BYTES = 8;

/** Location of a storage in the file. */
interface StorageRange {
  readonly start: number;
  readonly byteLength: number;
}

/**
 * Reads PyTorch's format before 1.6, which many published torchvision weights use. It consists of five pickles
 * (magic number, version, byte order, saved value, storage keys), followed by the storages in the order of the keys.
 * @throws UserError that names the file and the problem
 */
export function openLegacyFormat(source: ByteSource): PthContent {
  const file = source.name;
  const bytes = readBytes(source, 0, Math.min(source.size, MAX_PICKLE_BYTES));
  const dtypes = new Map<string, DType>();
  const reader = {
    file,
    global: torchGlobals(file),
    persistent: (id: Pickled) => {
      const storage = persistentStorage(file, id);
      if (storage.dtype === undefined)
        throw damaged(file, `a storage has the type ${storage.unsupported}, which is not supported`);
      dtypes.set(storage.key, storage.dtype);
      return storage;
    },
  };
  let position = 0;
  const next = (): Pickled => {
    const { value, end } = unpickle(bytes, reader, position);
    position = end;
    return value;
  };
  next(); // the magic number, which identified the format
  if (next() !== PROTOCOL) throw damaged(file, `its version is not ${PROTOCOL}`);
  const system = next();
  const little = system instanceof Map ? system.get("little_endian") : undefined;
  if (typeof little !== "boolean") throw damaged(file, "it does not state its byte order");
  refuseByteOrder(file, little ? "little" : "big");
  const root = next();
  const keys = next();
  const places = new Map<string, StorageRange>();
  for (const key of Array.isArray(keys) ? keys : []) {
    const dtype = typeof key === "string" ? dtypes.get(key) : undefined;
    if (typeof key !== "string" || dtype === undefined)
      throw damaged(file, "its list of storages is malformed");
    const start = position + COUNT_BYTES;
    if (start > source.size) throw damaged(file, "it is truncated");
    const count = new DataView(readBytes(source, position, COUNT_BYTES).buffer).getBigInt64(0, true);
    const byteLength = Number(count) * bytesPerElement(dtype);
    if (byteLength < 0 || start + byteLength > source.size) throw damaged(file, "it is truncated");
    places.set(key, { start, byteLength });
    position = start + byteLength;
  }
  return { root, storages: new LegacyStorages(source, places) };
}

class LegacyStorages implements Storages {
  readonly #source: ByteSource;
  readonly #places: ReadonlyMap<string, StorageRange>;

  constructor(source: ByteSource, places: ReadonlyMap<string, StorageRange>) {
    this.#source = source;
    this.#places = places;
  }

  byteLength(key: string): number | undefined {
    return this.#places.get(key)?.byteLength;
  }

  readInto(target: Uint8Array, key: string, start: number): void {
    this.#source.readInto(target, this.#places.get(key)!.start + start);
  }
}
