import { networksOf } from "./run-context.js";
import type { RunContext, TaskNetwork } from "./task.js";

/** A step that saves weights, and the network that they belong to. */
export interface WeightsStep {
  readonly step: string;
  readonly network: TaskNetwork;
}

/**
 * Returns the steps of a run that save the found subnet as a network that can be exported, the last step first. Networks
 * of a step are in the task's order.
 */
export const exportedSteps = (run: RunContext): WeightsStep[] => {
  const steps = stepsWith(
    run,
    ({ onnx, weights }, step) => onnx !== undefined && includes(weights?.subnetSteps, step),
  );
  const names = [...new Set(steps.map(({ step }) => step))].reverse();
  return names.flatMap((name) => steps.filter(({ step }) => step === name));
};

/** Returns the steps of a run that save a supernet, whose subnets can be extracted. */
export const supernetSteps = (run: RunContext): WeightsStep[] =>
  stepsWith(run, ({ weights }, step) => includes(weights?.supernetSteps, step));

const includes = (steps: readonly string[] = [], step: string): boolean => steps.includes(step);

const stepsWith = (
  run: RunContext,
  matches: (network: TaskNetwork, step: string) => boolean,
): WeightsStep[] =>
  run.task.steps(run.recipe).flatMap(({ name: step }) =>
    networksOf(run)
      .filter((network) => matches(network, step))
      .map((network) => ({ step, network })),
  );
