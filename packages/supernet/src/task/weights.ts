import { networksOf } from "./run-context.js";
import type { RunContext, TaskNetwork } from "./task.js";

/** A step that saves weights, and the network that they belong to. */
export interface WeightsStep {
  readonly step: string;
  readonly network: TaskNetwork;
}

/**
 * Returns the steps of a run that save the found subnet as a network with a capability, the last step first. Networks of
 * a step are in the task's order.
 */
export function subnetSteps(
  run: RunContext,
  isCapable: (network: TaskNetwork) => boolean,
): readonly WeightsStep[] {
  const steps = stepsWith(
    run,
    (network, step) => isCapable(network) && includes(network.weights?.subnetSteps, step),
  );
  const names = [...new Set(steps.map(({ step }) => step))].reverse();
  return names.flatMap((name) => steps.filter(({ step }) => step === name));
}

/** Returns the steps of a run that save the found subnet as a network that can be exported. See {@link subnetSteps}. */
export const exportedSteps = (run: RunContext): readonly WeightsStep[] =>
  subnetSteps(run, ({ onnx }) => onnx !== undefined);

/** Returns the steps of a run that save a supernet, whose subnets can be extracted. */
export const supernetSteps = (run: RunContext): WeightsStep[] =>
  stepsWith(run, ({ weights }, step) => includes(weights?.supernetSteps, step));

/** Returns the steps of a run that save a subnet or a supernet, with their networks, the last step first. */
export const savedSteps = (run: RunContext): readonly WeightsStep[] => [
  ...subnetSteps(run, () => true),
  ...supernetSteps(run).toReversed(),
];

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
