import { extname } from "node:path";
import type { ModelValue, OnnxModel } from "@supernet/nas/onnx";
import type { SourceImage } from "@supernet/pipeline/core";
import { CALIBRATION_IMAGES, PRECISIONS, type Precision } from "../../export/precisions.js";
import { spaceIdentity } from "../../network/owner.js";
import { readSubnetFile } from "../../network/subnet-file.js";
import { openSpace, spaceNamed } from "../../recipe/open-space.js";
import { foundFiles, frontStep, openRunIn } from "../../recipes/run-folder.js";
import { runPaths } from "../../run/work-dir.js";
import { searchedSpace } from "../../task/run-context.js";
import { exportedSteps, type WeightsStep } from "../../task/weights.js";
import { type Command, usageError, type Values } from "../arguments.js";
import {
  inputOption,
  jsonOption,
  keyOption,
  mappingOption,
  memberOption,
  parseInput,
  parseMapping,
  parseMember,
  spaceOption,
} from "../options.js";
import { formatCount, print, printJson } from "../output.js";

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
    description: "Step of the run whose weights to export: search, front, retrain or detector",
    default: "the last one",
    values: ["search", "front", "retrain", "detector"],
  },
  network: {
    type: "string",
    argument: "NAME",
    description: "Network of the run to export: classifier, backbone or detector",
    default: "the one that the run wrote",
    values: ["classifier", "backbone", "detector"],
  },
  member: memberOption,
  space: spaceOption,
  subnet: { type: "string", argument: "FILE", description: "Subnet of --space to export", values: "files" },
  weights: {
    type: "string",
    argument: "FILE",
    description: "Weights of --subnet: .safetensors or .pth",
    values: "files",
  },
  key: keyOption,
  mapping: mappingOption,
  backbone: { type: "boolean", description: "Export the backbone of --space instead of its classifier" },
  input: {
    ...inputOption,
    description: "Input shape: channels, height and width, or `any` for a detector of images of any size",
    default: "the recipe's image size, or 3x224x224",
  },
  padded: {
    type: "boolean",
    description: "Add an input to a detector for the sizes of its images without padding",
  },
  precision: {
    type: "string",
    argument: "TYPE",
    description:
      "Type of the weights: float32, float16, or int8 for a detector or classifier of a run, quantized with the ranges " +
      "of its training images",
    default: "float32",
    values: ["float32", "float16", "int8"],
  },
  json: jsonOption,
} as const;

export const exportModel: Command<typeof options> = {
  name: "export",
  summary: "Export a subnet as an ONNX model",
  description:
    "Exports the found subnet of a run, or any subnet of a space with weights from a file. The model accepts batches " +
    "of any size. A classifier outputs logits. A backbone outputs a feature map for each stride. A detector outputs boxes, " +
    "scores and labels.",
  usage: "(--work-dir DIR | --space SPACE --subnet FILE --weights FILE) --out FILE",
  options,
  positionals: [],
  examples: [
    "supernet export --work-dir runs/mixed-quickstart --out model.onnx",
    "supernet export --work-dir runs/detnas-quickstart --network detector --input any --out detector.onnx",
    "supernet export --work-dir runs/detector-quickstart --input any --precision int8 --out small.onnx",
    "supernet export --space mobilenetv2 --subnet subnet.yaml --weights weights.pth --out model.onnx",
  ],
  async run(values) {
    const { out } = values;
    if (extname(out) !== ".onnx") throw usageError(`--out ${out}: use the extension .onnx`);
    const precision = parsePrecision(values.precision);
    const {
      kind,
      exportModel: exporting,
      images,
    } = await (values["work-dir"] === undefined ? openFilesModel(values) : openRunModel(values));
    // The engine is loaded last, because that takes longer than finding the mistakes above.
    const { writeModel } = await import("../../export/export.js");
    const { OPSET } = await import("@supernet/nas/onnx");
    const { withPrecision } = await import("../../export/precision.js");
    if (precision === "int8" && images === undefined)
      throw usageError("--precision int8 needs a detector or classifier of a run, whose images calibrate it");
    const model = await withPrecision(await exporting(), precision, images?.() ?? noImages());
    writeModel(out, model);
    const { inputs, outputs, metadata } = model;
    if (values.json) {
      printJson({ out, kind, opset: OPSET, inputs, outputs, metadata });
      return;
    }
    const described = ({ name, shape }: ModelValue) => `${name} [${["batch", ...shape].join(", ")}]`;
    const numbers = model.constants.reduce((sum, { data }) => sum + data.length, 0);
    const type = precision === "float32" ? "" : `, ${precision}`;
    print(`${out}: ${kind} of ${metadata.space}, ${formatCount(numbers)} numbers${type}, opset ${OPSET}`);
    print(`  ${inputs.map(described).join(", ")} -> ${outputs.map(described).join(", ")}`);
    if (metadata.pixels) print(`  input: ${metadata.pixels}`);
    if (metadata.mean) print(`  input: (value / 255 - ${metadata.mean}) / ${metadata.std}; red, green, blue`);
  },
};

