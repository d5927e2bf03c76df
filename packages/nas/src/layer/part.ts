import { callable, requireObject, requireString } from "@supernet/base";
import { z } from "zod";
import { allSubnets, type Space, type Subnet } from "../space/space.js";
import type { Layer } from "./layer.js";
import { requireLayers } from "./require.js";

/**
 * One stretch of a network, in order of execution, whose layers are settled by few decisions.
 *
 * A size that is derived from decisions (heads x 64), or a block that the chosen depth leaves out, names every
 * decision it depends on; `layer` is handed those alone, and is pure.
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
 * - `separate`: each has its own, a choice block (Guo et al., "Single Path One-Shot NAS", 2020).
 * - `entangled`: each is a slice of the largest, the leading channels and the middle of the kernel (Cai et al.,
 *   "Once-for-all", 2020; Chen et al., "AutoFormer", 2021). Candidates differ in channels, kernels, heads and scales alone, or
 *   are `identity` where the chosen depth leaves the part out.
 * - `{ separate: [decisions] }`: both. The choices of the decisions that are listed have weights of their own, and each
 *   of these is entangled over the part's other decisions: a choice block of elastic candidates. "separate" lists all of
 *   them, "entangled" none.
 */
export type Sharing = "separate" | "entangled" | { readonly separate: readonly string[] };

/** Schema of a part as far as its cost depends on it. */
export const costedPartSchema = z.looseObject({
  name: z.string().min(1),
  decisions: z.array(z.string()),
  layer: callable,
});

export const partSchema = z.strictObject({
  ...costedPartSchema.shape,
  sharing: z.union([z.enum(["separate", "entangled"]), z.strictObject({ separate: z.array(z.string()) })]),
});

/** The decisions of a part whose choices have weights of their own. */
export function separateDecisions(part: Pick<Part, "decisions" | "sharing">): readonly string[] {
  requireObject("separateDecisions: part", part);
  const { decisions, sharing } = part;
  if (sharing === "entangled") return [];
  return sharing === "separate" ? decisions : sharing.separate;
}

/** A part that is the same in every subnet; its weights are sliced where the channels that come in vary. */
export function fixedPart(name: string, layer: Layer): Part {
  requireString("fixedPart: name", name);
  requireLayers("fixedPart", { layer });
  return { name, decisions: [], layer: () => layer, sharing: "entangled" };
}

/** The choices that a part depends on, out of a subnet. */
export function choicesOf({ name, decisions }: Pick<Part, "name" | "decisions">, subnet: Subnet): Subnet {
  return Object.fromEntries(
    decisions.map((decision) => {
      const choice = subnet[decision];
      if (choice === undefined) throw new RangeError(`${name}: the subnet has no choice for ${decision}`);
      return [decision, choice];
    }),
  );
}

/** The layer of a part in a subnet. */
export function layerOf(part: Omit<Part, "sharing">, subnet: Subnet): Layer {
  const choices = choicesOf(part, subnet);
  const layer: Layer | undefined = part.layer(choices);
  if (layer === undefined) {
    throw new RangeError(`${part.name}: its layer function gives nothing for ${JSON.stringify(choices)}`);
  }
  return layer;
}

/** Every combination of the choices that a part depends on. */
export function allChoices(space: Space, part: Part): Subnet[] {
  const decisions = part.decisions.map((name) => space.decisions.find((decision) => decision.name === name)!);
  return [...allSubnets({ name: part.name, decisions })];
}

/** The layer of every combination of the choices that a part depends on. */
export function candidatesOf(space: Space, part: Part): Layer[] {
  return allChoices(space, part).map((choices) => layerOf(part, choices));
}
