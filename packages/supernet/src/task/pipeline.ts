import type { Step } from "../run/step.js";
import { startedSteps } from "./start.js";
import type { RunContext, StepKind, TaskStep } from "./task.js";

/** A step of a run, ready for the runner. */
export interface PipelineStep extends Step {
  readonly kind: StepKind;
  readonly metric?: string | undefined;
}

/** Ranks that run each kind of step. */
const RANKS: Readonly<Record<StepKind, Step["ranks"]>> = {
  latency: "first",
  training: "all",
  search: "any",
  calibration: "first",
  front: "first",
  test: "first",
  comparison: "first",
  given: "first",
};

/** Creates the steps of a run, in order. It does not load the engine: a step loads it when it runs. */
export function pipelineSteps(run: RunContext): PipelineStep[] {
  const checks = new Map<TaskStep["check"], Step["check"]>();
  const checkOnce = ({ check }: TaskStep): Step["check"] => {
    if (!checks.has(check)) checks.set(check, check && (async () => check(run)));
    return checks.get(check);
  };
  return startedSteps(run).map((step): PipelineStep => {
    const check = checkOnce(step);
    return {
      name: step.name,
      kind: step.kind,
      metric: step.metric,
      ranks: RANKS[step.kind],
      title: step.title,
      inputs: () => step.inputs,
      ...(check && { check }),
      async run(stepRun) {
        const { openContext } = await import("./step-context.js");
        await step.run(await openContext(run, stepRun));
      },
    };
  });
}
