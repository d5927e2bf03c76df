import { readSubnetFile } from "../../network/subnet-file.js";
import { taskName } from "../../recipe/common.js";
import { foundSubnetPath, openRunIn, resultPath } from "../../recipes/run-folder.js";
import { searchedSpace } from "../../task/run-context.js";
import { savedSteps, supernetSteps, type WeightsStep } from "../../task/weights.js";
import { type Command, usageError, type Values } from "../arguments.js";
import { checkWeightsFile, runFolderOption, saveWeightsFile } from "../options.js";
import { formatCount, print } from "../output.js";

const options = {
  "work-dir": runFolderOption,
  step: {
    type: "string",
    argument: "NAME",
    description:
      "Step that saved the weights: train, search or retrain; in detection also pretrain, finetune, front or detector",
    default: "the last one",
    values: ["train", "pretrain", "finetune", "search", "front", "retrain", "detector"],
  },
  network: {
    type: "string",
    argument: "NAME",
    description: "Network to extract: classifier, backbone or detector",
    default: "the largest one of the step",
    values: ["classifier", "backbone", "detector"],
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
    description: "Subnet to extract from a supernet",
    default: "the found one",
    values: "files",
  },
} as const;

export const extract: Command<typeof options> = {
  name: "extract",
  summary: "Extract the weights of a subnet from a run",
  description:
    "The parameters have the names of the stand-alone network, and the file records its space, subnet, classes and " +
    "normalization. Batch-norm statistics of a supernet (steps train, pretrain and finetune) belong to no subnet: " +
    "recompute them before use.",
  options,
  positionals: [],
  examples: [
    "supernet extract --work-dir runs/detnas-quickstart --out detector.pth",
    "supernet extract --work-dir runs/detnas-quickstart --network backbone --out backbone.pth",
    "supernet extract --work-dir runs/mixed-quickstart --step train --out subnet.safetensors",
  ],
  async run(values) {
    const { "work-dir": workDir, subnet: subnetFile, out } = values;
    checkWeightsFile("--out", out);
    const run = await openRunIn(workDir);
    const { step, network } = chooseWeights(savedSteps(run), taskName(run.recipe.task), values);
    const whole = supernetSteps(run).some((saved) => saved.step === step);
    if (subnetFile !== undefined && !whole)
      throw usageError(`--subnet ${subnetFile}: the step ${step} saved only the found subnet: omit --subnet`);
    const path = resultPath(workDir, step, "weights.safetensors");
    const subnetPath = subnetFile ?? foundSubnetPath(run, workDir);
    const subnet = readSubnetFile(await run.get(searchedSpace), subnetPath);
    // The engine is loaded last, because that takes longer than finding the mistakes above.
    const { extractSubnet } = await import("../../export/export.js");
    const { state, metadata } = await extractSubnet(run, network, { path, subnet, whole });
    await saveWeightsFile(out, state, metadata);
    const numbers = [...state.values()].reduce((sum, { numel }) => sum + numel, 0);
    print(`${out}: ${network.name}, ${state.size} tensors, ${formatCount(numbers)} numbers, from ${path}`);
  },
};

/** Returns the step and the network that the options select. */
function chooseWeights(
  steps: readonly WeightsStep[],
  task: string,
  { step, network }: Values<typeof options>,
): WeightsStep {
  const named = (all: readonly string[]) => [...new Set(all)].join(" or ");
  const ofStep = steps.filter((saved) => step === undefined || saved.step === step);
  if (ofStep.length === 0)
    throw usageError(
      `--step ${step}: use ${named(steps.map((saved) => saved.step))} of a recipe for ${task}`,
    );
  // A backbone is part of the others, so it is only extracted if it is named.
  const chosen =
    network === undefined
      ? (ofStep.find((saved) => saved.step === ofStep[0]!.step && !saved.network.weights?.contained) ??
        ofStep[0])
      : ofStep.find((saved) => saved.network.name === network);
  if (chosen !== undefined) return chosen;
  throw usageError(
    `--network ${network}: use ${named(ofStep.map((saved) => saved.network.name))} for this ${step === undefined ? "run" : "step"}`,
  );
}
