// Module hooks, which Node.js runs in a separate thread (https://nodejs.org/api/module.html#customization-hooks).
import { readFile } from "node:fs/promises";
import type { LoadHook, ResolveHook } from "node:module";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";

const TYPESCRIPT = /\.m?ts$/;
const OURS = /^(?:supernet|@supernet\/[^/]+|zod)(?:\/|$)/;

/**
 * Resolves supernet's packages, and zod for their settings, to this copy: two copies do not recognize each other's
 * tensors, and the user's folder may not have them. A TypeScript file can be imported by the name of its output, or
 * without an extension.
 */
export const resolve: ResolveHook = async (specifier, context, next) => {
  const importer = context.parentURL;
  if (OURS.test(specifier)) {
    try {
      return await next(specifier, { ...context, parentURL: import.meta.url });
    } catch (error) {
      throw new Error(
        `module ${specifier} does not exist, imported from ${importer && fileURLToPath(importer)}`,
        {
          cause: error,
        },
      );
    }
  }
  try {
    return await next(specifier, context);
  } catch (error) {
    if (!specifier.startsWith(".") || !TYPESCRIPT.test(importer ?? "")) throw error;
    const source = /\.m?js$/.test(specifier) ? specifier.replace(/js$/, "ts") : `${specifier}.ts`;
    return next(source, context);
  }
};

/** Removes the types from TypeScript files. They are ES modules even if their folder's package.json differs. */
export const load: LoadHook = async (url, context, next) => {
  if (!url.startsWith("file:") || !TYPESCRIPT.test(url)) return next(url, context);
  const file = fileURLToPath(url);
  const options = {
    loader: "ts",
    format: "esm",
    target: "node20",
    sourcemap: "inline",
    sourcefile: file,
  } as const;
  const { code } = await transform(await readFile(file, "utf8"), options);
  return { format: "module", source: code, shortCircuit: true };
};
