import { readFileSync } from "node:fs";
import {
  type Cost,
  createEstimator,
  extremeSubnets,
  parseSubnet,
  type Subnet,
  shuffleNetV2ClassifierParts,
  spaceSize,
  sposShuffleNetV2,
} from "@supernet/nas";
import { nearest, UserError } from "@supernet/torch/errors";
import { fileError } from "@supernet/torch/files";
import type { Command } from "../arguments.js";
import { print, printJson, short } from "../output.js";

const options = {
  space: { type: "string" },
  subnet: { type: "string" },
  input: { type: "string" },
  json: { type: "boolean" },
} as const;

const spaces = { "spos-shufflenetv2": () => sposShuffleNetV2() } as const;

export const profile: Command<typeof options> = {
  name: "profile",
  summary:
    "Parameters and FLOPs of a subnet, module by module; without --subnet of the smallest and the largest.",
  usage: "--space NAME [--subnet FILE] [--input 3x224x224] [--json]",
  options,
  positionals: 0,
  async run(values) {
    const space = openSpace(values.space);
    const input = parseInput(values.input ?? "3x224x224");
    const estimator = createEstimator("classifier", shuffleNetV2ClassifierParts(space), input);
    if (values.subnet === undefined) {
      const { least, greatest } = extremeSubnets(space, (subnet) => estimator.measure(subnet).flops);
      const range = { min: estimator.measure(least), max: estimator.measure(greatest) };
      const subnets = String(spaceSize(space));
      if (values.json) printJson({ ...range.max, input, space: space.name, subnets, ...range });
      else {
        print(`${space.name}: ${spaceSize(space)} subnets; input ${input.join("x")}`);
        print(`  least  ${totals(range.min)}`);
        print(`  most   ${totals(range.max)}`);
      }
      return;
    }
    const cost = estimator.profile(readSubnetFile(space, values.subnet));
    if (values.json)
      printJson({ params: cost.params, flops: cost.flops, macs: cost.macs, input, modules: cost });
    else {
      print(`${space.name}, ${values.subnet}; input ${input.join("x")}: ${totals(cost)}`);
      for (const line of tree(cost)) print(line);
    }
  },
};

function openSpace(name: string | undefined): ReturnType<(typeof spaces)[keyof typeof spaces]> {
  const names = Object.keys(spaces);
  if (name === undefined)
    throw new UserError(`--space is missing: one of ${names.join(", ")}`, { exitCode: 2 });
  if (!Object.hasOwn(spaces, name)) {
    const near = nearest(name, names);
    throw new UserError(
      `unknown space ${name}: ${near ? `did you mean ${near}? ` : ""}there are ${names.join(", ")}`,
      {
        exitCode: 2,
      },
    );
  }
  return spaces[name as keyof typeof spaces]();
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

function readSubnetFile(space: Parameters<typeof parseSubnet>[0], path: string): Subnet {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw fileError("read", path, error);
  }
  return parseSubnet(space, text, path);
}

const totals = ({ params, flops, macs }: Omit<Cost, "name">): string =>
  `${short(params)} parameters, ${short(flops)} FLOPs (${short(macs)} multiply-accumulates without normalisation)`;

function* tree(cost: Cost, depth = 0): Generator<string> {
  const name = `${"  ".repeat(depth)}${cost.name}`;
  yield `${name.padEnd(34)} ${short(cost.params).padStart(12)} ${short(cost.flops).padStart(12)}`;
  for (const child of depth < 2 ? (cost.children ?? []) : []) yield* tree(child, depth + 1);
}
