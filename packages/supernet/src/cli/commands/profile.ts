import { UserError } from "@supernet/base";
import { type Cost, extremeSubnets, type Subnet } from "@supernet/nas";
import { inputText } from "../../network/by-input.js";
import type { ImageShape } from "../../network/model.js";
import { backboneModel, classifierModel } from "../../network/space-models.js";
import { sizeOf, sizeText } from "../../network/space-size.js";
import { readSubnetFile } from "../../network/subnet-file.js";
import { type MeasuredLatency, profileSubject, type Subject } from "../../profile/subject.js";
import { openSpace, spaceNamed } from "../../recipe/open-space.js";
import { openRun } from "../../recipes/load.js";
import { networksOf } from "../../task/run-context.js";
import type { ProfiledNetwork } from "../../task/task.js";
import { type Command, usageError, type Values } from "../arguments.js";
import {
  inputOption,
  jsonOption,
  parseInput,
  parseRuntime,
  recipeOption,
  recipeOptions,
  runtimeOption,
  setOption,
  spaceOption,
} from "../options.js";
import { formatCount, print, printJson } from "../output.js";

const options = {
  space: spaceOption,
  backbone: { type: "boolean", description: "Profile the backbone of --space instead of its classifier" },
  ...recipeOptions,
  network: {
    type: "string",
    argument: "NAME",
    description: "Network of --recipe: classifier or detector",
    default: "the first one",
    values: ["classifier", "detector"],
  },
  set: setOption,
  subnet: {
    type: "string",
    argument: "FILE",
    description: "Subnet to profile",
    default: "the smallest and the largest",
    values: "files",
  },
  input: { ...inputOption, default: "the recipe's image size, or 3x224x224" },
  latency: { type: "boolean", description: "Also measure the latency of one image on this machine" },
  runtime: { ...runtimeOption, default: "libtorch" },
  json: jsonOption,
} as const;

export const profile: Command<typeof options> = {
  name: "profile",
  summary: "Print the parameters, FLOPs, activations and memory of a subnet",
  description:
    "Profiles the classifier of a space with 1000 classes, its backbone, or a network of a recipe. With --subnet, the " +
    "costs are listed by module.",
  usage: "(--space SPACE | --recipe RECIPE)",
  options,
  positionals: [],
  examples: [
    "supernet profile --space elastic-mobilenet",
    "supernet profile --space mobilenetv2 --backbone --subnet subnet.yaml --json",
    "supernet profile --recipe detnas-quickstart --network detector --latency",
  ],
  async run(values) {
    const runtime = parseRuntime(values.runtime);
    if (runtime !== undefined && !values.latency) {
      throw usageError("--runtime selects the runtime of --latency: add --latency");
    }
    const subject = profileSubject(await resolveSubject(values));
    const measure = async (subnet: Subnet): Promise<SubnetProfile> => {
      const { name: _, children, ...resources } = await subject.cost(subnet);
      const latency = values.latency && (await subject.latency(subnet, runtime ?? "libtorch"));
      const input = subject.inputOf(subnet);
      return { modules: children, input, metrics: { ...resources, ...(latency && { latency }) } };
    };
    const json = values.json === true;
    if (values.subnet === undefined) return profileExtremes(subject, measure, json);
    const profiled = await measure(readSubnetFile(subject.space, values.subnet));
    printSubnet(subject, profiled, { file: values.subnet, json });
  },
};

/** Cost of a subnet. */
type SubnetMetrics = Omit<Cost, "name" | "children"> & { readonly latency?: MeasuredLatency };

interface SubnetProfile {
  readonly input: ImageShape;
  readonly metrics: SubnetMetrics;
  readonly modules: readonly Cost[] | undefined;
}

/** Profiles the smallest and the largest subnet of a space. */
async function profileExtremes(
  { title, space, inputOf, flops }: Subject,
  measure: (subnet: Subnet) => Promise<SubnetProfile>,
  json: boolean,
): Promise<void> {
  const { smallest, largest } = extremeSubnets(space, flops);
  const profiled = async (subnet: Subnet) => {
    const { metrics, input } = await measure(subnet);
    return { ...metrics, input };
  };
  const min = await profiled(smallest);
  const max = await profiled(largest);
  const size = sizeOf(space);
  if (json) {
    const subnets = { [size.exact ? "subnets" : "maxSubnets"]: String(size.subnets) };
    printJson({ ...max, space: space.name, ...subnets, min, max });
    return;
  }
  print(`${title}: ${sizeText(size)} subnets; input ${inputText(space, inputOf)}`);
  print(`  min  ${formatTotals(min)}`);
  print(`  max  ${formatTotals(max)}`);
}

