import { join } from "node:path";
import { writeFileAtomic } from "@supernet/torch/files";
import { COCO_METRICS } from "@supernet/vision/coco-metrics";
import { print, printJson, say } from "../cli/output.js";
import type { Recipe } from "../recipe/schema.js";
import { stepSeconds } from "../run/pipeline.js";
import { clock } from "../run/progress.js";
import type { WorkDir } from "../run/work-dir.js";
import { type Comparison, comparisonRows, readComparison } from "../steps/compare/comparison.js";
import { detnasSteps } from "../steps/plan.js";
import { readResults } from "../steps/results.js";
import { renderReport } from "./render.js";
import { resourceText } from "./scale.js";

/** Shows what a run came to, as far as it went. */
export async function showResult(
  recipe: Recipe,
  workDir: WorkDir,
  { json }: { json: boolean },
): Promise<void> {
  const times = stepSeconds(detnasSteps(recipe), workDir);
  const seconds = times.reduce((sum, time) => sum + time.seconds, 0);
  const results = readResults(workDir.stepFolder("test"));
  if (!results) {
    if (json)
      printJson({ recipe: recipe.name, workDir: workDir.path, done: times.map(({ step }) => step), seconds });
    return;
  }
  const comparison = recipe.steps.compare && readComparison(workDir.stepFolder("compare"));
  const { collectReport } = await import("./collect.js");
  writeFileAtomic(join(workDir.path, "report.html"), renderReport(await collectReport(recipe, workDir)));
  if (json) {
    printJson({
      recipe: recipe.name,
      workDir: workDir.path,
      ...results,
      ...(comparison && { comparison }),
      seconds,
    });
    return;
  }
  const { found, random, randomMean } = results.onSupernet;
  const limited = Object.entries(results.limited).map(
    ([name, value]) => `${name} ${resourceText(name, value)}`,
  );
  print("");
  if (limited.length > 0) print(`Found subnet, of what is limited: ${limited.join("  ")}`);
  print("Test images, found subnet with its own weights:");
  print(`  ${COCO_METRICS.map((name) => `${name} ${points(results.metrics[name])}`).join("  ")}`);
  if (random.length > 0) {
    print("Test images, supernet's weights, box AP:");
    print(`  found subnet                        ${points(found)}`);
    print(`  mean of ${String(random.length).padStart(2)} random subnets           ${points(randomMean)}`);
    print(`  found above the mean by             ${(100 * (found - randomMean)).toFixed(1)}`);
  }
  if (comparison) printComparison(comparison);
  print(`Subnet    ${join(workDir.path, "subnet.yaml")}`);
  print(`Report    ${join(workDir.path, "report.html")}`);
  say(`took ${clock(seconds)} in all`);
}

const points = (value: number): string => (value < 0 ? "-" : (100 * value).toFixed(1));

function printComparison(comparison: Comparison): void {
  print("Test images, each network trained alone, box AP:");
  for (const { label, ownAP } of comparisonRows(comparison)) print(`  ${label.padEnd(34)}  ${points(ownAP)}`);
  const tau = comparison.kendallTau;
  if (tau !== null) print(`  Kendall's tau, search score and this ${tau.toFixed(2)}`);
}
