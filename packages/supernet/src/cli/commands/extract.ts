import type { Tensor } from "@supernet/torch";
import { spaceIdentity } from "../../network/owner.js";
import { readSubnetFile } from "../../network/subnet-file.js";
import { taskName } from "../../recipe/common.js";
import { openSpace, spaceNamed } from "../../recipe/open-space.js";
import { foundSubnetPath, openRunIn, resultPath } from "../../recipes/run-folder.js";
import { searchedSpace } from "../../task/run-context.js";
import { savedSteps, supernetSteps, type WeightsStep } from "../../task/weights.js";
import { type Command, usageError, type Values } from "../arguments.js";
import {
  checkWeightsFile,
  keyOption,
  mappingOption,
  parseMapping,
  runFolderOption,
  saveWeightsFile,
  spaceOption,
} from "../options.js";
import { formatCount, log, print } from "../output.js";

const options = {
  "work-dir": { ...runFolderOption, required: false },
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
  space: { ...spaceOption, description: `${spaceOption.description}, of --weights` },
  weights: {
    type: "string",
    argument: "FILE",
    description: "Supernet to extract from, instead of one of a run: .safetensors or .pth",
    values: "files",
  },
  key: keyOption,
  mapping: mappingOption,
} as const;

export const extract: Command<typeof options> = {
  name: "extract",
  summary: "Extract the weights of a subnet from a run, or from a supernet",
  description:
    "The parameters have the names of the stand-alone network, and the file records its space, subnet, classes and " +
    "normalization. Batch-norm statistics of a supernet (steps train, pretrain and finetune) belong to no subnet: " +
    "recompute them before use.",
  usage: "(--work-dir DIR | --space NAME) --out FILE",
  options,
  positionals: [],
  examples: [
    "supernet extract --work-dir runs/detnas-quickstart --out detector.pth",
    "supernet extract --work-dir runs/detnas-quickstart --network backbone --out backbone.pth",
    "supernet extract --work-dir runs/mixed-quickstart --step train --out subnet.safetensors",
    "supernet extract --space mobilenetv2 --weights supernet.pth --subnet subnet.yaml --out subnet.pth",
  ],
  async run(values) {
    const { out } = values;
    checkWeightsFile("--out", out);
    const extracted = await (values["work-dir"] === undefined ? fromFile(values) : fromRun(values));
    const { kind, state, metadata, from } = extracted;
    await saveWeightsFile(out, state, metadata);
    const numbers = [...state.values()].reduce((sum, { numel }) => sum + numel, 0);
    print(`${out}: ${kind}, ${state.size} tensors, ${formatCount(numbers)} numbers, from ${from}`);
  },
};

interface Extracted {
  readonly kind: string;
  readonly state: ReadonlyMap<string, Tensor>;
  /** What the weights belong to. */
  readonly metadata: Readonly<Record<string, string>>;
  /** File that they are from. */
  readonly from: string;
}

async function fromRun(values: Values<typeof options>): Promise<Extracted> {
  const { "work-dir": workDir, subnet: subnetFile } = values;
  const other = (["space", "weights", "key", "mapping"] as const).find((name) => values[name] !== undefined);
  if (other !== undefined) throw usageError(`--${other} is for a supernet in a file: omit it, or --work-dir`);
  const run = await openRunIn(workDir!);
  const { step, network } = chooseWeights(savedSteps(run), taskName(run.recipe.task), values);
  const whole = supernetSteps(run).some((saved) => saved.step === step);
  if (subnetFile !== undefined && !whole)
    throw usageError(`--subnet ${subnetFile}: the step ${step} saved only the found subnet: omit --subnet`);
  const path = resultPath(workDir!, step, "weights.safetensors");
  const subnetPath = subnetFile ?? foundSubnetPath(run, workDir!);
  const subnet = readSubnetFile(await run.get(searchedSpace), subnetPath);
  // The engine is loaded last, because that takes longer than finding the mistakes above.
  const { extractSubnet } = await import("../../export/export.js");
  const { state, metadata } = await extractSubnet(run, network, { path, subnet, whole });
  return { kind: network.name, state, metadata, from: path };
}

async function fromFile(values: Values<typeof options>): Promise<Extracted> {
  const { space: named, weights, subnet: subnetFile, key, step, network: part } = values;
  if (step !== undefined) throw usageError("--step is a step of a run: add --work-dir");
  if (part !== undefined) throw usageError("--network is a network of a run: add --work-dir");
  if (named === undefined || weights === undefined || subnetFile === undefined)
    throw usageError("set --work-dir, or --space, --weights and --subnet: see supernet extract --help");
  const mapping = parseMapping("--mapping", values.mapping);
  const recipe = spaceNamed(named);
  const space = await openSpace(recipe);
  const network = { space, identity: await spaceIdentity(recipe), subnet: readSubnetFile(space, subnetFile) };
  // The engine is loaded last, because that takes longer than finding the mistakes above.
  const { extractFromFile } = await import("../../export/convert-weights.js");
  const { kind, state, note } = extractFromFile({ file: weights, key, mapping }, network);
  if (note) log(`${weights}: ${note}`);
  return { kind, state, metadata: {}, from: weights };
}

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
