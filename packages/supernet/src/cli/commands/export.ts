import { extname, join } from "node:path";
import type { ExportedWeights } from "../../export/export.js";
import { exportedInput, exportedSteps, normalisation } from "../../export/steps.js";
import { loadRecipe } from "../../recipe/load.js";
import { openSpace, openSpaceNamed } from "../../recipe/open-space.js";
import { readSubnetFile } from "../../steps/common/subnet.js";
import { type Command, usageError, type Values } from "../arguments.js";
import { parseInput } from "../input-size.js";
import { print, printJson, short } from "../output.js";

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
    const subject = await (values["work-dir"] === undefined ? ofFiles(values) : ofRun(values));
    // Loading the engine takes longer than to find the mistakes above.
    const { exportWeights, writeModel } = await import("../../export/export.js");
    const { OPSET } = await import("@supernet/nas/onnx");
    const model = exportWeights(subject);
    writeModel(out, model);
    const { inputs, outputs, metadata } = model;
    if (values.json) {
      printJson({ out, kind: subject.kind, opset: OPSET, inputs, outputs, metadata });
      return;
    }
    const described = ({ name, shape }: { name: string; shape: readonly number[] }) =>
      `${name} [batch, ${shape.join(", ")}]`;
    const numbers = model.constants.reduce((sum, { data }) => sum + data.length, 0);
    print(`${out}: ${subject.kind} of ${metadata.space}, ${short(numbers)} numbers, opset ${OPSET}`);
    print(`  ${inputs.map(described).join(", ")} -> ${outputs.map(described).join(", ")}`);
    if (metadata.mean)
      print(`  images as (value / 255 - ${metadata.mean}) / ${metadata.std}, red, green, blue`);
  },
};

async function ofRun(values: Values<typeof options>): Promise<ExportedWeights> {
  const { "work-dir": workDir, step: given, space: named, weights, backbone, subnet } = values;
  if (named !== undefined || weights !== undefined || backbone || subnet !== undefined) {
    throw usageError(
      "--work-dir has the space, the found subnet and its weights: leave --space, --subnet, --weights and --backbone away",
    );
  }
  const recipe = await loadRecipe(join(workDir!, "recipe.yaml"));
  const steps = exportedSteps(recipe);
  const [step, kind] = steps.find(([name]) => given === undefined || name === given) ?? [];
  if (step === undefined || kind === undefined) {
    const names = steps.map(([name]) => name).join(" or ");
    throw usageError(`--step ${given}: of this run's recipe it is ${names}`);
  }
  const space = await openSpace(recipe.space);
  return {
    kind,
    space,
    subnet: readSubnetFile(space, join(workDir!, "subnet.yaml")),
    input: values.input === undefined ? exportedInput(recipe, kind) : parseInput(values.input),
    file: join(workDir!, "steps", step, "weights.safetensors"),
    metadata: normalisation(recipe, kind),
  };
}

async function ofFiles(values: Values<typeof options>): Promise<ExportedWeights> {
  const { step, space: named, subnet, weights, backbone } = values;
  if (step !== undefined) throw usageError("--step is one of a run: name its --work-dir");
  if (named === undefined || subnet === undefined || weights === undefined) {
    throw usageError(
      `--work-dir, or --space, --subnet and --weights are needed: usage: supernet export ${exportModel.usage}`,
    );
  }
  const space = await openSpaceNamed(named);
  const side = space.imageSize ?? 224;
  return {
    kind: backbone ? "backbone" : "classifier",
    space,
    subnet: readSubnetFile(space, subnet),
    input: values.input === undefined ? [3, side, side] : parseInput(values.input),
    file: weights,
  };
}
