import { COCO_METRICS } from "@supernet/vision/coco-metrics";
import { comparisonLines } from "../../../compare/lines.js";
import { readComparison } from "../../../compare/results.js";
import { resourceText } from "../../../report/scale.js";
import type { RunPaths } from "../../../run/work-dir.js";
import type { Outcome } from "../../../task/task.js";
import { frontLines, memberWeights, readFrontResults, testedDetector } from "../front/members.js";
import { type OnSupernet, readResults, type TestResults } from "../results.js";
import type { DetectionRun } from "../settings.js";

/** Reads the results of the test; returns undefined if it has not finished. */
export function detectionOutcome(run: DetectionRun, workDir: RunPaths): Outcome | undefined {
  const results = readResults(workDir.stepFolder("test"));
  if (!results) return undefined;
  const { steps } = run.recipe;
  const comparison = steps.compare && readComparison(workDir.stepFolder("compare"));
  const front = steps.front && readFrontResults(workDir.stepFolder("front"));
  return {
    results: { ...results, ...(front && { front }), ...(comparison && { comparison }) },
    async report() {
      const { collectDetection } = await import("./collect.js");
      const { renderDetection } = await import("./render.js");
      return renderDetection(await collectDetection(run, workDir));
    },
    lines: () => [
      ...(front ? [`Detectors ${memberWeights(steps)}, box AP:`, ...frontLines(front)] : []),
      ...testLines(results, testedDetector(run)),
      ...(comparison ? comparisonLines(comparison, "AP") : []),
    ],
  };
}

/** @param tested the tested subnet and its weights, for the user */
function testLines({ limited, metrics, onSupernet }: TestResults, tested: string): string[] {
  const measured = Object.entries(limited).map(([name, value]) => `${name} ${resourceText(name, value)}`);
  return [
    ...(measured.length > 0 ? [`Limited resources: ${measured.join("  ")}`] : []),
    `Test images, ${tested}:`,
    `  ${COCO_METRICS.map((name) => `${name} ${points(metrics[name])}`).join("  ")}`,
    ...(onSupernet === null || onSupernet.random.length === 0 ? [] : randomLines(onSupernet)),
  ];
}

const randomLines = ({ found, random, randomMean }: OnSupernet): string[] => [
  "Test images, supernet's weights, box AP:",
  `  found subnet                        ${points(found)}`,
  `  mean of ${String(random.length).padStart(2)} random subnets           ${points(randomMean)}`,
  `  difference to the mean              ${(100 * (found - randomMean)).toFixed(1)}`,
];

const points = (value: number): string => (value < 0 ? "-" : (100 * value).toFixed(1));
