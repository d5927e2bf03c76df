import { type Cost, extremeSubnets, type Subnet, spaceSize } from "@supernet/nas";
import { backboneModel, classifierModel } from "../../network/space-models.js";
import { type MeasuredLatency, profileSubject } from "../../profile/subject.js";
import { openSpaceNamed } from "../../recipe/open-space.js";
import { openRun } from "../../recipes/load.js";
import { readSubnetFile } from "../../search/found-subnet.js";
import type { ProfiledNetwork } from "../../task/task.js";
import { type Command, usageError, type Values } from "../arguments.js";
import { parseInput } from "../input-size.js";
import { formatCount, print, printJson } from "../output.js";
import { recipeOption, recipeOptions } from "../recipe-option.js";
import { parseRuntime } from "../runtime-name.js";

const options = {
  space: { type: "string" },
  backbone: { type: "boolean" },
  ...recipeOptions,
  network: { type: "string" },
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
    "and the largest. Of a space's classifier with 1000 classes, of its backbone (--backbone), or of a network of a " +
    "recipe (--recipe, and --network: classifier or detector). --latency adds the milliseconds that one image takes " +
    "on this machine, in our own engine or, exported, in ONNX Runtime.",
  usage:
    "--space NAME|FILE [--backbone] | --recipe RECIPE [--network NAME] [--set key=value ...]  " +
    "[--subnet FILE] [--input 3x224x224] [--latency [--runtime libtorch|onnxruntime]] [--json]",
  options,
  positionals: 0,
  async run(values) {
    const runtime = parseRuntime(values.runtime);
    if (runtime !== undefined && !values.latency) {
      throw usageError("--runtime says how to measure: add --latency");
    }
    const subject = profileSubject(await profiledNetwork(values));
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
      print(`  min  ${totals(min)}`);
      print(`  max  ${totals(max)}`);
    }
  },
};

type Figures = Omit<Cost, "name" | "children"> & {
  readonly modules?: readonly Cost[] | undefined;
  readonly latency?: MeasuredLatency;
};

/** Classes of ImageNet, with which the field publishes its figures. */
const CLASSES = 1000;

async function profiledNetwork(values: Values<typeof options>): Promise<ProfiledNetwork> {
  const { space: named, network, backbone, set } = values;
  const given = values.input === undefined ? undefined : parseInput(values.input);
  const recipe = recipeOption(values);
  if (recipe !== undefined) {
    if (named !== undefined || backbone) {
      throw usageError("--recipe has a space of its own: omit --space and --backbone");
    }
    const run = await openRun(recipe, set);
    const known = run.task.networks.filter(({ profile }) => profile);
    const chosen = network === undefined ? known[0] : known.find(({ name }) => name === network);
    if (chosen === undefined) {
      const names = known.map(({ name }) => name).join(" or ");
      throw usageError(`--network ${network}: ${run.recipe.name} has ${names}`);
    }
    const profiled = await chosen.profile!(run);
    return { ...profiled, input: given ?? profiled.input };
  }
  if (set !== undefined || network !== undefined) {
    const option = set === undefined ? "--network" : "--set";
    throw usageError(`${option} is for a recipe: name one with --recipe`);
  }
  if (named === undefined)
    throw usageError("--space is missing: a name that supernet spaces lists, or a file; or name a --recipe");
  const space = await openSpaceNamed(named);
  const model = backbone ? backboneModel(space) : classifierModel(space, CLASSES);
  const side = space.imageSize ?? 224;
  return { title: `${model.name} of ${space.name}`, model, input: given ?? [3, side, side] };
}

function totals({ params, flops, macs, activations, memory, latency }: Figures): string {
  const sizes = [
    `${formatCount(params)} parameters`,
    `${formatCount(flops)} FLOPs (${formatCount(macs)} multiply-accumulates without normalisation)`,
    `${formatCount(activations)} activations`,
    `${formatCount(memory)}B of memory`,
  ].join(", ");
  if (!latency) return sizes;
  const { median, p95, runs, batch, threads, device, engine } = latency;
  return `${sizes}, ${median.toFixed(1)} ms (95 % within ${p95.toFixed(1)} ms; batch ${batch}, ${threads} thread${threads === 1 ? "" : "s"}, ${device}, ${engine}, ${runs} runs)`;
}

const row = (name: string, ...figures: readonly string[]): string =>
  `${name.padEnd(34)}${figures.map((figure) => figure.padStart(13)).join("")}`;

function* tree(cost: Cost, depth = 0): Generator<string> {
  const { params, flops, activations, memory } = cost;
  const figures = [
    formatCount(params),
    formatCount(flops),
    formatCount(activations),
    `${formatCount(memory)}B`,
  ];
  yield row(`${"  ".repeat(depth)}${cost.name}`, ...figures);
  for (const child of depth < 1 ? (cost.children ?? []) : []) yield* tree(child, depth + 1);
}
