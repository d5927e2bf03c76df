import { unknownName, withErrorPrefix } from "@supernet/base";
import { type Command, usageError } from "../arguments.js";
import { checkWeightsFile, keyOption, saveWeightsFile } from "../options.js";
import { formatCount, log, print } from "../output.js";

/** Naming schemes of parameters. */
const SCHEMES = ["supernet", "torchvision"];

const options = {
  model: {
    type: "string",
    argument: "NAME",
    description: "Model of torchvision, such as resnet50 or fasterrcnn_resnet50_fpn",
    required: true,
    values: [],
  },
  weights: {
    type: "string",
    argument: "FILE",
    description: "State dict to read, with the names of torchvision or supernet",
    required: true,
    values: "files",
  },
  key: keyOption,
  out: {
    type: "string",
    argument: "FILE",
    description: "File to write: .pth or .safetensors",
    required: true,
    values: "files",
  },
  to: {
    type: "string",
    argument: "NAME",
    description: `Names to write: ${SCHEMES.join(" or ")}`,
    default: "supernet",
    values: SCHEMES,
  },
} as const;

export const convert: Command<typeof options> = {
  name: "convert",
  summary: "Convert weights to or from the parameter names of torchvision",
  description: "The weights are checked against the model. Code in a .pth file is never executed.",
  options,
  positionals: [],
  examples: [
    "supernet convert --model resnet50 --weights resnet50.pth --out resnet50.safetensors",
    "supernet convert --model resnet50 --weights resnet50.safetensors --to torchvision --out resnet50.pth",
  ],
  async run({ model, weights, key, to = "supernet", out }) {
    if (!SCHEMES.includes(to)) throw usageError(`--to ${to}: use one of ${SCHEMES.join(", ")}`);
    checkWeightsFile("--out", out);
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
  },
};

function find<T>(models: Readonly<Record<string, T>>, name: string): T {
  const model = Object.hasOwn(models, name) ? models[name] : undefined;
  if (model !== undefined) return model;
  throw usageError(unknownName("model", name, Object.keys(models)));
}
