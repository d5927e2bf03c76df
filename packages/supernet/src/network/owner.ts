import { basename } from "node:path";
import { UserError } from "@supernet/base";
import { SPACES, type Subnet } from "@supernet/nas";
import { stringify } from "yaml";
import { z } from "zod";
import { hashSpace, openSpace } from "../recipe/open-space.js";
import type { SpaceRecipe } from "../recipe/space.js";

/** What weights belong to, as their file records it in its metadata. */
export interface WeightsOwner {
  readonly task: string;
  /** Kind of network, such as "classifier". */
  readonly network: string;
  readonly space: SpaceIdentity;
  /** Null for a supernet. */
  readonly subnet: Subnet | null;
  readonly trainedOn?: TrainedOn | undefined;
}

/** A space: its name, its settings if it is built in, and a digest of its layers. */
export interface SpaceIdentity {
  readonly name: string;
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  readonly sha256: string;
}

/** What the images of a training have in common with those that its network is used on. */
export interface TrainedOn {
  /** Names of the classes, in the order of the network's outputs. */
  readonly classes: readonly string[];
  /** Normalization of pixels, (value / 255 - mean) / std, for red, green and blue. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** Key of the owner in a file's metadata. */
export const OWNER_KEY = "supernet";

const numbers = z.array(z.number());

const ownerSchema = z.object({
  task: z.string(),
  network: z.string(),
  space: z.object({
    name: z.string(),
    settings: z.record(z.string(), z.unknown()).optional(),
    sha256: z.string(),
  }),
  subnet: z.record(z.string(), z.union([z.string(), z.number()])).nullable(),
  trainedOn: z.object({ classes: z.array(z.string()), mean: numbers, std: numbers }).optional(),
});

/**
 * Reads the owner in a file's metadata.
 * @returns undefined if the metadata has none, as in files of other projects
 * @throws UserError if it is damaged
 */
export function readOwner(
  metadata: Readonly<Record<string, string>>,
  path: string,
): WeightsOwner | undefined {
  const text = metadata[OWNER_KEY];
  if (text === undefined) return undefined;
  try {
    return ownerSchema.parse(JSON.parse(text)) as WeightsOwner;
  } catch {
    throw new UserError(`${path}: the metadata "${OWNER_KEY}" is damaged: copy the file again`);
  }
}

/**
 * Identifies the space of a recipe's networks. A space with fewer choices has the same networks, so its identity is that
 * of the whole space. Initial weights do not matter either.
 */
export async function spaceIdentity(recipe: SpaceRecipe): Promise<SpaceIdentity> {
  const { choices: _, ...whole } = recipe;
  if ("initialization" in whole) whole.initialization = "pytorch";
  const sha256 = hashSpace(await openSpace(whole));
  if (whole.name === "file") return { name: basename(whole.file), sha256 };
  const { name, ...settings } = whole;
  return { name, settings, sha256 };
}

/** What weights must belong to. Omitted parts are not compared. */
export type ExpectedOwner = Partial<Omit<WeightsOwner, "task">>;

/**
 * Checks that weights belong to a network. Files without an owner pass: the names and shapes of their tensors decide.
 * @param path path of the file, for the message
 * @throws UserError that names the first difference
 */
export function requireOwner(owner: WeightsOwner | undefined, expected: ExpectedOwner, path: string): void {
  const difference = owner && differenceOf(owner, expected);
  if (difference !== undefined) throw new UserError(`${path}: ${difference}`);
}

/** Describes the first difference; undefined if there is none. */
export function differenceOf(owner: WeightsOwner, expected: ExpectedOwner): string | undefined {
  const { network, space, subnet, trainedOn } = expected;
  if (network !== undefined && network !== owner.network)
    return `these are weights of a ${owner.network}, not of a ${network}: use another file`;
  if (space !== undefined && space.sha256 !== owner.space.sha256) return spaceDifference(owner.space, space);
  if (subnet !== undefined) {
    const other = subnetDifference(owner.subnet, subnet);
    if (other !== undefined) return other;
  }
  return trainedOn && owner.trainedOn && trainingDifference(owner.trainedOn, trainedOn);
}

function spaceDifference(own: SpaceIdentity, expected: SpaceIdentity): string {
  const used = `set space to ${spaceText(own)}`;
  if (own.name !== expected.name)
    return `these weights belong to the space ${own.name}, not to ${expected.name}: ${used}`;
  const keys = Object.keys({ ...own.settings, ...expected.settings });
  const key = keys.find((name) => !sameJson(own.settings?.[name], expected.settings?.[name]));
  if (key === undefined)
    return `these weights belong to another version of the space ${own.name}, whose layers differ: use a matching version`;
  const [a, b] = [own, expected].map(({ settings }) => JSON.stringify(settings?.[key]));
  return `these weights belong to the space ${own.name} with ${key} ${a}, not ${b}: ${used}`;
}

/** Returns a space as a recipe or `--space` names it, without settings that are defaults. */
export function spaceText({ name, settings = {} }: SpaceIdentity): string {
  const defaults = Object.hasOwn(SPACES, name)
    ? SPACES[name as keyof typeof SPACES].settings.parse({})
    : ({} as Record<string, unknown>);
  const changed = Object.entries(settings).filter(
    ([key, value]) => !sameJson(value, Reflect.get(defaults, key)),
  );
  if (changed.length === 0) return name;
  return stringify(
    { name, ...Object.fromEntries(changed) },
    { collectionStyle: "flow", lineWidth: 0 },
  ).trim();
}

function subnetDifference(own: Subnet | null, expected: Subnet | null): string | undefined {
  if (own === null) return expected === null ? undefined : "these are weights of a supernet, not of a subnet";
  if (expected === null) return "these are weights of a subnet, not of a supernet";
  const decision = Object.keys(expected).find((name) => name in own && own[name] !== expected[name]);
  if (decision === undefined) return undefined;
  return `these weights belong to another subnet, with ${decision} ${own[decision]}, not ${expected[decision]}: use its subnet file`;
}

function trainingDifference(own: TrainedOn, expected: TrainedOn): string | undefined {
  if (!sameJson(own.classes, expected.classes)) {
    const [n, m] = [own.classes.length, expected.classes.length];
    if (n !== m)
      return `these weights are for ${n} classes, but the data has ${m}: use the data that they are for`;
    const i = own.classes.findIndex((name, at) => name !== expected.classes[at]);
    const [a, b] = [own, expected].map(({ classes }) => JSON.stringify(classes[i]));
    return `class ${i} of these weights is ${a}, but the data has ${b}: use data with the same classes in the same order`;
  }
  const key = (["mean", "std"] as const).find((name) => !sameJson(own[name], expected[name]));
  if (key === undefined) return undefined;
  const [a, b] = [own, expected].map((side) => JSON.stringify(side[key]));
  return `these weights were trained with the normalization ${key} ${a}, not ${b}: set ${key} to the former`;
}

const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
