import { UserError } from "../util/errors.js";
import { type Pickled, unpickle } from "./pickle.js";
import { quote } from "./quote.js";
import { allocate, bytesPerElement, elementCount, type TensorRecord } from "./record.js";
import { type ByteSource, readBytes } from "./source.js";
import { persistentStorage, type StorageReference, TensorReference, torchGlobals } from "./torch-pickle.js";
import { entryStart, isStored, readZipDirectory, readZipEntry, type ZipDirectory } from "./zip.js";

// PyTorch's file since 1.6: a zip of NAME/data.pkl and one file of raw elements for each storage.

/** A pickle of tensors needs some 150 bytes for each; the elements lie beside it. */
const MAX_PICKLE_BYTES = 64 * 2 ** 20;
/** Tensors may share a storage (tied weights), but not so that a small file asks for all memory. */
const MOST_SHARING = 16;
const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
/** How PyTorch before 1.6 begins: a pickle of its magic number. */
const LEGACY = Buffer.from([
  0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19,
]);
const WRAPPERS = ["state_dict", "model"] as const;

/** A checkpoint whose pickle is read; its tensors are read when asked for. */
export class PthFile {
  readonly #source: ByteSource;
  readonly #entries: ZipDirectory;
  readonly #folder: string;
  readonly #unpacked = new Map<string, Uint8Array>();
  #bytesLeft: number;
  /** What was saved: dictionaries as maps, lists and tuples as arrays, tensors as {@link TensorReference}. */
  readonly root: Pickled;

