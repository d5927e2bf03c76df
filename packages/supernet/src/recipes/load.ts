import { dirname, extname } from "node:path";
import { readBytes, UserError, unknownName } from "@supernet/base";
import { parse } from "yaml";
import type { Recipe } from "../recipe/common.js";
import { withAbsoluteFiles } from "../recipe/files.js";
import { merge } from "../recipe/merge.js";
import { resourceShape } from "../recipe/search.js";
import { loadStrategy } from "../recipe/strategy.js";
import { CODE, importDefault } from "../recipe/user-code.js";
import { createRunContext } from "../task/run-context.js";
import type { RunContext, Task } from "../task/task.js";
import { builtInTask, parseRecipe, withSettings } from "./define.js";
import { recipes } from "./index.js";
import { checkUserTask, openTask } from "./open-task.js";

/**
 * Loads a built-in recipe, or a file: .ts, .js or .mjs with a default export, .yaml, .yml or .json. A YAML or JSON file
 * with `extends: NAME` contains only the differences from that built-in recipe. Paths in a recipe are relative to its
 * file, and paths in settings to the current folder. They become absolute.
 * @param settings `key=value` each, which replace values of the recipe
 * @returns the context of a run of the recipe
 * @throws UserError if the name is unknown, the file cannot be read, or it has a mistake
 */
export async function openRun(nameOrPath: string, settings: readonly string[] = []): Promise<RunContext> {
  const value = builtInRecipe(nameOrPath) ?? (await readRecipe(nameOrPath));
  const task = await openTask(value);
  const recipe = withAbsoluteFiles(
    withSettings(parseRecipe(value, nameOrPath, task), settings, task),
    process.cwd(),
  );
  const run = createRun(recipe, task);
  checkUserTask(run.task, recipe);
  await loadStrategy(recipe.steps.search.strategy, measuredResources(run.task));
  return run;
}

/**
 * Creates the context of a run.
 * @param task task of the recipe. Default: the built-in one that the recipe names.
 */
export function createRun<R extends Recipe>(recipe: R, task = builtInTask(recipe.task)): RunContext<R> {
  if (task === undefined) throw new RangeError("createRun: the recipe's task is in a file: pass the task");
  const scoringThread = new URL("./scoring-thread.js", import.meta.url);
  const candidateProcess = new URL("./candidate-process.js", import.meta.url);
  return createRunContext<R>({
    recipe,
    task: task as Task<never> as Task<R>,
    scoringThread,
    candidateProcess,
  });
}

/** Returns the names of the resources that a task's search measures, such as `backbone.flops`. */
const measuredResources = ({ networks }: Task): string[] =>
  networks.flatMap(({ search }) => {
    const prefix = search?.prefix ?? null;
    if (prefix === null) return [];
    return Object.keys(resourceShape).map((name) => (prefix === "" ? name : `${prefix}.${name}`));
  });

/** Loads a recipe: see `openRun`. */
export const loadRecipe = async (nameOrPath: string): Promise<Recipe> => (await openRun(nameOrPath)).recipe;

async function readRecipe(path: string): Promise<unknown> {
  if (CODE.test(path)) {
    const exported = await importDefault(path, "export default defineRecipe({...})");
    if (typeof exported === "object" && exported !== null && "extends" in exported) {
      throw new UserError(
        `${path}: extends is only for YAML and JSON: spread the recipe instead, ` +
          "defineRecipe({ ...detnasQuickstart, ... })",
      );
    }
    return withAbsoluteFiles(exported, dirname(path));
  }
  if ([".yaml", ".yml", ".json"].includes(extname(path)))
    return withBase(withAbsoluteFiles(readPlain(path), dirname(path)), path);
  throw new UserError(
    `${unknownName("recipe", path, Object.keys(recipes))}, or a file that ends in .ts, .js, .mjs, .yaml or .json`,
    { exitCode: 2 },
  );
}

const builtInRecipe = (name: string): Recipe | undefined =>
  Object.hasOwn(recipes, name) ? recipes[name] : undefined;

const readRecipeText = (path: string): string => readBytes(path, "read recipe").toString("utf8");

function readPlain(path: string): unknown {
  const text = readRecipeText(path);
  try {
    return parse(text);
  } catch (error) {
    throw new UserError(`${path}: ${(error as Error).message.split("\n")[0]}`, { cause: error });
  }
}

/** Merges a recipe that extends a built-in one into that one. */
function withBase(value: unknown, path: string): unknown {
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
