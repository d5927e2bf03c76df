import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire, register } from "node:module";
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
  requireReadable(path);
  if (!registered) register("./user-code-hooks.js", import.meta.url);
  registered = true;
  try {
    return await import(pathToFileURL(resolve(path)).href);
  } catch (error) {
    throw new UserError(`${path}: ${firstCause(error)}`, { cause: error });
  }
}

/** The line of an error's message that says what is wrong. */
function firstCause(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [first = "", second] = message.split(/\s*Require stack:|\n/);
  // esbuild says where a file is wrong, and why, in the second line.
  return second !== undefined && /^(?:Transform|Build) failed/.test(first) ? second : first;
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

/** Digests by absolute path. */
const digests = new Map<string, string>();

/**
 * Returns a digest of a user's file and of the user's other files that it imports. Packages do not count.
 * @throws UserError that names the file if one of them cannot be read or compiled
 */
export function digestUserCode(path: string): string {
  const absolute = resolve(path);
  const known = digests.get(absolute);
  if (known !== undefined) return known;
  requireReadable(path);
  // Only runs with a user's file load esbuild: it would slow down the start of every command.
  const { buildSync }: typeof import("esbuild") = createRequire(import.meta.url)("esbuild");
  try {
    const { outputFiles } = buildSync({
      entryPoints: [absolute],
      bundle: true,
      // Without the paths that a bundle has in its comments, it is the same in every folder.
      minifyWhitespace: true,
      packages: "external",
      platform: "node",
      format: "esm",
      target: "node20",
      write: false,
      logLevel: "silent",
    });
    const digest = createHash("sha256").update(outputFiles[0]!.contents).digest("hex");
    digests.set(absolute, digest);
    return digest;
  } catch (error) {
    throw new UserError(`${path}: ${firstCause(error)}`, { cause: error });
  }
}

function requireReadable(path: string): void {
  try {
    readFileSync(path);
  } catch (error) {
    throw fileError("read", path, error);
  }
}
