import { extname } from "node:path";
import { UserError, unknownName, withErrorPrefix, writeFileAtomic } from "@supernet/base";
import { formatSubnet, formatSubnetForMMRazor } from "@supernet/nas";
import { spaceIdentity } from "../../network/owner.js";
import { readSubnetFile } from "../../network/subnet-file.js";
import { MAPPING_NAMES } from "../../recipe/mappings.js";
import { openSpace, spaceNamed } from "../../recipe/open-space.js";
import { type Command, usageError, type Values } from "../arguments.js";
import {
  checkWeightsFile,
  keyOption,
  mappingOption,
  parseMapping,
  saveWeightsFile,
  spaceOption,
} from "../options.js";
import { formatCount, log, print } from "../output.js";

/** Naming schemes of parameters. */
const SCHEMES = ["supernet", "torchvision"];
/** Forms of subnet files. */
const SUBNET_FORMS = ["supernet", "mmrazor"];
const SUBNET_FILES = [".yaml", ".yml", ".json"];

const options = {
  model: {
    type: "string",
    argument: "NAME",
    description: "Model of torchvision, such as resnet50 or fasterrcnn_resnet50_fpn",
    default: "none: the file is from a run, and keeps its names",
    values: [],
  },
  weights: {
    type: "string",
    argument: "FILE",
    description: "State dict to read, with the names of torchvision or supernet",
    values: "files",
  },
  key: keyOption,
  mapping: mappingOption,
  space: { ...spaceOption, description: "Space of the weights or the subnet" },
  subnet: {
    type: "string",
    argument: "FILE",
    description:
      "Subnet to read, in any form: supernet's, MMRazor's, AutoFormer's RETRAIN or a list of indices. With --weights, the " +
      "one that they are of",
    values: "files",
  },
  out: {
    type: "string",
    argument: "FILE",
    description: "File to write: .pth or .safetensors; of a subnet, .yaml",
    required: true,
    values: "files",
  },
  to: {
    type: "string",
    argument: "NAME",
    description:
      "Names to write: supernet; of a model, torchvision; of weights of a space, a mapping; of a subnet, mmrazor",
    default: "supernet",
    values: [...new Set([...SCHEMES, ...SUBNET_FORMS, ...MAPPING_NAMES])],
  },
} as const;

type ConvertValues = Values<typeof options>;

export const convert: Command<typeof options> = {
  name: "convert",
  summary: "Convert weights or a subnet to or from other projects' names",
  description:
    "Weights are checked against the model. Code in a .pth file is never executed. A subnet for mmrazor is one that its " +
    "load_fix_subnet reads. Without --model and --space, a file that a run or supernet extract wrote is converted " +
    "between .pth and .safetensors, with the record of what it belongs to.",
  usage: "([--model NAME | --space NAME|FILE] --weights FILE | --space NAME|FILE --subnet FILE) --out FILE",
  options,
  positionals: [],
  examples: [
    "supernet convert --model resnet50 --weights resnet50.pth --out resnet50.safetensors",
    "supernet convert --model resnet50 --weights resnet50.safetensors --to torchvision --out resnet50.pth",
    "supernet convert --space spos-shufflenetv2 --weights spos.pth --mapping spos-shufflenetv2 --out spos.safetensors",
    "supernet convert --weights runs/mixed-quickstart/steps/retrain/weights.safetensors --out classifier.pth",
    "supernet convert --space spos-shufflenetv2 --subnet subnet.yaml --to mmrazor --out fix_subnet.yaml",
  ],
  run(values) {
    if (values.weights === undefined && values.subnet !== undefined) return convertSubnet(values);
    return values.space === undefined ? convertModel(values) : convertNetwork(values);
  },
};

