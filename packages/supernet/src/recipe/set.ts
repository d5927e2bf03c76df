import { UserError } from "@supernet/base";
import { parse } from "yaml";
import { type Recipe, taskName } from "./common.js";
import { isTag, withKey } from "./merge.js";
import { joinProblems } from "./problems.js";

interface Setting {
  /** The argument of `--set`. */
  readonly text: string;
  readonly path: readonly string[];
  readonly value: unknown;
}

/**
 * Replaces values of a recipe, such as `--set steps.pretrain.epochs=0.2`. The recipe is checked after all changes, so
 * values that depend on each other can change together. As in a file that extends a recipe, another `kind`, `mode`,
 * `name` or `file` of an object removes its other keys, except those that a setting sets too.
 * @param texts `key=value` each: a dotted path (list items by number), and a YAML scalar or flow value
 * @param check returns a value as a recipe, or its problems
 * @throws UserError for a setting without `=`, an unknown key, a wrong value, another task, or a setting that a later
 *   one overrides
 */
export function applySettings<R extends Recipe>(
  recipe: R,
  texts: readonly string[],
  check: (value: unknown) => { readonly recipe: Recipe } | { readonly problems: readonly string[] },
): R {
  const settings = texts.map(parseSetting);
  refuseOverridden(settings);
  refuseOtherTask(recipe, settings);
  const checkWith = (some: readonly Setting[]) =>
    check(
      some.reduce<unknown>(
        (value, setting, i) => replaced(value, setting.path, { setting, earlier: some.slice(0, i), at: [] }),
        recipe,
      ),
    );
  const checked = checkWith(settings);
  if ("recipe" in checked) return checked.recipe as R;
  const { problems } = checked;
  const hasProblem = (problem: string, some: readonly Setting[]) => {
    const result = checkWith(some);
    return "problems" in result && result.problems.includes(problem);
  };
  const causeOf = (problem: string): Setting =>
    firstNamed(problem, settings) ??
    settings.find(
      (setting) =>
        !hasProblem(
          problem,
          settings.filter((other) => other !== setting),
        ),
    ) ??
    settings.at(-1)!;
  throw new UserError(joinProblems(problems.map((problem) => `--set ${causeOf(problem).text}: ${problem}`)));
}

/** Returns the setting whose key a message names first, which is the path of the mistake. */
function firstNamed(problem: string, settings: readonly Setting[]): Setting | undefined {
  for (const word of problem.split(/[\s:?]+/)) {
    const named = settings.find(({ path }) => `${word}.`.startsWith(`${path.join(".")}.`));
    if (named !== undefined) return named;
  }
  return undefined;
}

function parseSetting(text: string): Setting {
  const at = text.indexOf("=");
  if (at < 1)
    throw new UserError(`--set ${text}: expected key=value, such as --set steps.pretrain.epochs=0.2`);
  try {
    return { text, path: text.slice(0, at).split("."), value: parseValue(text.slice(at + 1)) };
  } catch (error) {
    throw new UserError(`--set ${text}: ${(error as Error).message.split("\n")[0]}: quote the value`, {
      cause: error,
    });
  }
}

/**
 * Parses a YAML scalar or flow value. Text that YAML would cut off or take for a mapping, such as a path with " #" or
 * ": ", is taken as it is.
 */
function parseValue(text: string): unknown {
  const isPlain = !/^\s*[[{"'&*!|>]/.test(text);
  return isPlain && /\s#|:\s|:$/.test(text) ? text : parse(text);
}

function refuseOverridden(settings: readonly Setting[]): void {
  for (const [i, { text, path }] of settings.entries()) {
    const later = settings.slice(i + 1).find((other) => other.path.every((key, k) => key === path[k]));
    if (later) throw new UserError(`--set ${text} is overridden by --set ${later.text}: remove one of them`);
  }
}

/** Throws if a setting changes the task, because recipes of different tasks have different keys. */
function refuseOtherTask({ name, task }: Recipe, settings: readonly Setting[]): void {
  const other = settings.find(({ path, value }) => path[0] === "task" && value !== task);
  if (other)
    throw new UserError(
      `--set ${other.text}: ${name} is a recipe for ${taskName(task)}, which a setting cannot change: ` +
        "use a recipe for the other task",
    );
}

/** What `replaced` needs besides the value and the path. */
interface Replacement {
  readonly setting: Setting;
  /** Settings that are already applied. */
  readonly earlier: readonly Setting[];
  /** Path of the value in the recipe. */
  readonly at: readonly string[];
}

/** Returns a copy of `target` with the setting's value at `path`. Missing objects on the path are created. */
function replaced(target: unknown, path: readonly string[], replacement: Replacement): unknown {
  const { setting, earlier, at } = replacement;
  const [key, ...rest] = path;
  if (key === undefined) return setting.value;
  const inner = { ...replacement, at: [...at, key] };
  if (Array.isArray(target)) {
    const index = Number(key);
    if (!Number.isInteger(index) || index < 0 || index >= target.length) {
      throw new UserError(
        `--set ${setting.text}: expected an item from 0 to ${target.length - 1}, got ${key}`,
      );
    }
    return target.with(index, replaced(target[index], rest, inner));
  }
  const isEnd = rest.length === 0;
  if (target !== undefined && target !== null && typeof target !== "object" && !(isEnd && isTag(key))) {
    throw new UserError(
      `--set ${setting.text}: ${key} is inside ${JSON.stringify(target)}, which has no keys`,
    );
  }
  // The recipe itself has a name too, which is not the name of a kind.
  if (isEnd && at.length > 0) return withKey(target, key, setting.value, keysSetAt(at, earlier));
  const object = (target ?? {}) as Readonly<Record<string, unknown>>;
  return { ...object, [key]: replaced(object[key], rest, inner) };
}

/** Returns the keys of the object at a path that settings set one by one. */
const keysSetAt = (at: readonly string[], settings: readonly Setting[]): ReadonlySet<string> =>
  new Set(
    settings
      .filter(({ path }) => path.length > at.length && at.every((key, i) => key === path[i]))
      .map(({ path }) => path[at.length]!),
  );
