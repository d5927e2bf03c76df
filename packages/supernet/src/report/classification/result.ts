import { print } from "../../cli/output.js";
import type { ClassificationRecipe } from "../../recipe/schema.js";
import type { WorkDir } from "../../run/work-dir.js";
import { readResults } from "../../steps/classification/results.js";
import type { Outcome } from "../result.js";
import { accuracyRows } from "./rows.js";

/** Undefined where the test is not done. */
export function classificationOutcome(recipe: ClassificationRecipe, workDir: WorkDir): Outcome | undefined {
  const results = readResults(workDir.stepFolder("test"));
  if (!results) return undefined;
  return {
    results,
    async report() {
      const { collectClassification } = await import("./collect.js");
      const { renderClassification } = await import("./render.js");
      return renderClassification(await collectClassification(recipe, workDir));
    },
    show() {
      const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
      print(`${results.images} test images, accuracy:`);
      for (const { label, top1, top5 } of accuracyRows(results, recipe.steps.retrain?.start)) {
        const five = top5 === undefined ? "" : `   top-5 ${percent(top5)}`;
        print(`  ${label.padEnd(48)} top-1 ${percent(top1)}${five}`);
      }
    },
  };
}
