import { extname } from "node:path";
import type { ModelValue, OnnxModel } from "@supernet/nas/onnx";
import { openSpaceNamed } from "../../recipe/open-space.js";
import { readSubnetFile } from "../../search/found-subnet.js";
import { searchedSpace } from "../../task/run-context.js";
import { exportedSteps } from "../../task/weights.js";
import { type Command, usageError, type Values } from "../arguments.js";
import { inputOption, jsonOption, parseInput, spaceOption } from "../options.js";
import { formatCount, print, printJson } from "../output.js";
import { openRunIn, resultPath } from "../run-folder.js";

const options = {
  out: {
    type: "string",
    short: "o",
    argument: "FILE",
    description: "File to write: .onnx",
    required: true,
    values: "files",
  },
  "work-dir": {
    type: "string",
    argument: "DIR",
    description: "Folder of the run whose found subnet to export",
    values: "folders",
  },
  step: {
    type: "string",
    argument: "NAME",
    description: "Step of the run whose weights to export: search, retrain or detector",
    default: "the last one",
    values: ["search", "retrain", "detector"],
  },
  space: spaceOption,
  subnet: { type: "string", argument: "FILE", description: "Subnet of --space to export", values: "files" },
  weights: {
    type: "string",
    argument: "FILE",
    description: "Weights of --subnet: .safetensors or .pth",
    values: "files",
  },
  backbone: { type: "boolean", description: "Export the backbone of --space instead of its classifier" },
  input: { ...inputOption, default: "the recipe's image size, or 3x224x224" },
  json: jsonOption,
} as const;

export const exportModel: Command<typeof options> = {
  name: "export",
  summary: "Export a subnet as an ONNX model",
  description:
    "Exports the found subnet of a run, or any subnet of a space with weights from a file. The model accepts batches " +
    "of any size. A classifier outputs logits. A backbone outputs a feature map for each stride.",
  usage: "(--work-dir DIR | --space NAME|FILE --subnet FILE --weights FILE) --out FILE",
  options,
  positionals: [],
  examples: [
    "supernet export --work-dir runs/mixed-quickstart --out model.onnx",
    "supernet export --space mobilenetv2 --subnet subnet.yaml --weights weights.pth --out model.onnx",
  ],
  async run(values) {
    const { out } = values;
    if (extname(out) !== ".onnx") throw usageError(`--out ${out}: use the extension .onnx`);
    const { kind, exportModel: exporting } = await (values["work-dir"] === undefined
      ? openFilesModel(values)
      : openRunModel(values));
    // The engine is loaded last, because that takes longer than finding the mistakes above.
    const { writeModel } = await import("../../export/export.js");
    const { OPSET } = await import("@supernet/nas/onnx");
    const model = await exporting();
    writeModel(out, model);
    const { inputs, outputs, metadata } = model;
    if (values.json) {
      printJson({ out, kind, opset: OPSET, inputs, outputs, metadata });
      return;
    }
    const described = ({ name, shape }: ModelValue) => `${name} [${["batch", ...shape].join(", ")}]`;
    const numbers = model.constants.reduce((sum, { data }) => sum + data.length, 0);
    print(`${out}: ${kind} of ${metadata.space}, ${formatCount(numbers)} numbers, opset ${OPSET}`);
    print(`  ${inputs.map(described).join(", ")} -> ${outputs.map(described).join(", ")}`);
    if (metadata.mean) print(`  input: (value / 255 - ${metadata.mean}) / ${metadata.std}; red, green, blue`);
  },
};

/** A model to export, checked as far as possible without the engine. */
interface Exported {
  readonly kind: string;
  exportModel(): Promise<OnnxModel>;
}

async function openRunModel(values: Values<typeof options>): Promise<Exported> {
  const { "work-dir": workDir, step: given, space: named, weights, backbone, subnet: subnetFile } = values;
  if (named !== undefined || weights !== undefined || backbone || subnetFile !== undefined) {
    throw usageError(
      "--work-dir has the space, the found subnet and its weights: omit --space, --subnet, --weights and --backbone",
    );
  }
  const run = await openRunIn(workDir!);
  const steps = exportedSteps(run);
  const chosen = given === undefined ? steps[0] : steps.find(({ step }) => step === given);
  if (chosen === undefined) {
    const names = steps.map(({ step }) => step).join(" or ");
    throw usageError(`--step ${given}: use ${names} for the recipe of this run`);
  }
  const { step, network } = chosen;
  const subnet = readSubnetFile(await run.get(searchedSpace), resultPath(workDir!, "search", "subnet.yaml"));
  const path = resultPath(workDir!, step, "weights.safetensors");
  const input = values.input === undefined ? undefined : parseInput(values.input);
  return {
    kind: network.name,
    async exportModel() {
      const { exportTaskNetwork } = await import("../../export/export.js");
      return exportTaskNetwork(run, network, { path, subnet, input });
    },
  };
}

async function openFilesModel(values: Values<typeof options>): Promise<Exported> {
  const { step, space: named, subnet: subnetFile, weights, backbone } = values;
  if (step !== undefined) throw usageError("--step is a step of a run: add --work-dir");
  if (named === undefined || subnetFile === undefined || weights === undefined) {
    throw usageError("set --work-dir, or --space, --subnet and --weights: see supernet export --help");
  }
  const space = await openSpaceNamed(named);
  const side = space.imageSize ?? 224;
  const kind = backbone ? "backbone" : "classifier";
  const subnet = readSubnetFile(space, subnetFile);
  const input = values.input === undefined ? ([3, side, side] as const) : parseInput(values.input);
  return {
    kind,
    async exportModel() {
      const { exportSpaceNetwork } = await import("../../export/export.js");
      return exportSpaceNetwork(kind, space, { path: weights, subnet, input });
    },
  };
}
