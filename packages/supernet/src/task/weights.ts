import type { RunContext, TaskNetwork } from "./task.js";

/** A step that leaves weights, and the network that they are of. */
export interface WeightsStep {
  readonly step: string;
  readonly network: TaskNetwork;
}

/** The steps of a run that leave the found subnet in a network that can be exported, the last one first. */
export const exportedSteps = (run: RunContext): WeightsStep[] =>
  stepsWith(
    run,
    ({ onnx, weights }, step) => onnx !== undefined && includes(weights?.subnetSteps, step),
  ).reverse();

/** The steps of a run that leave a supernet, of which subnets can be cut out. */
export const supernetSteps = (run: RunContext): WeightsStep[] =>
  stepsWith(run, ({ weights }, step) => includes(weights?.supernetSteps, step));

const includes = (steps: readonly string[] = [], step: string): boolean => steps.includes(step);

const stepsWith = (
  { recipe, task }: RunContext,
  matches: (network: TaskNetwork, step: string) => boolean,
): WeightsStep[] =>
  task
    .steps(recipe)
    .flatMap(({ name: step }) =>
      task.networks.filter((network) => matches(network, step)).map((network) => ({ step, network })),
    );
