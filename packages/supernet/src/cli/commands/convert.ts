import { extname } from "node:path";
import { inFile, UserError, unknownName } from "@supernet/torch/errors";
import type { Command } from "../arguments.js";
import { print, short } from "../output.js";

const options = {
  model: { type: "string" },
  weights: { type: "string" },
  to: { type: "string" },
  out: { type: "string" },
} as const;

const SPELLINGS = ["supernet", "torchvision"];
const FORMATS = [".pth", ".safetensors"];

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
      throw misuse(`--${missing} is missing: usage: supernet convert ${convert.usage}`);
    }
    if (!SPELLINGS.includes(to)) throw misuse(`--to ${to}: one of ${SPELLINGS.join(", ")}`);
    if (!FORMATS.includes(extname(out))) throw misuse(`--out ${out}: end it in ${FORMATS.join(" or ")}`);
    // Loading the engine takes longer than to find the mistakes above.
    const { loadTensors, savePth, saveTensors } = await import("@supernet/torch");
    const { fromTorchvision, torchvisionModels, toTorchvision } = await import("@supernet/vision");
    const known = find(torchvisionModels, model);
    const { tensors } = loadTensors(weights);
    const { network, classes } = inFile(weights, () => fromTorchvision(known, tensors));
    const state = to === "torchvision" ? toTorchvision(known, network) : network.stateDict();
    if (extname(out) === ".pth") savePth(out, state);
    else saveTensors(out, state);
    const parameters = network.parameters().reduce((sum, { numel }) => sum + numel, 0);
    print(`${out}: ${model}, ${classes} classes, ${short(parameters)} parameters, the names of ${to}`);
  },
};

const misuse = (message: string): UserError => new UserError(message, { exitCode: 2 });

function find<T>(models: Readonly<Record<string, T>>, name: string): T {
  const model = Object.hasOwn(models, name) ? models[name] : undefined;
  if (model !== undefined) return model;
  throw misuse(unknownName("model", name, Object.keys(models)));
}
