import { UserError } from "@supernet/base";
import type { Pickled } from "./pickle.js";
import { quote } from "./source.js";

/** What either of PyTorch's formats holds. */
export interface PthContent {
  /** What was saved: dictionaries as maps, lists and tuples as arrays, tensors as TensorReference. */
  readonly root: Pickled;
  readonly storages: Storages;
}

/** The raw elements behind the tensors, by the storages' keys. */
export interface Storages {
  /** Bytes of all storages that the file claims to hold. */
  readonly totalBytes: number;
  /** Bytes of one; undefined if it is missing. */
  byteLength(key: string): number | undefined;
  /** Fills `target` with the bytes from `start` on. The caller keeps within `byteLength`. */
  readInto(target: Uint8Array, key: string, start: number): void;
}

/** A pickle of tensors needs some 150 bytes for each; the elements lie beside it. */
export const MAX_PICKLE_BYTES = 64 * 2 ** 20;

export function damaged(file: string, what: string): UserError {
  return new UserError(`cannot read ${file}: ${what}: the file is damaged: copy or download it again`);
}

/** @throws UserError if the machine that wrote the file ordered its bytes the other way */
export function refuseByteOrder(file: string, order: string): void {
  if (order === "little") return;
  throw new UserError(
    `cannot read ${file}: its byte order is ${quote(order)}: save it again on a little-endian machine`,
  );
}
