import { UserError } from "@supernet/base";
import type { nn } from "@supernet/torch";
import type { Layer } from "../layer/layer.js";

/** The layers of one kind. */
export type LayerOf<Kind extends Layer["kind"]> = Extract<Layer, { readonly kind: Kind }>;

/** How many channels there are, over all subnets. */
export interface Channels {
  readonly least: number;
  readonly most: number;
}

/** A module that is several candidates of a layer, one at a time. */
export interface Built {
  readonly module: nn.Layer;
  readonly output: Channels;
  /** Makes the module one of its candidates, for so many input channels; absent where there is one alone. */
  readonly activate?: ((layer: Layer, input: number) => void) | undefined;
}

export const exactly = (channels: number): Channels => ({ least: channels, most: channels });

export const varies = ({ least, most }: Channels): boolean => least !== most;

export function span(numbers: readonly number[]): Channels {
  return { least: Math.min(...numbers), most: Math.max(...numbers) };
}

export function sum(parts: readonly Channels[]): Channels {
  return {
    least: parts.reduce((total, { least }) => total + least, 0),
    most: parts.reduce((total, { most }) => total + most, 0),
  };
}

/** Candidates without those that are there already. */
export function different(layers: readonly Layer[]): Layer[] {
  return [...new Map(layers.map((layer) => [JSON.stringify(layer), layer])).values()];
}

/** @throws UserError where a layer is of another kind */
export function ofKind<Kind extends Layer["kind"]>(path: string, layer: Layer, kind: Kind): LayerOf<Kind> {
  if (isKind(layer, kind)) return layer;
  throw mismatch(path, `${kind} and ${layer.kind}`);
}

function isKind<Kind extends Layer["kind"]>(layer: Layer, kind: Kind): layer is LayerOf<Kind> {
  return layer.kind === kind;
}

/** The value that all candidates have in common. */
export function agreed<T>(path: string, what: string, values: readonly T[]): T {
  const [first, ...others] = [...new Set(values)];
  if (others.length > 0) throw mismatch(path, `${what} ${[first, ...others].join(" and ")}`);
  return first!;
}

export function mismatch(path: string, difference: string): UserError {
  return new UserError(
    `${path}: candidates that share weights differ in ${difference}: let them differ in channels, kernels, heads and scales ` +
      "alone, or give them weights of their own by the part's sharing",
  );
}