function printSubnet(
  { title }: Subject,
  { input, metrics, modules }: SubnetProfile,
  { file, json }: { readonly file: string; readonly json: boolean },
): void {
  if (json) {
    const { latency, ...resources } = metrics;
    printJson({ ...resources, modules, latency, input });
    return;
  }
  print(`${title}, ${file}; input ${input.join("x")}: ${formatTotals(metrics)}`);
  print(formatRow("", "parameters", "FLOPs", "activations", "memory"));
  for (const module of modules ?? []) for (const line of formatModuleTree(module)) print(line);
}

/** Number of classes of ImageNet, for which papers report the cost of classifiers. */
const CLASSES = 1000;

/** Finds the network that the options name. */
async function resolveSubject(values: Values<typeof options>): Promise<ProfiledNetwork> {
  const { space: named, network, backbone, set } = values;
  const given = values.input === undefined ? undefined : parseInput(values.input);
  const recipe = recipeOption(values, true);
  if (recipe !== undefined) {
    if (named !== undefined || backbone) {
      throw usageError("--recipe has its own space: omit --space and --backbone");
    }
    const run = await openRun(recipe, set);
    const networks = networksOf(run).filter(({ profile }) => profile);
    const chosen = network === undefined ? networks[0] : networks.find(({ name }) => name === network);
    if (networks.length === 0) throw new UserError(`${run.recipe.name}: its task has no network to profile`);
    if (chosen === undefined) {
      const names = networks.map(({ name }) => name).join(" or ");
      throw usageError(`--network ${network}: ${run.recipe.name} has ${names}`);
    }
    const profiled = await chosen.profile!(run);
    return { ...profiled, ...(given && { inputOf: () => given }) };
  }
  if (set !== undefined || network !== undefined) {
    const option = set === undefined ? "--network" : "--set";
    throw usageError(`${option} is for a recipe: add --recipe`);
  }
  if (named === undefined)
    throw usageError("--space is missing: set it, or --recipe: see supernet profile --help");
  const space = await openSpace(spaceNamed(named));
  const model = backbone ? backboneModel(space) : classifierModel(space, CLASSES);
  const side = space.imageSize ?? 224;
  const input = given ?? ([3, side, side] as const);
  return { title: `${model.name} of ${space.name}`, model, inputOf: () => input };
}

function formatTotals({ params, flops, macs, activations, memory, latency }: SubnetMetrics): string {
  const sizes = [
    `${formatCount(params)} parameters`,
    `${formatCount(flops)} FLOPs (${formatCount(macs)} multiply-accumulates without normalization)`,
    `${formatCount(activations)} activations`,
    `${formatCount(memory)}B of memory`,
  ].join(", ");
  if (!latency) return sizes;
  const { median, p95, runs, batch, threads, device, engine } = latency;
  const conditions = [
    `95 % within ${p95.toFixed(1)} ms; batch ${batch}`,
    `${threads} thread${threads === 1 ? "" : "s"}`,
    device,
    engine,
    `${runs} runs`,
  ].join(", ");
  return `${sizes}, ${median.toFixed(1)} ms (${conditions})`;
}

const formatRow = (name: string, ...cells: readonly string[]): string =>
  `${name.padEnd(34)}${cells.map((cell) => cell.padStart(13)).join("")}`;

/** Formats the cost of a module and of its children, one per line. */
function* formatModuleTree(cost: Cost, depth = 0): Generator<string> {
  const { params, flops, activations, memory } = cost;
  const cells = [
    formatCount(params),
    formatCount(flops),
    formatCount(activations),
    `${formatCount(memory)}B`,
  ];
  yield formatRow(`${"  ".repeat(depth)}${cost.name}`, ...cells);
  for (const child of depth < 1 ? (cost.children ?? []) : []) yield* formatModuleTree(child, depth + 1);
}
