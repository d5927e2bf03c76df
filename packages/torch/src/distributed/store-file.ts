import { readFileSync } from "node:fs";
import { fileError, writeFileAtomic } from "../util/files.js";
import type { Store } from "./store.js";

/** Bytes of a file under one key: libtorch 2.x refuses values above 8 MiB, and in text they are a third more. */
const PART = 4 * 2 ** 20;

const partKey = (key: string, part: number): string => `${key}/${part}`;

/**
 * Puts a file into a store, for other hosts to read.
 * @throws UserError where it cannot be read
 */
export function shareFile(store: Store, key: string, path: string): void {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw fileError("read", path, error);
  }
  const parts = Math.ceil(bytes.length / PART);
  for (let i = 0; i < parts; i++)
    store.set(partKey(key, i), bytes.toString("base64", i * PART, (i + 1) * PART));
  store.set(key, String(parts));
}

/**
 * Writes a file that is in a store.
 * @returns false where it is there no longer
 */
export function fetchFile(store: Store, key: string, path: string): boolean {
  const count = store.get(key);
  if (!count) return false;
  const parts: Buffer[] = [];
  for (let i = 0; i < Number(count); i++) {
    const part = store.get(partKey(key, i));
    if (!part) return false;
    parts.push(Buffer.from(part, "base64"));
  }
  writeFileAtomic(path, Buffer.concat(parts));
  return true;
}

/** Takes a file out of a store again. Its keys stay, with nothing under them: others may be reading it. */
export function withdrawFile(store: Store, key: string): void {
  const parts = Number(store.get(key) ?? 0);
  store.set(key, "");
  for (let i = 0; i < parts; i++) store.set(partKey(key, i), "");
}
