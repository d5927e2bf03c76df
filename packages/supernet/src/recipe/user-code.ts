import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire, register } from "node:module";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { fileError, UserError } from "@supernet/base";
import type { BuildFailure } from "esbuild";

/** Endings of files that hold code. */
export const CODE = /\.m?[tj]s$/;

let registered = false;

/** Path of the file that is being imported, if any. */
export let importing: string | undefined;

/**
 * Imports a user's TypeScript or JavaScript file. What it imports from supernet is this very copy, wherever the file
 * is.
 * @throws UserError that names the file, and the place in it, if it cannot be read or fails while it is imported
 */
export async function importUserCode(path: string): Promise<Readonly<Record<string, unknown>>> {
  if (!CODE.test(path)) throw new UserError(`${path}: expected a file that ends in .ts, .mts, .js or .mjs`);
  requireReadable(path);
  if (!registered) {
    register("./user-code-hooks.js", import.meta.url);
    process.setSourceMapsEnabled(true);
  }
  registered = true;
  importing = path;
  try {
    return await import(pathToFileURL(resolve(path)).href);
  } catch (error) {
    // Node.js does not say where in a file a syntax error is; esbuild does.
    if (error instanceof SyntaxError) digestUserCode(path);
    throw mistakeIn(path, error);
  } finally {
    importing = undefined;
  }
}

/** Makes an error of a user's file one line that says where in the file it is, as far as that is known. */
function mistakeIn(path: string, error: unknown): UserError {
  const [failure] = (error as Partial<BuildFailure> | null)?.errors ?? [];
  if (failure?.location) {
    const { file, line, column } = failure.location;
    return new UserError(`${resolve(file)}:${line}:${column + 1}: ${failure.text}`, { cause: error });
  }
  const message = error instanceof Error ? error.message.split("Require stack:")[0] : String(error);
  return new UserError(`${placeInUserCode(error) ?? path}: ${message}`, { cause: error });
}

/** Folder of supernet's packages. */
const PACKAGES = fileURLToPath(new URL("../../../", import.meta.url));

/** A place in a stack, in a frame or before the message of a syntax error. */
const STACK_PLACE = /^(?: {4}at (?:async )?(?:.* \()?)?(?:file:\/\/)?(\/.+?:\d+(?::\d+)?)\)?$/gm;

/** Returns the innermost place in a user's file that an error comes from, as path:line:column, if there is one. */
export function placeInUserCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return [...(error.stack ?? "").matchAll(STACK_PLACE)]
    .map(([, place]) => place!)
    .find((place) => !place.startsWith(PACKAGES) && !place.includes("/node_modules/"));
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
    throw mistakeIn(path, error);
  }
}

function requireReadable(path: string): void {
  try {
    readFileSync(path);
  } catch (error) {
    throw fileError("read", path, error);
  }
}
