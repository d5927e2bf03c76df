import { recipes } from "../../recipes/index.js";
import type { Command } from "../arguments.js";
import { print } from "../output.js";

export const listRecipes: Command<Record<never, never>> = {
  name: "recipes",
  summary: "Lists the recipes that come with supernet.",
  usage: "",
  options: {},
  positionals: 0,
  async run() {
    for (const { name, description } of Object.values(recipes)) print(`${name}\n  ${description}`);
  },
};
