import { UserError } from "@supernet/base";
import { parse } from "yaml";
import { type Recipe, taskName } from "./common.js";
import { joinProblems } from "./problems.js";

interface Setting {
  /** As it was given. */
  readonly text: string;
  readonly path: readonly string[];
  readonly value: unknown;
}

/**
 * Replaces some values of a recipe, as `--set steps.pretrain.epochs=2` asks for. The recipe is checked once all are in
 * place, so that values that depend on each other may change together.
 * @param texts `key=value` each: a dotted path (list items by number), and a YAML scalar or flow value
 * @param check gives the recipe that a value is, or why it is none
 * @throws UserError for a setting without `=`, an unknown key, a value of the wrong type, another task, or a
 *   setting that a later one takes back
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
    check(some.reduce<unknown>((value, setting) => replaced(value, setting.path, setting), recipe));
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

/** The setting whose key a message names first: it begins with the path of the mistake. */
function firstNamed(problem: string, settings: readonly Setting[]): Setting | undefined {
  for (const word of problem.split(/[\s:?]+/)) {
    const named = settings.find(({ path }) => `${word}.`.startsWith(`${path.join(".")}.`));
    if (named !== undefined) return named;
  }
  return undefined;
}

function parseSetting(text: string): Setting {
  const at = text.indexOf("=");
  if (at < 1) throw new UserError(`--set ${text}: expected key=value, such as --set steps.pretrain.epochs=2`);
  try {
    return { text, path: text.slice(0, at).split("."), value: parse(text.slice(at + 1)) };
  } catch (error) {
    throw new UserError(`--set ${text}: ${(error as Error).message.split("\n")[0]}: quote the value`, {
      cause: error,
    });
  }
}

function refuseOverridden(settings: readonly Setting[]): void {
  for (const [i, { text, path }] of settings.entries()) {
    const later = settings.slice(i + 1).find((other) => other.path.every((key, k) => key === path[k]));
    if (later) throw new UserError(`--set ${text} is taken back by --set ${later.text}: give one of them`);
  }
}

/** Recipes of different tasks have little in common: there is nothing to lay over the other's settings. */
function refuseOtherTask({ name, task }: Recipe, settings: readonly Setting[]): void {
  const other = settings.find(({ path, value }) => path[0] === "task" && value !== task);
  if (other)
    throw new UserError(
      `--set ${other.text}: ${name} is a recipe for ${taskName(task)}, which a setting cannot change: ` +
        "name a recipe for the other task",
    );
}

/** A copy of `target` with the setting's value at `path`; objects that are missing on the way are made. */
function replaced(target: unknown, path: readonly string[], setting: Setting): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return setting.value;
  if (Array.isArray(target)) {
    const index = Number(key);
    if (!Number.isInteger(index) || index < 0 || index >= target.length) {
      throw new UserError(
        `--set ${setting.text}: expected an item from 0 to ${target.length - 1}, got ${key}`,
      );
    }
    return target.with(index, replaced(target[index], rest, setting));
  }
  if (target !== undefined && target !== null && typeof target !== "object") {
    throw new UserError(
      `--set ${setting.text}: ${key} lies inside ${JSON.stringify(target)}, which has no keys`,
    );
  }
  const object = (target ?? {}) as Readonly<Record<string, unknown>>;
  return { ...object, [key]: replaced(object[key], rest, setting) };
}
