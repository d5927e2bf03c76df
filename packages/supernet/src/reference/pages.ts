import { cliPage } from "./cli-page.js";
import { recipePage } from "./recipe-page.js";

/**
 * Returns the generated pages of the documentation by file name, in `docs/reference`.
 * @throws Error if a recipe key or an option has no description
 */
export const referencePages = (): Readonly<Record<string, string>> => ({
  "recipe.md": recipePage(),
  "cli.md": cliPage(),
});
