import { UserError } from "@supernet/base";
import type { Pickled } from "./pickle.js";
import { quote } from "./source.js";

/** Contents of a PyTorch file in either format. */
export interface PthContent {
  /** Saved value: dictionaries as maps, lists and tuples as arrays, tensors as TensorReference. */
  readonly root: Pickled;
  readonly storages: Storages;
}

/** Raw elements of the tensors, by storage key. */
export interface Storages {
  /** Returns the size of one storage in bytes, or undefined if it is missing. */
  byteLength(key: string): number | undefined;
  /** Fills `target` with the bytes from `start` on. The caller stays within `byteLength`. */
  readInto(target: Uint8Array, key: string, start: number): void;
}

/**
 * Maximum size of all tensors, in sizes of the file. Tied weights share storages, and archives may be compressed, but a
 * small file must not fill all memory.
 */
export const MAX_EXPANSION = 16;

/** Maximum size of a pickle. It needs about 150 bytes per tensor; the elements are stored outside it. */
export const MAX_PICKLE_BYTES = 64 * 2 ** 20;

export function damaged(file: string, what: string): UserError {
  return new UserError(`cannot read ${file}: ${what}: the file is damaged: copy or download it again`);
}

/** @throws UserError if the file was written on a big-endian machine */
export function refuseByteOrder(file: string, order: string): void {
  if (order === "little") return;
  throw new UserError(
    `cannot read ${file}: its byte order is ${quote(order)}: save it again on a little-endian machine`,
  );
}
