import { recipes } from "../../recipes/index.js";
import type { Command } from "../arguments.js";
import { print } from "../output.js";

export const listRecipes: Command<Record<never, never>> = {
  name: "recipes",
  summary: "List the built-in recipes",
  options: {},
  positionals: [],
  examples: ["supernet recipes"],
  async run() {
    for (const { name, description } of Object.values(recipes)) print(`${name}\n  ${description}`);
  },
};
