import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { fileError, UserError } from "@supernet/base";

const MAX_QUOTED_LENGTH = 80;

/** Bytes with random access, so that a large file is never in memory as a whole next to its tensors. */
export interface ByteSource {
  /** Path of the file, for messages. */
  readonly name: string;
  readonly size: number;
  /** Fills `target` with the bytes from `offset` on. The caller stays within `size`. */
  readInto(target: Uint8Array, offset: number): void;
}

export function memorySource(name: string, bytes: Uint8Array): ByteSource {
  return {
    name,
    size: bytes.byteLength,
    readInto: (target, offset) => target.set(bytes.subarray(offset, offset + target.byteLength)),
  };
}

/**
 * Opens a file, passes it to `use`, and closes it.
 * @throws UserError that names the file if it cannot be read or shrinks during reading
 */
export function withFileSource<T>(path: string, use: (source: ByteSource) => T): T {
  let handle: number;
  try {
    handle = openSync(path, "r");
  } catch (error) {
    throw fileError("read", path, error);
  }
  try {
    const status = fstatSync(handle);
    if (!status.isFile()) throw new UserError(`cannot read ${path}: it is not a file: check the path`);
    return use({ name: path, size: status.size, readInto: (target, at) => fill(handle, path, target, at) });
  } finally {
    closeSync(handle);
  }
}

function fill(handle: number, path: string, target: Uint8Array, offset: number): void {
  for (let done = 0; done < target.byteLength; ) {
    let count: number;
    try {
      count = readSync(handle, target, done, Math.min(target.byteLength - done, 1 << 30), offset + done);
    } catch (error) {
      throw fileError("read", path, error);
    }
    if (count === 0) throw new UserError(`cannot read ${path}: it is truncated: copy or download it again`);
    done += count;
  }
}

/** Returns a range of the source as a new array. */
export function readBytes(source: ByteSource, offset: number, length: number): Uint8Array<ArrayBuffer> {
  const target = new Uint8Array(length);
  source.readInto(target, offset);
  return target;
}

/** Formats a value from a file for a message: as JSON, truncated if it is long. */
export function quote(value: unknown): string {
  const text = json(value);
  return text.length <= MAX_QUOTED_LENGTH ? text : `${text.slice(0, MAX_QUOTED_LENGTH)}...`;
}

function json(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return "a nested value";
  }
}
