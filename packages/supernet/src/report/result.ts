import { join } from "node:path";
import { writeFileAtomic } from "@supernet/base";
import { print, printJson, say } from "../cli/output.js";
import { readFoundLatency } from "../latency/found.js";
import type { Recipe } from "../recipe/schema.js";
import { clock } from "../run/progress.js";
import { stepSeconds } from "../run/step.js";
import type { WorkDir } from "../run/work-dir.js";
import { modelFile } from "../steps/common/model-file.js";
import { pipelineOf } from "../steps/pipeline.js";
import { classificationOutcome } from "./classification/result.js";
import { detectionOutcome } from "./detection/result.js";
import { latencyText } from "./scale.js";

/** What the test of a run came to. */
export interface Outcome {
  /** As plain JSON. */
  readonly results: object;
  /** The report as HTML. */
  report(): Promise<string>;
  /** Prints it for a person. */
  show(): void;
}

/** Undefined where the test is not done. */
export function outcomeOf(recipe: Recipe, workDir: WorkDir): Outcome | undefined {
  switch (recipe.task) {
    case "detection":
      return detectionOutcome(recipe, workDir);
    case "classification":
      return classificationOutcome(recipe, workDir);
  }
}

/** Shows what a run came to, as far as it went, and writes its report once the test is done. */
export async function showResult(
  recipe: Recipe,
  workDir: WorkDir,
  { json }: { json: boolean },
): Promise<void> {
  const times = stepSeconds(pipelineOf(recipe).steps, workDir);
  const seconds = times.reduce((sum, time) => sum + time.seconds, 0);
  const run = { recipe: recipe.name, workDir: workDir.path };
  const outcome = outcomeOf(recipe, workDir);
  if (!outcome) {
    if (json) printJson({ ...run, done: times.map(({ step }) => step), seconds });
    return;
  }
  writeFileAtomic(join(workDir.path, "report.html"), await outcome.report());
  if (json) {
    printJson({ ...run, ...outcome.results, seconds });
    return;
  }
  print("");
  outcome.show();
  for (const latency of readFoundLatency(workDir.stepFolder("test"))) print(latencyText(latency));
  print(`Subnet    ${join(workDir.path, "subnet.yaml")}`);
  print(`Model     ${modelFile(workDir.path)}`);
  print(`Report    ${join(workDir.path, "report.html")}`);
  say(`took ${clock(seconds)} in all`);
}
