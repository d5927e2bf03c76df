import type { Recipe } from "../recipe/schema.js";
import type { WorkDir } from "../run/work-dir.js";
export async function showResult(
  recipe: Recipe,
  workDir: WorkDir,
  { json }: { json: boolean },
): Promise<void> {
  console.log(recipe.name, workDir.path, json);
}
