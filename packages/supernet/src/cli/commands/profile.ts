import { readFileSync } from "node:fs";
import {
  type Cost,
  classifierParts,
  createEstimator,
  extremeSubnets,
  type NetworkSpace,
  parseSubnet,
  type Resources,
  type Subnet,
  spaceSize,
} from "@supernet/nas";
import type { Latency } from "@supernet/nas/supernet";
import { UserError } from "@supernet/torch/errors";
import { fileError } from "@supernet/torch/files";
import { openSpaceNamed } from "../../recipe/open-space.js";
import type { Command } from "../arguments.js";
import { print, printJson, short } from "../output.js";

const options = {
  space: { type: "string" },
  subnet: { type: "string" },
  input: { type: "string" },
  latency: { type: "boolean" },
  json: { type: "boolean" },
} as const;

/** Of ImageNet, by which the field publishes its figures. */
const CLASSES = 1000;

export const profile: Command<typeof options> = {
  name: "profile",
  summary:
    "Parameters, FLOPs, activations and memory of a subnet, module by module; without --subnet of the smallest " +
    "and the largest. " +
    "--latency adds the milliseconds that one image takes on this machine.",
  usage: "--space NAME|FILE [--subnet FILE] [--input 3x224x224] [--latency] [--json]",
  options,
  positionals: 0,
  async run(values) {
    const space = await requireSpace(values.space);
    const input = parseInput(values.input ?? "3x224x224");
    const estimator = createEstimator("classifier", classifierParts(space, CLASSES), input);
    const latencyOf = async (subnet: Subnet): Promise<{ latency?: Latency }> =>
      values.latency ? { latency: await measureSubnet(space, subnet, input) } : {};
    if (values.subnet === undefined) {
      const { least, greatest } = extremeSubnets(space, (subnet) => estimator.measure(subnet).flops);
      const range = {
        min: { ...estimator.measure(least), ...(await latencyOf(least)) },
        max: { ...estimator.measure(greatest), ...(await latencyOf(greatest)) },
      };
      const subnets = String(spaceSize(space));
      if (values.json) printJson({ ...range.max, input, space: space.name, subnets, ...range });
      else {
        print(`${space.name}: ${spaceSize(space)} subnets; input ${input.join("x")}`);
        print(`  least  ${totals(range.min)}`);
        print(`  most   ${totals(range.max)}`);
      }
      return;
    }
    const subnet = readSubnetFile(space, values.subnet);
    const cost = estimator.profile(subnet);
    const total = { ...estimator.measure(subnet), ...(await latencyOf(subnet)) };
    if (values.json) printJson({ ...total, input, modules: cost });
    else {
      print(`${space.name}, ${values.subnet}; input ${input.join("x")}: ${totals(total)}`);
      for (const line of tree(cost)) print(line);
    }
  },
};

function requireSpace(name: string | undefined): Promise<NetworkSpace> {
  if (name !== undefined) return openSpaceNamed(name);
  throw new UserError("--space is missing: a name that supernet spaces lists, or a file", { exitCode: 2 });
}

function parseInput(text: string): number[] {
  const sizes = text.split("x").map(Number);
  if (sizes.length !== 3 || !sizes.every((size) => Number.isSafeInteger(size) && size > 0)) {
    throw new UserError(`--input ${text}: expected CHANNELSxHEIGHTxWIDTH, such as 3x224x224`, {
      exitCode: 2,
    });
  }
  if (sizes[0] !== 3) throw new UserError(`--input ${text}: the network takes 3 channels`, { exitCode: 2 });
  return sizes;
}

function readSubnetFile(space: NetworkSpace, path: string): Subnet {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw fileError("read", path, error);
  }
  return parseSubnet(space, text, path);
}

// Estimates come from shapes alone: only a measurement loads the engine.
async function measureSubnet(space: NetworkSpace, subnet: Subnet, input: number[]): Promise<Latency> {
  const { measureLatency, SpaceClassifier } = await import("@supernet/nas/supernet");
  return measureLatency(new SpaceClassifier(space, CLASSES, subnet), input);
}

function totals(total: Resources & { readonly latency?: Latency }): string {
  const { params, flops, macs, activations, memory, latency } = total;
  const sizes = [
    `${short(params)} parameters`,
    `${short(flops)} FLOPs (${short(macs)} multiply-accumulates without normalisation)`,
    `${short(activations)} activations`,
    `${short(memory)}B of memory`,
  ].join(", ");
  if (!latency) return sizes;
  const { median, p95, runs, batch, threads, device } = latency;
  return `${sizes}, ${median.toFixed(1)} ms (95 % within ${p95.toFixed(1)} ms; batch ${batch}, ${threads} thread${threads === 1 ? "" : "s"}, ${device}, ${runs} runs)`;
}

function* tree(cost: Cost, depth = 0): Generator<string> {
  const name = `${"  ".repeat(depth)}${cost.name}`;
  yield `${name.padEnd(34)} ${short(cost.params).padStart(12)} ${short(cost.flops).padStart(12)}`;
  for (const child of depth < 2 ? (cost.children ?? []) : []) yield* tree(child, depth + 1);
}
