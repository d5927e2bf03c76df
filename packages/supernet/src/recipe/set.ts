import { UserError } from "@supernet/torch/errors";
import { parse } from "yaml";
import { parseRecipe } from "./define.js";
import type { Recipe } from "./schema.js";

/**
 * A recipe with some values replaced, as `--set steps.pretrain.epochs=2` asks for.
 * @param settings `key=value` each: a dotted path (list items by number), and a YAML scalar or flow value
 * @throws UserError for a setting without `=`, an unknown key, or a value of the wrong type
 */
export function withSettings(recipe: Recipe, settings: readonly string[]): Recipe {
  return settings.reduce((current, setting) => {
    const [key, value] = parseSetting(setting);
    const edited: unknown = replaced(current, key.split("."), value, setting);
    return parseRecipe(edited, `--set ${setting}`);
  }, recipe);
}

function parseSetting(setting: string): [string, unknown] {
  const at = setting.indexOf("=");
  if (at < 1)
    throw new UserError(`--set ${setting}: expected key=value, such as --set steps.pretrain.epochs=2`);
  const text = setting.slice(at + 1);
  try {
    return [setting.slice(0, at), parse(text)];
  } catch (error) {
    throw new UserError(`--set ${setting}: ${(error as Error).message.split("\n")[0]}: quote the value`, {
      cause: error,
    });
  }
}

/** A copy of `target` with the value at `path` replaced; objects that are missing on the way are made. */
function replaced(target: unknown, path: readonly string[], value: unknown, setting: string): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(target)) {
    const index = Number(key);
    if (!Number.isInteger(index) || index < 0 || index >= target.length) {
      throw new UserError(`--set ${setting}: expected an item from 0 to ${target.length - 1}, got ${key}`);
    }
    return target.with(index, replaced(target[index], rest, value, setting));
  }
  if (target !== undefined && target !== null && typeof target !== "object") {
    throw new UserError(`--set ${setting}: ${key} lies inside ${JSON.stringify(target)}, which has no keys`);
  }
  const object = (target ?? {}) as Readonly<Record<string, unknown>>;
  return { ...object, [key]: replaced(object[key], rest, value, setting) };
}
