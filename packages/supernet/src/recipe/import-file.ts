import { accessSync, constants } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { fileError, UserError } from "@supernet/base";

/** What files of code end in. */
export const CODE = /\.m?[tj]s$/;

/**
 * The default export of a user's TypeScript or JavaScript file.
 * @param wanted what the file should say, for the message where it has no default export
 * @throws UserError naming the file
 */
export async function importDefault(path: string, wanted: string): Promise<unknown> {
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    throw fileError("read", path, error);
  }
  try {
    const url = pathToFileURL(resolve(path)).href;
    // tsx costs a tenth of a second to load: only TypeScript pays it.
    const module = /\.m?ts$/.test(path)
      ? await (await import("tsx/esm/api")).tsImport(url, import.meta.url)
      : await import(url);
    // Outside of a package of ES modules, tsx gives the module's exports as its default.
    const exported = module.default?.__esModule === true ? module.default.default : module.default;
    if (exported === undefined) throw new Error(`no default export: write ${wanted}`);
    return exported;
  } catch (error) {
    throw new UserError(`${path}: ${whyNotImported(error)}`, { cause: error });
  }
}

function whyNotImported(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/Cannot find (?:module|package) 'supernet'/.test(message)) {
    return "it imports supernet, which is not installed where it lies: move it into supernet's own folder";
  }
  return message.split(/\s*Require stack:|\n/)[0]!;
}
