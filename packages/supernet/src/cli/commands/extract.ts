import { readSubnetFile } from "../../network/subnet-file.js";
import { taskName } from "../../recipe/common.js";
import { foundSubnetPath, openRunIn, resultPath } from "../../recipes/run-folder.js";
import { searchedSpace } from "../../task/run-context.js";
import { supernetSteps } from "../../task/weights.js";
import { type Command, usageError } from "../arguments.js";
import { checkWeightsFile, runFolderOption, saveWeightsFile } from "../options.js";
import { formatCount, print } from "../output.js";

const options = {
  "work-dir": runFolderOption,
  step: {
    type: "string",
    argument: "NAME",
    description:
      "Step with the supernet: train of a classifier; pretrain (classifier) or finetune (detector) in detection",
    required: true,
    values: ["train", "pretrain", "finetune"],
  },
  out: {
    type: "string",
    argument: "FILE",
    description: "File to write: .safetensors or .pth",
    required: true,
    values: "files",
  },
  subnet: {
    type: "string",
    argument: "FILE",
    description: "Subnet to extract",
    default: "the found one",
    values: "files",
  },
} as const;

export const extract: Command<typeof options> = {
  name: "extract",
  summary: "Extract the weights of a subnet from the supernet of a run",
  description:
    "The parameters have the names of the stand-alone network. Batch-norm statistics are those of the supernet: " +
    "recompute them before use.",
  options,
  positionals: [],
  examples: ["supernet extract --work-dir runs/mixed-quickstart --step train --out subnet.safetensors"],
  async run({ "work-dir": workDir, step: given, subnet: subnetFile, out }) {
    checkWeightsFile("--out", out);
    const run = await openRunIn(workDir);
    const steps = supernetSteps(run);
    const chosen = steps.find(({ step }) => step === given);
    if (chosen === undefined) {
      const names = steps.map(({ step }) => step).join(" or ");
      throw usageError(`--step ${given}: use ${names} of a recipe for ${taskName(run.recipe.task)}`);
    }
    const file = resultPath(workDir, chosen.step, "weights.safetensors");
    const subnetPath = subnetFile ?? foundSubnetPath(run, workDir);
    const subnet = readSubnetFile(await run.get(searchedSpace), subnetPath);
    // The engine is loaded last, because that takes longer than finding the mistakes above.
    const { extractSubnet } = await import("../../export/export.js");
    const state = await extractSubnet(run, chosen.network, { path: file, subnet });
    await saveWeightsFile(out, state);
    const numbers = [...state.values()].reduce((sum, { numel }) => sum + numel, 0);
    print(`${out}: ${state.size} tensors, ${formatCount(numbers)} numbers, from ${file}`);
  },
};
