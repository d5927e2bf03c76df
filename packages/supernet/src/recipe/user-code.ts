import { createHash } from "node:crypto";
import { closeSync } from "node:fs";
import { createRequire, register } from "node:module";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { openForReading, UserError } from "@supernet/base";
import type { BuildFailure } from "esbuild";

/** Extensions of files with code. */
export const CODE = /\.m?[tj]s$/;

let registered = false;

/** Path of the file that is being imported; undefined if none is. */
export let importing: string | undefined;

/**
 * Imports a user's TypeScript or JavaScript file. In any folder, it imports supernet's packages from this copy.
 * @throws UserError with the location of the mistake if the file cannot be read or imported
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
    // Node.js does not report the location of a syntax error; esbuild does.
    if (error instanceof SyntaxError) digestUserCode(path);
    throw mistakeIn(path, error);
  } finally {
    importing = undefined;
  }
}

/** Converts an error of a user's file to one line with its location, if that is known. */
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

/** A location in a stack: in a frame, or before the message of a syntax error. */
const STACK_PLACE = /^(?: {4}at (?:async )?(?:.* \()?)?(?:file:\/\/)?(\/.+?:\d+(?::\d+)?)\)?$/gm;

/** Returns the innermost location of an error in a user's file as path:line:column, if there is one. */
export function placeInUserCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return [...(error.stack ?? "").matchAll(STACK_PLACE)]
    .map(([, place]) => place!)
    .find((place) => !place.startsWith(PACKAGES) && !place.includes("/node_modules/"));
}

/**
 * Imports the default export of a user's file.
 * @param wanted code that the file should contain, for the message if it has no default export
 * @throws UserError with the file if it cannot be imported or has no default export
 */
export async function importDefault(path: string, wanted: string): Promise<unknown> {
  const exported = (await importUserCode(path)).default;
  if (exported === undefined) throw new UserError(`${path}: no default export: write ${wanted}`);
  return exported;
}

/** Digests of users' files, by absolute path. */
const digests = new Map<string, string>();

/**
 * Returns a digest of a user's file and of the user's other files that it imports, without packages.
 * @throws UserError with the file if one of them cannot be read or compiled
 */
export function digestUserCode(path: string): string {
  const absolute = resolve(path);
  const known = digests.get(absolute);
  if (known !== undefined) return known;
  requireReadable(path);
  // esbuild is loaded here because it would slow down the start of every command.
  const { buildSync }: typeof import("esbuild") = createRequire(import.meta.url)("esbuild");
  try {
    const { outputFiles } = buildSync({
      entryPoints: [absolute],
      bundle: true,
      // Removes the comments, which contain paths: the digest must not depend on the folder.
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

const requireReadable = (path: string): void => closeSync(openForReading(path));
