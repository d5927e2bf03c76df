import { recipePage } from "./recipe-page.js";

/** Returns the generated pages of the documentation by file name, in `docs/reference`. */
export const referencePages = (): Readonly<Record<string, string>> => ({ "recipe.md": recipePage() });
