import { join } from "node:path";
import { parseOptions, writeFileAtomic } from "@supernet/base";
import { readRunLatency } from "../latency/found.js";
import { clock } from "../run/progress.js";
import { firstUnfinished, stepSeconds } from "../run/step.js";
import { MODEL_FILE, type RunPaths } from "../run/work-dir.js";
import { pipelineSteps } from "../task/pipeline.js";
import { outcomeSchema, type RunContext } from "../task/task.js";
import { latencyText } from "./scale.js";

/** Result of a run, or of its finished steps. */
export interface RunResult {
  /** The result as plain JSON. */
  readonly json: object;
  /** The result as lines for the user; empty if the test is not finished. */
  readonly lines: readonly string[];
  /** Duration of all finished steps, as text. */
  readonly took: string;
}

/** Reads the result of a run. Writes its report if the test is finished. */
export async function finishRun(run: RunContext, workDir: RunPaths): Promise<RunResult> {
  const steps = pipelineSteps(run);
  const times = stepSeconds(steps, workDir);
  const seconds = times.reduce((sum, time) => sum + time.seconds, 0);
  const took = clock(seconds);
  const about = { recipe: run.recipe.name, workDir: workDir.path };
  // A test with other inputs is of another network, which these settings may not even describe.
  const tested = steps.slice(0, 1 + steps.findIndex(({ kind }) => kind === "test"));
  const outcome = firstUnfinished(tested, workDir) ? undefined : run.task.outcome(run, workDir);
  if (!outcome) return { json: { ...about, done: times.map(({ step }) => step), seconds }, lines: [], took };
  parseOptions(`task ${run.task.name}: outcome`, outcomeSchema, outcome);
  const report = join(workDir.path, "report.html");
  writeFileAtomic(report, await outcome.report());
  const lines = [
    ...outcome.lines(),
    ...readRunLatency(steps, workDir).map(latencyText),
    `Subnet    ${join(workDir.path, "subnet.yaml")}`,
    `Model     ${join(workDir.path, MODEL_FILE)}`,
    `Report    ${report}`,
  ];
  return { json: { ...about, ...outcome.results, seconds }, lines, took };
}
