import { callable, nearest, requireObject, requireString, UserError } from "@supernet/base";
import { z } from "zod";
import { allSubnets, type Space, type Subnet } from "../space/space.js";
import type { Layer } from "./layer.js";
import { requireLayers } from "./require.js";

/**
 * A section of a network whose layer depends on a few decisions.
 *
 * `decisions` must name every decision that the layer depends on. This includes decisions that only influence a derived
 * size (heads x 64), and a depth that omits the part. `layer` receives only these choices and must be pure.
 */
export interface Part {
  /** Path of its module: "stem", "layers.0.0". */
  readonly name: string;
  readonly decisions: readonly string[];
  readonly layer: (choices: Subnet) => Layer;
  readonly sharing: Sharing;
}

/**
 * How the candidates of a part share weights in a supernet.
 *
 * - `separate`: each candidate has its own weights, as in a choice block (Guo et al., "Single Path One-Shot NAS", 2020,
 *   https://arxiv.org/abs/1904.00420).
 * - `entangled`: each candidate is a slice of the largest one: the leading channels and the center of the kernel (Cai
 *   et al., "Once-for-All", 2020, https://arxiv.org/abs/1908.09791; Chen et al., "AutoFormer", 2021,
 *   https://arxiv.org/abs/2107.00651). Candidates differ only in channels, kernels, heads, scales and the size of the
 *   image, or are `identity` if the chosen depth omits the part.
 * - `{ separate: [decisions] }`: both. Each choice of the listed decisions has its own weights, which are entangled
 *   over the part's other decisions. "separate" lists all decisions, "entangled" none.
 */
export type Sharing = "separate" | "entangled" | { readonly separate: readonly string[] };

/** Schema of the fields of a part that its cost depends on. */
export const costedPartSchema = z.looseObject({
  name: z.string().min(1),
  decisions: z.array(z.string()),
  layer: callable,
});

export const partSchema = z.strictObject({
  ...costedPartSchema.shape,
  sharing: z.union([z.enum(["separate", "entangled"]), z.strictObject({ separate: z.array(z.string()) })]),
});

/** First parts of the networks of spaces. A part does not say what its input is. */
const imageParts = new WeakSet<object>();

/** Records that the input of a part is an image. */
export const markImageInput = (part: Part): void => void imageParts.add(part);

/** Returns whether the input of a network made of `parts` is an image of a space. */
export const hasImageInput = ([first]: readonly Omit<Part, "sharing">[]): boolean =>
  first !== undefined && imageParts.has(first);

/** Returns the decisions of a part whose choices have separate weights. */
export function separateDecisions(part: Pick<Part, "decisions" | "sharing">): readonly string[] {
  requireObject("separateDecisions: part", part);
  const { decisions, sharing } = part;
  if (sharing === "entangled") return [];
  return sharing === "separate" ? decisions : sharing.separate;
}

/**
 * Creates a part that is the same in every subnet. Its weights are sliced if the number of input channels varies.
 *
 * @example
 * fixedPart("stem", sequential(conv2d(16, 3, { stride: 2 }), batchNorm2d(), relu()));
 */
export function fixedPart(name: string, layer: Layer): Part {
  requireString("fixedPart: name", name);
  requireLayers("fixedPart", { layer });
  return { name, decisions: [], layer: () => layer, sharing: "entangled" };
}

/** Returns the choices of a subnet that a part depends on. */
export function choicesOf({ name, decisions }: Pick<Part, "name" | "decisions">, subnet: Subnet): Subnet {
  return Object.fromEntries(
    decisions.map((decision) => {
      const choice = subnet[decision];
      if (choice === undefined) throw new RangeError(`${name}: the subnet has no choice for ${decision}`);
      return [decision, choice];
    }),
  );
}

/**
 * Returns the layer of a part in a subnet.
 *
 * @throws UserError naming the part and the choices that its layer function read if it passes a wrong value to a layer
 */
export function layerOf(part: Omit<Part, "sharing">, subnet: Subnet): Layer {
  const choices = choicesOf(part, subnet);
  let layer: Layer | null | undefined;
  try {
    layer = part.layer(choices);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const read = describeReads(part, choices);
    throw new UserError(`${part.name}: ${error.message}${read && `; its layer function read ${read}`}`, {
      cause: error,
    });
  }
  if (typeof layer?.kind !== "string") {
    throw new RangeError(`${part.name}: its layer function returns ${layer} for ${JSON.stringify(choices)}`);
  }
  return layer;
}

/**
 * Describes the choices that a part's layer function reads until it throws: `width = "large", kernel = 3`. Calls the
 * function again, which is pure.
 */
function describeReads(part: Omit<Part, "sharing">, choices: Subnet): string {
  const read = new Set<string>();
  const recorded = new Proxy(choices, {
    get(target, key) {
      if (typeof key === "string") read.add(key);
      return Reflect.get(target, key);
    },
  });
  try {
    part.layer(recorded);
  } catch {
    // The first call threw it, too.
  }
  const describe = (name: string): string => {
    if (Object.hasOwn(choices, name)) return `${name} = ${JSON.stringify(choices[name])}`;
    const guess = nearest(name, part.decisions);
    return `${name}, which is not in its decisions${guess === undefined ? "" : ` (did you mean ${guess}?)`}`;
  };
  return [...read].map(describe).join(", ");
}

/**
 * Generates every combination of the choices that a part depends on.
 *
 * @param chosen choices that are fixed. Default: none
 */
export function allChoices(
  space: Space,
  part: Pick<Part, "name" | "decisions">,
  chosen: Subnet = {},
): Iterable<Subnet> {
  const decisions = part.decisions.map((name) => {
    const { choices } = space.decisions.find((decision) => decision.name === name)!;
    const before = chosen[name];
    return { name, choices: before === undefined ? choices : [before] };
  });
  return allSubnets({ name: part.name, decisions });
}

/** Returns the part's layer for every combination of the choices that it depends on. */
export function candidatesOf(space: Space, part: Part): Layer[] {
  return Array.from(allChoices(space, part), (choices) => layerOf(part, choices));
}
