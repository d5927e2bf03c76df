import { COCO_METRICS } from "@supernet/vision/coco-metrics";
import { print } from "../../cli/output.js";
import type { DetectionRecipe } from "../../recipe/schema.js";
import type { WorkDir } from "../../run/work-dir.js";
import { type Comparison, comparisonRows, readComparison } from "../../steps/detection/compare/comparison.js";
import { readResults } from "../../steps/detection/results.js";
import type { Outcome } from "../result.js";
import { resourceText } from "../scale.js";

/** Undefined where the test is not done. */
export function detectionOutcome(recipe: DetectionRecipe, workDir: WorkDir): Outcome | undefined {
  const results = readResults(workDir.stepFolder("test"));
  if (!results) return undefined;
  const comparison = recipe.steps.compare && readComparison(workDir.stepFolder("compare"));
  return {
    results: { ...results, ...(comparison && { comparison }) },
    async report() {
      const { collectDetection } = await import("./collect.js");
      const { renderDetection } = await import("./render.js");
      return renderDetection(await collectDetection(recipe, workDir));
    },
    show() {
      const { found, random, randomMean } = results.onSupernet;
      const limited = Object.entries(results.limited).map(
        ([name, value]) => `${name} ${resourceText(name, value)}`,
      );
      if (limited.length > 0) print(`Found subnet, of what is limited: ${limited.join("  ")}`);
      print("Test images, found subnet with its own weights:");
      print(`  ${COCO_METRICS.map((name) => `${name} ${points(results.metrics[name])}`).join("  ")}`);
      if (random.length > 0) {
        print("Test images, supernet's weights, box AP:");
        print(`  found subnet                        ${points(found)}`);
        print(
          `  mean of ${String(random.length).padStart(2)} random subnets           ${points(randomMean)}`,
        );
        print(`  found above the mean by             ${(100 * (found - randomMean)).toFixed(1)}`);
      }
      if (comparison) showComparison(comparison);
    },
  };
}

const points = (value: number): string => (value < 0 ? "-" : (100 * value).toFixed(1));

function showComparison(comparison: Comparison): void {
  print("Test images, each network trained alone, box AP:");
  for (const { label, ownAP } of comparisonRows(comparison)) print(`  ${label.padEnd(34)}  ${points(ownAP)}`);
  const tau = comparison.kendallTau;
  if (tau !== null) print(`  Kendall's tau, search score and this ${tau.toFixed(2)}`);
}