/** Converts weights of a model that torchvision also has, or the format of a file that records its network. */
async function convertModel({ model, weights, key, mapping, subnet, to = "supernet", out }: ConvertValues) {
  if (mapping !== undefined || subnet !== undefined)
    throw usageError(`--${subnet ? "subnet" : "mapping"} needs the space of the weights: add --space`);
  if (weights === undefined) throw usageError("--weights is missing: see supernet convert --help");
  if (!SCHEMES.includes(to)) throw usageError(`--to ${to}: use one of ${SCHEMES.join(", ")}`);
  checkWeightsFile("--out", out);
  if (model === undefined) {
    if (to !== "supernet") throw usageError(`--to ${to}: add --model, a model of torchvision`);
    await convertOwned({ weights, key, out });
    return;
  }
  // The engine is loaded last, because that takes longer than finding the mistakes above.
  const { openWeightsFile } = await import("../../network/load.js");
  const { fromTorchvision, torchvisionModels, toTorchvision } = await import("@supernet/vision");
  const known = find(torchvisionModels, model);
  const { tensors, note } = openWeightsFile({ file: weights, key });
  const { network, classes } = withErrorPrefix(weights, () => fromTorchvision(known, tensors));
  const state = to === "torchvision" ? toTorchvision(known, network) : network.stateDict();
  await saveWeightsFile(out, state);
  if (note) log(`${weights}: ${note}`);
  const parameters = network.parameters().reduce((sum, { numel }) => sum + numel, 0);
  print(`${out}: ${model}, ${classes} classes, ${formatCount(parameters)} parameters, names of ${to}`);
}

/** Converts weights of a supernet or subnet of a space, or of a detector around one. */
async function convertNetwork(values: ConvertValues): Promise<void> {
  const { model, weights, key, space: named, subnet: subnetFile, to = "supernet", out } = values;
  if (model !== undefined) throw usageError("--model is a model of torchvision: omit it, or --space");
  if (weights === undefined)
    throw usageError("--space is the space of weights or a subnet: add --weights or --subnet");
  const target = to === "supernet" ? undefined : parseMapping("--to", to);
  const mapping = parseMapping("--mapping", values.mapping);
  checkWeightsFile("--out", out);
  const recipe = spaceNamed(named!);
  const space = await openSpace(recipe);
  const subnet = subnetFile === undefined ? undefined : readSubnetFile(space, subnetFile);
  // The engine is loaded last, because that takes longer than finding the mistakes above.
  const { convertWeights } = await import("../../export/convert-weights.js");
  const identity = await spaceIdentity(recipe);
  const network = { space, identity, subnet };
  const { state, kind, note } = convertWeights({ file: weights, key, mapping }, network, target);
  await saveWeightsFile(out, state);
  if (note) log(`${weights}: ${note}`);
  print(`${out}: ${kind} of ${space.name}, ${state.size} tensors, names of ${to}`);
}

/** Converts the format of a file that records what its weights belong to. */
async function convertOwned({
  weights,
  key,
  out,
}: {
  readonly weights: string;
  readonly key: string | undefined;
  readonly out: string;
}) {
  const { openWeightsFile } = await import("../../network/load.js");
  const { OWNER_KEY } = await import("../../network/owner.js");
  const { tensors, owner } = openWeightsFile({ file: weights, key });
  if (owner === undefined)
    throw new UserError(
      `${weights} does not record its network: add --space, or --model for a model of torchvision`,
    );
  await saveWeightsFile(out, tensors, { [OWNER_KEY]: JSON.stringify(owner) });
  const numbers = [...tensors.values()].reduce((sum, { numel }) => sum + numel, 0);
  print(
    `${out}: ${owner.network} of ${owner.space.name}, ${tensors.size} tensors, ${formatCount(numbers)} numbers`,
  );
}

/** Converts a subnet file. */
async function convertSubnet(values: ConvertValues): Promise<void> {
  const { space: named, subnet: path, to = "supernet", out } = values;
  const other = (["model", "key", "mapping"] as const).find((option) => values[option] !== undefined);
  if (other !== undefined)
    throw usageError(`--${other} is for weights, not for a subnet: omit it, or --subnet`);
  if (named === undefined) throw usageError("--space is missing: it says which decisions --subnet makes");
  if (!SUBNET_FORMS.includes(to)) throw usageError(`--to ${to}: use one of ${SUBNET_FORMS.join(", ")}`);
  if (!SUBNET_FILES.includes(extname(out)))
    throw usageError(`--out ${out}: use the extension ${SUBNET_FILES.join(", ")}`);
  const space = await openSpace(spaceNamed(named));
  const subnet = readSubnetFile(space, path!);
  const format = to === "mmrazor" ? formatSubnetForMMRazor : formatSubnet;
  writeFileAtomic(out, format(space, subnet));
  print(`${out}: subnet of ${space.name}, ${Object.keys(subnet).length} decisions, in the form of ${to}`);
}

function find<T>(models: Readonly<Record<string, T>>, name: string): T {
  const model = Object.hasOwn(models, name) ? models[name] : undefined;
  if (model !== undefined) return model;
  throw usageError(unknownName("model", name, Object.keys(models)));
}
