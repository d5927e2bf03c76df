import { type Cost, extremeSubnets, type Subnet, spaceSize } from "@supernet/nas";
import {
  backboneSubject,
  classifierSubject,
  detectorSubject,
  type MeasuredLatency,
  recipeClassifierSubject,
  type Subject,
} from "../../profile/subject.js";
import { loadRecipe } from "../../recipe/load.js";
import { openSpaceNamed } from "../../recipe/open-space.js";
import { withSettings } from "../../recipe/set.js";
import { readSubnetFile } from "../../steps/common/subnet.js";
import { type Command, usageError, type Values } from "../arguments.js";
import { parseInput } from "../input-size.js";
import { print, printJson, short } from "../output.js";
import { parseRuntime } from "../runtime-name.js";

const options = {
  space: { type: "string" },
  backbone: { type: "boolean" },
  classifier: { type: "string" },
  detector: { type: "string" },
  set: { type: "string", multiple: true },
  subnet: { type: "string" },
  input: { type: "string" },
  latency: { type: "boolean" },
  runtime: { type: "string" },
  json: { type: "boolean" },
} as const;

export const profile: Command<typeof options> = {
  name: "profile",
  summary:
    "Parameters, FLOPs, activations and memory of a subnet, module by module; without --subnet of the smallest " +
    "and the largest. Of a space's classifier with 1000 classes, of its backbone alone (--backbone), of a recipe's " +
    "classifier (--classifier), or of its whole detector (--detector). --latency adds the milliseconds that one " +
    "image takes on this machine, in our own engine or, exported, in ONNX Runtime.",
  usage:
    "--space NAME|FILE [--backbone] | --classifier|--detector RECIPE [--set key=value ...]  " +
    "[--subnet FILE] [--input 3x224x224] [--latency [--runtime libtorch|onnxruntime]] [--json]",
  options,
  positionals: 0,
  async run(values) {
    const runtime = parseRuntime(values.runtime);
    if (runtime !== undefined && !values.latency) {
      throw usageError("--runtime says how to measure: add --latency");
    }
    const subject = await subjectOf(values);
    const { space, title } = subject;
    const input = subject.input.join("x");
    const figuresOf = async (subnet: Subnet): Promise<Figures> => {
      const { name: _, children, ...resources } = await subject.cost(subnet);
      return {
        ...resources,
        modules: children,
        ...(values.latency && { latency: await subject.latency(subnet, runtime ?? "libtorch") }),
      };
    };
    if (values.subnet !== undefined) {
      const figures = await figuresOf(readSubnetFile(space, values.subnet));
      if (values.json) printJson({ ...figures, input: subject.input });
      else {
        print(`${title}, ${values.subnet}; input ${input}: ${totals(figures)}`);
        print(row("", "parameters", "FLOPs", "activations", "memory"));
        for (const module of figures.modules ?? []) for (const line of tree(module)) print(line);
      }
      return;
    }
    const { smallest, largest } = extremeSubnets(space, subject.flops);
    const [{ modules: _l, ...min }, { modules: _g, ...max }] = [
      await figuresOf(smallest),
      await figuresOf(largest),
    ];
    const subnets = String(spaceSize(space));
    if (values.json) printJson({ ...max, input: subject.input, space: space.name, subnets, min, max });
    else {
      print(`${title}: ${subnets} subnets; input ${input}`);
      print(`  least  ${totals(min)}`);
      print(`  most   ${totals(max)}`);
    }
  },
};

type Figures = Omit<Cost, "name" | "children"> & {
  readonly modules?: readonly Cost[] | undefined;
  readonly latency?: MeasuredLatency;
};

async function subjectOf(values: Values<typeof options>): Promise<Subject> {
  const { space, classifier, detector, backbone, set } = values;
  const input = values.input === undefined ? undefined : parseInput(values.input);
  const option = classifier === undefined ? "--detector" : "--classifier";
  const name = classifier ?? detector;
  if (name !== undefined) {
    if (space !== undefined || backbone) {
      throw usageError(`${option} has the space of its recipe: leave --space and --backbone away`);
    }
    if (classifier !== undefined && detector !== undefined) {
      throw usageError("--classifier and --detector: give one of them");
    }
    const recipe = withSettings(await loadRecipe(name), set ?? []);
    if (classifier !== undefined) return recipeClassifierSubject(recipe, input);
    if (recipe.task === "detection") return detectorSubject(recipe, input);
    throw usageError(`--detector ${name}: a recipe for ${recipe.task} has none: take --classifier ${name}`);
  }
  if (set !== undefined) throw usageError("--set changes a recipe: name one by --classifier or --detector");
  if (space === undefined)
    throw usageError("--space is missing: a name that supernet spaces lists, or a file");
  const subject = backbone ? backboneSubject : classifierSubject;
  const opened = await openSpaceNamed(space);
  const side = opened.imageSize ?? 224;
  return subject(opened, input ?? [3, side, side]);
}

function totals({ params, flops, macs, activations, memory, latency }: Figures): string {
  const sizes = [
    `${short(params)} parameters`,
    `${short(flops)} FLOPs (${short(macs)} multiply-accumulates without normalisation)`,
    `${short(activations)} activations`,
    `${short(memory)}B of memory`,
  ].join(", ");
  if (!latency) return sizes;
  const { median, p95, runs, batch, threads, device, engine } = latency;
  return `${sizes}, ${median.toFixed(1)} ms (95 % within ${p95.toFixed(1)} ms; batch ${batch}, ${threads} thread${threads === 1 ? "" : "s"}, ${device}, ${engine}, ${runs} runs)`;
}

const row = (name: string, ...figures: readonly string[]): string =>
  `${name.padEnd(34)}${figures.map((figure) => figure.padStart(13)).join("")}`;

function* tree(cost: Cost, depth = 0): Generator<string> {
  const { params, flops, activations, memory } = cost;
  const figures = [short(params), short(flops), short(activations), `${short(memory)}B`];
  yield row(`${"  ".repeat(depth)}${cost.name}`, ...figures);
  for (const child of depth < 1 ? (cost.children ?? []) : []) yield* tree(child, depth + 1);
}
