import { readFileSync } from "node:fs";
import { register } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { fileError, UserError } from "@supernet/base";

/** Endings of files that hold code. */
export const CODE = /\.m?[tj]s$/;

let registered = false;

/**
 * Imports a user's TypeScript or JavaScript file. What it imports from supernet is this very copy, wherever the file
 * is.
 * @throws UserError that names the file, if it cannot be read or fails while it is imported
 */
export async function importUserCode(path: string): Promise<Readonly<Record<string, unknown>>> {
  readUserCode(path);
  if (!registered) register("./user-code-hooks.js", import.meta.url);
  registered = true;
  try {
    return await import(pathToFileURL(resolve(path)).href);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UserError(`${path}: ${message.split(/\s*Require stack:|\n/)[0]}`, { cause: error });
  }
}

/**
 * Imports the default export of a user's file.
 * @param wanted what the file should say, for the message if it has no default export
 * @throws UserError that names the file
 */
export async function importDefault(path: string, wanted: string): Promise<unknown> {
  const exported = (await importUserCode(path)).default;
  if (exported === undefined) throw new UserError(`${path}: no default export: write ${wanted}`);
  return exported;
}

/** @throws UserError if the file cannot be read */
export function readUserCode(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw fileError("read", path, error);
  }
}