/** A model to export, checked as far as possible without the engine. */
interface Exported {
  readonly kind: string;
  exportModel(): Promise<OnnxModel>;
  /** Opens images for calibration. Undefined if there are none. */
  images?(): AsyncIterable<SourceImage>;
}

async function* noImages(): AsyncGenerator<SourceImage> {}

function parsePrecision(text = "float32"): Precision {
  const precision = PRECISIONS.find((name) => name === text);
  if (precision !== undefined) return precision;
  throw usageError(`--precision ${text}: use one of ${PRECISIONS.join(", ")}`);
}

async function openRunModel(values: Values<typeof options>): Promise<Exported> {
  const { "work-dir": workDir, space: named, weights, key, mapping, backbone, subnet: subnetFile } = values;
  if ([named, weights, key, mapping, subnetFile].some((value) => value !== undefined) || backbone) {
    throw usageError(
      "--work-dir has the space, the found subnet and its weights: omit --space, --subnet, --weights, --key, --mapping and --backbone",
    );
  }
  const run = await openRunIn(workDir!);
  const member = parseMember(values.member);
  const front = member === undefined ? undefined : frontStep(run, workDir!);
  if (front !== undefined && values.step !== undefined && values.step !== front)
    throw usageError(`--member is a member of the front: omit --step ${values.step}`);
  const chosen = { ...values, ...(front !== undefined && { step: front }) };
  const { step, network } = chooseNetwork(exportedSteps(run), chosen);
  const anySize = values.input === "any";
  const { padded = false } = values;
  if ((anySize || padded) && !network.onnx?.anyImages) {
    const option = anySize ? "--input any" : "--padded";
    throw usageError(`${option}: a ${network.name} accepts only images of one size`);
  }
  const { subnet: subnetPath, weights: path } = foundFiles(run, workDir!, { step, member });
  const subnet = readSubnetFile(await run.get(searchedSpace), subnetPath);
  const input = values.input === undefined || anySize ? undefined : parseInput(values.input);
  const { trainingImages } = network.predict ?? {};
  return {
    kind: network.name,
    ...(trainingImages && {
      images: () => trainingImages(run, { count: CALIBRATION_IMAGES, folder: runPaths(workDir!).stepFolder }),
    }),
    async exportModel() {
      const { exportTaskNetwork } = await import("../../export/export.js");
      return exportTaskNetwork(run, network, { path, subnet, input, anySize, padded });
    },
  };
}

/** Returns the step and the network that the options select, by default those that the run exported. */
function chooseNetwork(
  steps: readonly WeightsStep[],
  { step, network }: Values<typeof options>,
): WeightsStep {
  if (steps.length === 0) throw usageError("--work-dir: the task of this run exports no network");
  const ofStep = steps.filter((saved) => step === undefined || saved.step === step);
  if (ofStep.length === 0) {
    throw usageError(
      `--step ${step}: use ${listed(steps, (saved) => saved.step)} for the recipe of this run`,
    );
  }
  const chosen = ofStep.find((saved) => network === undefined || saved.network.name === network);
  if (chosen !== undefined) return chosen;
  const names = listed(ofStep, (saved) => saved.network.name);
  throw usageError(`--network ${network}: use ${names} for this ${step === undefined ? "run" : "step"}`);
}

const listed = (steps: readonly WeightsStep[], name: (saved: WeightsStep) => string): string =>
  [...new Set(steps.map(name))].join(" or ");

async function openFilesModel(values: Values<typeof options>): Promise<Exported> {
  const { step, network, member, padded, space: named, subnet: subnetFile, weights, key, backbone } = values;
  const mapping = parseMapping("--mapping", values.mapping);
  if (step !== undefined) throw usageError("--step is a step of a run: add --work-dir");
  if (member !== undefined) throw usageError("--member is a member of a run's front: add --work-dir");
  if (network !== undefined) throw usageError("--network is a network of a run: add --work-dir");
  if (padded) throw usageError("--padded is for the detector of a run: add --work-dir");
  if (named === undefined || subnetFile === undefined || weights === undefined) {
    throw usageError("set --work-dir, or --space, --subnet and --weights: see supernet export --help");
  }
  const recipe = spaceNamed(named);
  const space = await openSpace(recipe);
  const side = space.imageSize ?? 224;
  const kind = backbone ? "backbone" : "classifier";
  const subnet = readSubnetFile(space, subnetFile);
  const input = values.input === undefined ? ([3, side, side] as const) : parseInput(values.input);
  return {
    kind,
    async exportModel() {
      const { exportSpaceNetwork } = await import("../../export/export.js");
      const identity = await spaceIdentity(recipe);
      return exportSpaceNetwork(
        kind,
        { space, identity },
        { source: { file: weights, key, mapping }, subnet, input },
      );
    },
  };
}