  /** @throws UserError naming the file and what is wrong in it */
  constructor(source: ByteSource) {
    this.#source = source;
    refuseLegacy(source);
    this.#entries = readZipDirectory(source);
    this.#folder = this.#findFolder();
    this.#refuseBigEndian();
    const pickle = this.#entries.get(`${this.#folder}data.pkl`)!;
    if (pickle.size > MAX_PICKLE_BYTES) throw this.#refuse(`its pickle claims ${pickle.size} bytes`);
    let total = 0;
    for (const entry of this.#entries.values()) total += entry.size;
    this.#bytesLeft = total * MOST_SHARING;
    this.root = unpickle(readZipEntry(source, pickle), {
      file: source.name,
      globals: torchGlobals(source.name),
      persistent: (id) => persistentStorage(source.name, id),
    });
  }

  /**
   * The tensors of the state dict: the value at `key` where given, else the root itself, else its
   * `state_dict` or `model`. Values that are no tensors are left out.
   * @throws UserError naming the file and its keys where there are no tensors
   */
  stateDict(key?: string): Map<string, TensorReference> {
    const root = this.root;
    const candidates =
      key !== undefined
        ? [root instanceof Map ? root.get(key) : undefined]
        : [root, ...WRAPPERS.map((name) => (root instanceof Map ? root.get(name) : undefined))];
    for (const candidate of candidates) {
      if (!(candidate instanceof Map)) continue;
      const tensors = new Map<string, TensorReference>();
      for (const [name, value] of candidate) {
        if (typeof name === "string" && value instanceof TensorReference) tensors.set(name, value);
      }
      if (tensors.size > 0) return tensors;
    }
    const keys =
      root instanceof Map
        ? `; its keys are ${quote([...root.keys()].filter((name) => typeof name === "string"))}`
        : "";
    const place = key === undefined ? "it holds no state dict" : `${quote(key)} holds no state dict`;
    throw new UserError(
      `cannot read ${this.#source.name}: ${place}${keys}: save it again with torch.save(model.state_dict(), path)`,
    );
  }

  /**
   * Reads a tensor's elements, row-major whatever its strides were.
   * @throws UserError naming the file where the storage is missing, too short or cannot be unpacked
   */
  read(name: string, tensor: TensorReference): TensorRecord {
    const { storage, shape, strides, offset } = tensor;
    const { dtype } = tensor;
    const width = bytesPerElement(dtype);
    const count = elementCount(shape);
    const what = `tensor ${quote(name)}`;
    if (count === undefined || shape.length !== strides.length)
      throw this.#refuse(`${what} has no valid shape`);
    const entry = this.#entries.get(`${this.#folder}data/${storage.key}`);
    if (entry === undefined) throw this.#refuse(`the storage of ${what} is missing`);
    if (count === 0) return { dtype, shape, data: allocate(dtype, 0).data };
    if (count * width > entry.size) throw this.#refuse(`${what} is larger than its storage`);
    const last = offset + shape.reduce((sum, size, axis) => sum + (size - 1) * strides[axis]!, 0);
    if (!Number.isSafeInteger(last) || (last + 1) * width > entry.size) {
      throw this.#refuse(`${what} lies outside its storage`);
    }
    this.#bytesLeft -= count * width;
    if (this.#bytesLeft < 0) throw this.#refuse("its tensors share too much to be real");
    const { data, bytes } = allocate(dtype, count);
    const span = { start: offset * width, length: (last + 1 - offset) * width };
    if (isContiguous(shape, strides)) this.#readStorage(storage, span.start, bytes);
    else {
      const spread = new Uint8Array(span.length);
      this.#readStorage(storage, span.start, spread);
      gather(spread, bytes, shape, strides, width);
    }
    return { dtype, shape, data };
  }

  #readStorage(storage: StorageReference, start: number, target: Uint8Array): void {
    const entry = this.#entries.get(`${this.#folder}data/${storage.key}`)!;
    if (isStored(entry)) {
      this.#source.readInto(target, entryStart(this.#source, entry) + start);
      return;
    }
    let unpacked = this.#unpacked.get(storage.key);
    if (unpacked === undefined) {
      unpacked = readZipEntry(this.#source, entry);
      this.#unpacked.set(storage.key, unpacked);
    }
    target.set(unpacked.subarray(start, start + target.byteLength));
  }

  #findFolder(): string {
    for (const name of this.#entries.keys()) {
      if (/^[^/]+\/data\.pkl$/.test(name)) return name.slice(0, -"data.pkl".length);
    }
    throw new UserError(
      `cannot read ${this.#source.name}: it is a zip but no PyTorch checkpoint: check the path`,
    );
  }

  #refuseBigEndian(): void {
    const entry = this.#entries.get(`${this.#folder}byteorder`);
    if (entry === undefined) return;
    const order = Buffer.from(readZipEntry(this.#source, entry)).toString("latin1");
    if (order !== "little") {
      throw new UserError(
        `cannot read ${this.#source.name}: its byte order is ${quote(order)}: save it again on a little-endian machine`,
      );
    }
  }

  #refuse(what: string): UserError {
    return new UserError(
      `cannot read ${this.#source.name}: ${what}: the file is damaged: copy or download it again`,
    );
  }
}

/** Whether the file is PyTorch's, of this format or of the one before 1.6, by its first bytes. */
export function isPyTorchFile(source: ByteSource): boolean {
  return beginsWith(source, ZIP) || beginsWith(source, LEGACY);
}

function beginsWith(source: ByteSource, start: Buffer): boolean {
  return source.size >= start.byteLength && start.equals(readBytes(source, 0, start.byteLength));
}

function refuseLegacy(source: ByteSource): void {
  if (!beginsWith(source, LEGACY)) return;
  throw new UserError(
    `cannot read ${source.name}: it is in PyTorch's format from before 1.6: ` +
      "save it again in Python with torch.save(torch.load(path, map_location='cpu'), path)",
  );
}

function isContiguous(shape: readonly number[], strides: readonly number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== expected) return false;
    expected *= shape[axis]!;
  }
  return true;
}

/** Copies a strided tensor row by row into `target`; strides count elements of `width` bytes. */
function gather(
  source: Uint8Array,
  target: Uint8Array,
  shape: readonly number[],
  strides: readonly number[],
  width: number,
): void {
  const index = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < target.byteLength; to += width) {
    for (let byte = 0; byte < width; byte++) target[to + byte] = source[from + byte]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]!++;
      from += strides[axis]! * width;
      if (index[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]! * width;
      index[axis] = 0;
    }
  }
}
