import { UserError, unknownName, withErrorPrefix } from "@supernet/base";
import { type Command, usageError } from "../arguments.js";
import { checkWeightsFile, saveWeightsFile } from "../options.js";
import { formatCount, print } from "../output.js";

/** Naming schemes of parameters. */
const SCHEMES = ["supernet", "torchvision"];

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
    required: true,
    values: "files",
  },
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
  summary: "Convert weights to another format or other parameter names",
  description:
    "With --model, converts to or from the parameter names of torchvision. The weights are checked against the model, " +
    "and code in a .pth file is never executed. Without --model, a file that a " +
    "run or supernet extract wrote is converted between .pth and .safetensors, with the record of what it belongs to.",
  options,
  positionals: [],
  examples: [
    "supernet convert --model resnet50 --weights resnet50.pth --out resnet50.safetensors",
    "supernet convert --model resnet50 --weights resnet50.safetensors --to torchvision --out resnet50.pth",
    "supernet convert --weights runs/mixed-quickstart/steps/retrain/weights.safetensors --out classifier.pth",
  ],
  async run({ model, weights, to = "supernet", out }) {
    if (!SCHEMES.includes(to)) throw usageError(`--to ${to}: use one of ${SCHEMES.join(", ")}`);
    checkWeightsFile("--out", out);
    if (model === undefined) {
      if (to !== "supernet") throw usageError(`--to ${to}: add --model, a model of torchvision`);
      await convertOwned(weights, out);
      return;
    }
    // The engine is loaded last, because that takes longer than finding the mistakes above.
    const { loadTensors } = await import("@supernet/torch");
    const { fromTorchvision, torchvisionModels, toTorchvision } = await import("@supernet/vision");
    const known = find(torchvisionModels, model);
    const { tensors } = loadTensors(weights);
    const { network, classes } = withErrorPrefix(weights, () => fromTorchvision(known, tensors));
    const state = to === "torchvision" ? toTorchvision(known, network) : network.stateDict();
    await saveWeightsFile(out, state);
    const parameters = network.parameters().reduce((sum, { numel }) => sum + numel, 0);
    print(`${out}: ${model}, ${classes} classes, ${formatCount(parameters)} parameters, names of ${to}`);
  },
};

/** Converts the format of a file that records what its weights belong to. */
async function convertOwned(weights: string, out: string): Promise<void> {
  const { openWeightsFile } = await import("../../network/load.js");
  const { OWNER_KEY } = await import("../../network/owner.js");
  const { tensors, owner } = openWeightsFile({ file: weights });
  if (owner === undefined)
    throw new UserError(`${weights} does not record its network: add --model, a model of torchvision`);
  await saveWeightsFile(out, tensors, { [OWNER_KEY]: JSON.stringify(owner) });
  const numbers = [...tensors.values()].reduce((sum, { numel }) => sum + numel, 0);
  print(
    `${out}: ${owner.network} of ${owner.space.name}, ${tensors.size} tensors, ${formatCount(numbers)} numbers`,
  );
}

function find<T>(models: Readonly<Record<string, T>>, name: string): T {
  const model = Object.hasOwn(models, name) ? models[name] : undefined;
  if (model !== undefined) return model;
  throw usageError(unknownName("model", name, Object.keys(models)));
}
