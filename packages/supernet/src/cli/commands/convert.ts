import { unknownName, withErrorPrefix } from "@supernet/base";
import { type Command, usageError } from "../arguments.js";
import { checkWeightsFile, saveWeightsFile } from "../options.js";
import { formatCount, print } from "../output.js";

const options = {
  model: { type: "string" },
  weights: { type: "string" },
  to: { type: "string" },
  out: { type: "string" },
} as const;

const SPELLINGS = ["supernet", "torchvision"];

export const convert: Command<typeof options> = {
  name: "convert",
  summary:
    "Reads weights of a model that torchvision has too, under its names or ours, checks them against the model and " +
    "writes them under the names asked for; ours without --to.",
  usage: "--model NAME --weights FILE --out FILE(.pth|.safetensors) [--to torchvision|supernet]",
  options,
  positionals: 0,
  async run({ model, weights, to = "supernet", out }) {
    if (model === undefined || weights === undefined || out === undefined) {
      const missing = model === undefined ? "model" : weights === undefined ? "weights" : "out";
      throw usageError(`--${missing} is missing: usage: supernet convert ${convert.usage}`);
    }
    if (!SPELLINGS.includes(to)) throw usageError(`--to ${to}: one of ${SPELLINGS.join(", ")}`);
    checkWeightsFile("--out", out);
    // Loading the engine takes longer than to find the mistakes above.
    const { loadTensors } = await import("@supernet/torch");
    const { fromTorchvision, torchvisionModels, toTorchvision } = await import("@supernet/vision");
    const known = find(torchvisionModels, model);
    const { tensors } = loadTensors(weights);
    const { network, classes } = withErrorPrefix(weights, () => fromTorchvision(known, tensors));
    const state = to === "torchvision" ? toTorchvision(known, network) : network.stateDict();
    await saveWeightsFile(out, state);
    const parameters = network.parameters().reduce((sum, { numel }) => sum + numel, 0);
    print(`${out}: ${model}, ${classes} classes, ${formatCount(parameters)} parameters, the names of ${to}`);
  },
};

function find<T>(models: Readonly<Record<string, T>>, name: string): T {
  const model = Object.hasOwn(models, name) ? models[name] : undefined;
  if (model !== undefined) return model;
  throw usageError(unknownName("model", name, Object.keys(models)));
}
