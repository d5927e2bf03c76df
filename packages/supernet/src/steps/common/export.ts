import { exportWeights, writeModel } from "../../export/export.js";
import { exportedInput, exportedSteps, normalisation } from "../../export/steps.js";
import { type StepContext, weightsFile } from "./context.js";
import { modelFile } from "./model-file.js";
import { readSubnet } from "./subnet.js";

/** Writes the found subnet with the weights that the last training gave it into the work-dir, for other runtimes. */
export function exportFound(context: StepContext): void {
  const { recipe, space, root } = context;
  const [step, kind] = exportedSteps(recipe)[0]!;
  const model = exportWeights({
    kind,
    space,
    subnet: readSubnet(context),
    input: exportedInput(recipe, kind),
    file: weightsFile(context, step),
    metadata: normalisation(recipe, kind),
  });
  writeModel(modelFile(root), model);
}
