import { runPaths } from "../run/work-dir.js";
import { readSubnet } from "../search/found-subnet.js";
import { weightsFile } from "../task/step-context.js";
import type { StepContext } from "../task/task.js";
import { exportedSteps } from "../task/weights.js";
import { exportTaskNetwork, writeModel } from "./export.js";

/** Writes the found subnet with the weights that the last training gave it into the work-dir, for other runtimes. */
export async function exportFound(context: StepContext): Promise<void> {
  const { run, root } = context;
  const [exported] = exportedSteps(run);
  if (!exported) return;
  const { step, network } = exported;
  const file = { path: weightsFile(context, step), subnet: readSubnet(context) };
  writeModel(runPaths(root).model, await exportTaskNetwork(run, network, file));
}
