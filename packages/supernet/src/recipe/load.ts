import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { fileError, UserError, unknownName } from "@supernet/base";
import { parse } from "yaml";
import { recipes } from "../recipes/index.js";
import { parseRecipe } from "./define.js";
import { CODE, importDefault } from "./import-file.js";
import { merge } from "./merge.js";
import type { Recipe } from "./schema.js";

/**
 * A built-in recipe by its name, or a user's by its file: .ts, .js, .mjs (default export), .yaml, .yml, .json.
 * A YAML or JSON file may say `extends: NAME` and give only what differs from that built-in recipe.
 * @throws UserError for an unknown name, an unreadable file, or a mistake in it
 */
export async function loadRecipe(nameOrPath: string): Promise<Recipe> {
  const builtIn = builtInRecipe(nameOrPath);
  if (builtIn !== undefined) return builtIn;
  if (CODE.test(nameOrPath)) {
    const exported = await importDefault(nameOrPath, "export default defineRecipe({...})");
    if (typeof exported === "object" && exported !== null && "extends" in exported) {
      throw new UserError(
        `${nameOrPath}: extends is for YAML and JSON: spread the recipe instead, ` +
          "defineRecipe({ ...detnasQuickstart, ... })",
      );
    }
    return parseRecipe(exported, nameOrPath);
  }
  switch (extname(nameOrPath)) {
    case ".yaml":
    case ".yml":
    case ".json":
      return parseRecipe(extended(readPlain(nameOrPath), nameOrPath), nameOrPath);
    default:
      throw unknownRecipe(nameOrPath);
  }
}

const builtInRecipe = (name: string): Recipe | undefined =>
  Object.hasOwn(recipes, name) ? recipes[name] : undefined;

function unknownRecipe(name: string): UserError {
  return new UserError(
    `${unknownName("recipe", name, Object.keys(recipes))}, or a file that ends in .ts, .js, .mjs, .yaml or .json`,
  );
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw fileError("read recipe", path, error);
  }
}

function readPlain(path: string): unknown {
  const text = readText(path);
  try {
    return parse(text);
  } catch (error) {
    throw new UserError(`${path}: ${(error as Error).message.split("\n")[0]}`, { cause: error });
  }
}

function extended(value: unknown, path: string): unknown {
  if (typeof value !== "object" || value === null || !("extends" in value)) return value;
  const { extends: base, ...changes } = value;
  const recipe = typeof base === "string" ? builtInRecipe(base) : undefined;
  if (recipe === undefined) {
    throw new UserError(
      `${path}: extends: got ${JSON.stringify(base)}, expected one of ${Object.keys(recipes).join(", ")}`,
    );
  }
  return merge(recipe, changes);
}
