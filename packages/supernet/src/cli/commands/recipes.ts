import { recipeToYaml } from "../../recipe/common.js";
import { recipes } from "../../recipes/index.js";
import { openRun } from "../../recipes/load.js";
import { type Command, usageError } from "../arguments.js";
import { recipeArgument, setOption } from "../options.js";
import { print } from "../output.js";

const options = { set: setOption } as const;

export const listRecipes: Command<typeof options> = {
  name: "recipes",
  summary: "List the built-in recipes, or print one",
  description: "Prints a recipe as YAML with all its values, those that are defaults included.",
  options,
  positionals: [{ ...recipeArgument, optional: true }],
  examples: ["supernet recipes", "supernet recipes detnas-quickstart"],
  async run({ set }, [name]) {
    if (name !== undefined) return print(recipeToYaml((await openRun(name, set)).recipe).trimEnd());
    if (set !== undefined) throw usageError("--set needs a recipe: supernet recipes RECIPE --set KEY=VALUE");
    for (const { name, description } of Object.values(recipes)) print(`${name}\n  ${description}`);
  },
};
