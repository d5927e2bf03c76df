import { createHash } from "node:crypto";
import { closeSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";
import { fileError, openForReading } from "./files.js";

const BLOCK = 1 << 20;

/**
 * Returns the SHA-256 of the names and contents of all files in a folder and its subfolders.
 * @param counts whether to include a file, given its path inside the folder. Default: all files
 * @throws UserError that names a file that cannot be read
 */
export function folderDigest(folder: string, counts: (path: string) => boolean = () => true): string {
  const hash = createHash("sha256");
  const block = Buffer.allocUnsafe(BLOCK);
  for (const path of filesBelow(folder).filter(counts)) {
    hash.update(JSON.stringify([path, fileDigest(join(folder, path), block)]));
  }
  return hash.digest("hex");
}

/** Converts an object to JSON with a digest of itself. The digest detects damage that leaves valid JSON. */
export const checksummedJson = (value: object): string =>
  JSON.stringify({ sha256: jsonDigest(value), ...value });

/** Parses the text of {@link checksummedJson}. Returns undefined if the text has changed. */
export function parseChecksummedJson(text: string): Record<string, unknown> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { sha256, ...rest } = value as Record<string, unknown>;
  return sha256 === jsonDigest(rest) ? rest : undefined;
}

const jsonDigest = (value: object): string =>
  createHash("sha256").update(JSON.stringify(value)).digest("hex");

/** Returns the paths of all files inside the folder, in a fixed order. */
function filesBelow(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries
      .flatMap((entry) =>
        entry.isDirectory()
          ? filesBelow(join(folder, entry.name)).map((path) => `${entry.name}/${path}`)
          : entry.name,
      )
      .sort();
  } catch (error) {
    throw fileError("read", folder, error);
  }
}

/**
 * Returns the SHA-256 of a file's content. Reads it in blocks, because it may be larger than a buffer can be.
 * @param block memory for a block. Default: new memory
 * @throws UserError that names the file if it cannot be read
 */
export function fileDigest(path: string, block: Buffer = Buffer.allocUnsafe(BLOCK)): string {
  const hash = createHash("sha256");
  try {
    const file = openForReading(path);
    try {
      for (;;) {
        const bytes = readSync(file, block, 0, block.length, null);
        if (bytes === 0) return hash.digest("hex");
        hash.update(block.subarray(0, bytes));
      }
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw fileError("read", path, error);
  }
}
