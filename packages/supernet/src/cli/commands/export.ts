import { extname } from "node:path";
import type { OnnxModel } from "@supernet/nas/onnx";
import { openSpaceNamed } from "../../recipe/open-space.js";
import { readSubnetFile } from "../../search/found-subnet.js";
import { searchedSpace } from "../../task/run-context.js";
import { exportedSteps } from "../../task/weights.js";
import { type Command, usageError, type Values } from "../arguments.js";
import { parseInput } from "../options.js";
import { formatCount, print, printJson } from "../output.js";
import { openRunIn, resultPath } from "../run-folder.js";

const options = {
  "work-dir": { type: "string" },
  step: { type: "string" },
  space: { type: "string" },
  subnet: { type: "string" },
  weights: { type: "string" },
  backbone: { type: "boolean" },
  input: { type: "string" },
  out: { type: "string", short: "o" },
  json: { type: "boolean" },
} as const;

export const exportModel: Command<typeof options> = {
  name: "export",
  summary:
    "Writes a subnet as an ONNX model, for any batch of images of one size: the found one of a run with the weights " +
    "that its last step gave it, or --step; or any subnet of a space with the weights of a file. A classifier puts " +
    "out logits, a backbone (of a recipe for detection, or --backbone) a map for each stride.",
  usage:
    "--work-dir DIR [--step search|retrain|detector] | --space NAME|FILE --subnet FILE --weights FILE [--backbone]  " +
    "[--input 3x224x224] --out FILE.onnx [--json]",
  options,
  positionals: 0,
  async run(values) {
    const { out } = values;
    if (out === undefined) throw usageError(`--out is missing: usage: supernet export ${exportModel.usage}`);
    if (extname(out) !== ".onnx") throw usageError(`--out ${out}: end it in .onnx`);
    const { kind, exportModel: exporting } = await (values["work-dir"] === undefined
      ? openFilesModel(values)
      : openRunModel(values));
    // Loading the engine takes longer than finding the mistakes above.
    const { writeModel } = await import("../../export/export.js");
    const { OPSET } = await import("@supernet/nas/onnx");
    const model = await exporting();
    writeModel(out, model);
    const { inputs, outputs, metadata } = model;
    if (values.json) {
      printJson({ out, kind, opset: OPSET, inputs, outputs, metadata });
      return;
    }
    const described = ({ name, shape }: { name: string; shape: readonly number[] }) =>
      `${name} [batch, ${shape.join(", ")}]`;
    const numbers = model.constants.reduce((sum, { data }) => sum + data.length, 0);
    print(`${out}: ${kind} of ${metadata.space}, ${formatCount(numbers)} numbers, opset ${OPSET}`);
    print(`  ${inputs.map(described).join(", ")} -> ${outputs.map(described).join(", ")}`);
    if (metadata.mean)
      print(`  images as (value / 255 - ${metadata.mean}) / ${metadata.std}, red, green, blue`);
  },
};

/** What is exported, checked as far as that goes without the engine. */
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
    throw usageError(`--step ${given}: for this run's recipe it is ${names}`);
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
  if (step !== undefined) throw usageError("--step is for a run: name its --work-dir");
  if (named === undefined || subnetFile === undefined || weights === undefined) {
    throw usageError(
      `--work-dir, or --space, --subnet and --weights are needed: usage: supernet export ${exportModel.usage}`,
    );
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
