import { comparisonLines } from "../../../compare/lines.js";
import { readComparison } from "../../../compare/results.js";
import type { RunPaths } from "../../../run/work-dir.js";
import type { Outcome } from "../../../task/task.js";
import { accuracyRows, readResults, testedNames } from "../results.js";
import type { ClassificationRun } from "../settings.js";

/** Reads the result of the test; returns undefined if it has not finished. */
export function classificationOutcome(run: ClassificationRun, workDir: RunPaths): Outcome | undefined {
  const results = readResults(workDir.stepFolder("test"));
  if (!results) return undefined;
  const { compare } = run.recipe.steps;
  const comparison = compare === null ? undefined : readComparison(workDir.stepFolder("compare"));
  return {
    results: { ...results, ...(comparison && { comparison }) },
    async report() {
      const { collectClassification } = await import("./collect.js");
      const { renderClassification } = await import("./render.js");
      return renderClassification(await collectClassification(run, workDir));
    },
    lines() {
      const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
      const rows = accuracyRows(results, testedNames(run)).map(({ label, top1, top5 }) => {
        const five = top5 === undefined ? "" : `   top-5 ${percent(top5)}`;
        return `  ${label.padEnd(48)} top-1 ${percent(top1)}${five}`;
      });
      return [
        `${results.images} test images, accuracy:`,
        ...rows,
        ...(comparison ? comparisonLines(comparison, "accuracy") : []),
      ];
    },
  };
}
