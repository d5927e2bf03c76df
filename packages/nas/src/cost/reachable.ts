import { requireArray, requireInteger, requireObject, UserError } from "@supernet/base";
import type { Layer } from "../layer/layer.js";
import { allChoices, layerOf, type Part } from "../layer/part.js";
import type { Space, Subnet } from "../space/space.js";
import { checkSpace } from "../space/validate.js";
import { estimateLayer } from "./estimate.js";
import { checkNetwork, type Shape } from "./shape.js";

/** A layer of a space, with an input shape that occurs. */
export interface PlacedLayer {
  readonly layer: Layer;
  /** Shape of its input, without batch. */
  readonly input: Shape;
  /** Number of inputs that it runs on together, such as regions. Default: 1. */
  readonly batch?: number | undefined;
  /** First part that it is a candidate of. `choices` select it there. */
  readonly part: string;
  readonly choices: Subnet;
}

/** Maximum numbers of states between two parts, and of layers. Spaces with more are rejected. */
const MAX = { states: 100_000, layers: 10_000 };

/**
 * Returns every different pair of layer and input shape that occurs in some subnet, without `identity` layers.
 *
 * The result is exact: a decision that several parts depend on has one choice in all of them. The walk goes from part
 * to part with the input shapes, each with the choices that later parts depend on.
 *
 * @throws UserError if there are too many pairs, or too many choices that distant parts share
 */
export function reachableLayers(space: Space, parts: readonly Part[], input: Shape): PlacedLayer[] {
  checkSpace("reachableLayers", space);
  checkNetwork("reachableLayers", parts, input);
  const found = new Map<string, PlacedLayer>();
  let states = new Map<string, State>([["", { shape: input, chosen: {} }]]);
  for (const [i, part] of parts.entries()) {
    const later = new Set(parts.slice(i + 1).flatMap(({ decisions }) => decisions));
    const next = new Map<string, State>();
    const outputs = new Map<string, Shape>();
    for (const { shape, chosen } of states.values()) {
      for (const choices of allChoices(space, part, chosen)) {
        const layer = layerOf(part, choices);
        const key = layerKey(layer, shape);
        const output = outputs.get(key) ?? estimateLayer(layer, part.name, shape).output;
        outputs.set(key, output);
        if (layer.kind !== "identity" && !found.has(key)) {
          found.set(key, { layer, input: shape, part: part.name, choices });
        }
        const known = Object.entries({ ...chosen, ...choices }).filter(([decision]) => later.has(decision));
        next.set(JSON.stringify([output, known]), { shape: output, chosen: Object.fromEntries(known) });
        if (next.size > MAX.states || found.size > MAX.layers) throw tooMany(space, part);
      }
    }
    states = next;
  }
  return [...found.values()];
}

const tooMany = ({ name }: Space, part: Part): UserError =>
  new UserError(
    `space ${name}: up to part ${part.name} there are more than ${MAX.layers} pairs of layer and input shape, or ` +
      `${MAX.states} combinations of shapes and choices: too many for a latency table: use fewer choices`,
  );

/** Input shape of a part, and the earlier choices that this and later parts depend on. */
interface State {
  readonly shape: Shape;
  readonly chosen: Subnet;
}

/**
 * Returns a key that is equal for layers with equal content on inputs of equal shape, whatever the order of their keys.
 *
 * @param batch number of inputs that it runs on together. Default: 1.
 */
export function layerKey(layer: object, input: Shape, batch = 1): string {
  requireObject("layerKey: layer", layer);
  requireArray("layerKey: input", input);
  requireInteger("layerKey: batch", batch, { min: 1 });
  return `${JSON.stringify(layer, sortedKeys)} ${input.join("x")}${batch === 1 ? "" : ` in ${batch}`}`;
}

const sortedKeys = (_: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
