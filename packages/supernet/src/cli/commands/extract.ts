import type { Tensor } from "@supernet/torch";
import { spaceIdentity } from "../../network/owner.js";
import { readSubnetFile } from "../../network/subnet-file.js";
import { taskName } from "../../recipe/common.js";
import { openSpace, spaceNamed } from "../../recipe/open-space.js";
import { foundSubnetPath, openRunIn, resultPath } from "../../recipes/run-folder.js";
import { searchedSpace } from "../../task/run-context.js";
import { supernetSteps } from "../../task/weights.js";
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
      "Step with the supernet: train of a classifier; pretrain (classifier) or finetune (detector) in detection",
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
  summary: "Extract the weights of a subnet from a supernet",
  description:
    "The parameters have the names of the stand-alone network. Batch-norm statistics are those of the supernet: " +
    "recompute them before use.",
  usage: "(--work-dir DIR | --space NAME) --out FILE",
  options,
  positionals: [],
  examples: [
    "supernet extract --work-dir runs/mixed-quickstart --step train --out subnet.safetensors",
    "supernet extract --space mobilenetv2 --weights supernet.pth --subnet subnet.yaml --out subnet.pth",
  ],
  async run(values) {
    checkWeightsFile("--out", values.out);
    const { state, from } = await (values["work-dir"] === undefined ? fromFile(values) : fromRun(values));
    await saveWeightsFile(values.out, state);
    const numbers = [...state.values()].reduce((sum, { numel }) => sum + numel, 0);
    print(`${values.out}: ${state.size} tensors, ${formatCount(numbers)} numbers, from ${from}`);
  },
};

interface Extracted {
  readonly state: ReadonlyMap<string, Tensor>;
  /** File of the supernet. */
  readonly from: string;
}

async function fromRun(values: Values<typeof options>): Promise<Extracted> {
  const { "work-dir": workDir, step: given, subnet: subnetFile } = values;
  const other = (["space", "weights", "key", "mapping"] as const).find((name) => values[name] !== undefined);
  if (other !== undefined) throw usageError(`--${other} is for a supernet in a file: omit it, or --work-dir`);
  if (given === undefined) throw usageError("--step is missing: it says which supernet of the run to use");
  const run = await openRunIn(workDir!);
  const steps = supernetSteps(run);
  const chosen = steps.find(({ step }) => step === given);
  if (chosen === undefined) {
    const names = steps.map(({ step }) => step).join(" or ");
    throw usageError(`--step ${given}: use ${names} of a recipe for ${taskName(run.recipe.task)}`);
  }
  const file = resultPath(workDir!, chosen.step, "weights.safetensors");
  const subnetPath = subnetFile ?? foundSubnetPath(run, workDir!);
  const subnet = readSubnetFile(await run.get(searchedSpace), subnetPath);
  // The engine is loaded last, because that takes longer than finding the mistakes above.
  const { extractSubnet } = await import("../../export/export.js");
  const state = await extractSubnet(run, chosen.network, { path: file, subnet });
  return { state, from: file };
}

async function fromFile(values: Values<typeof options>): Promise<Extracted> {
  const { space: named, weights, subnet: subnetFile, key, step } = values;
  if (step !== undefined) throw usageError("--step is a step of a run: add --work-dir");
  if (named === undefined || weights === undefined || subnetFile === undefined)
    throw usageError(
      "set --work-dir and --step, or --space, --weights and --subnet: see supernet extract --help",
    );
  const mapping = parseMapping("--mapping", values.mapping);
  const recipe = spaceNamed(named);
  const space = await openSpace(recipe);
  const network = { space, identity: await spaceIdentity(recipe), subnet: readSubnetFile(space, subnetFile) };
  // The engine is loaded last, because that takes longer than finding the mistakes above.
  const { extractFromFile } = await import("../../export/convert-weights.js");
  const { state, note } = extractFromFile({ file: weights, key, mapping }, network);
  if (note) log(`${weights}: ${note}`);
  return { state, from: weights };
}
