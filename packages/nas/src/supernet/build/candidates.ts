import { requireArray, requireInteger, UserError } from "@supernet/base";
import type { nn } from "@supernet/torch";
import type { Layer } from "../../layer/layer.js";

/** Layer of the given kind. */
export type LayerOf<Kind extends Layer["kind"]> = Extract<Layer, { readonly kind: Kind }>;

/** Minimum and maximum number of channels over all subnets. */
export interface ChannelRange {
  readonly min: number;
  readonly max: number;
}

/** Module that can run any of several candidates of a layer, one at a time. */
export interface Built {
  readonly module: nn.Layer;
  readonly output: ChannelRange;
  /** Selects the candidate that runs and its number of input channels. Undefined if there is only one candidate. */
  readonly activate?: ((layer: Layer, input: number) => void) | undefined;
}

/** Returns the range of a number of channels that is the same in all subnets. */
export function fixedChannels(channels: number): ChannelRange {
  requireInteger("fixedChannels: channels", channels, { min: 0 });
  return { min: channels, max: channels };
}

export const varies = ({ min, max }: ChannelRange): boolean => min !== max;

/** Returns the range of the numbers of channels of several subnets. */
export function channelRange(numbers: readonly number[]): ChannelRange {
  requireArray("channelRange: numbers", numbers);
  return { min: Math.min(...numbers), max: Math.max(...numbers) };
}

export function sum(parts: readonly ChannelRange[]): ChannelRange {
  return {
    min: parts.reduce((total, { min }) => total + min, 0),
    max: parts.reduce((total, { max }) => total + max, 0),
  };
}

/** Returns the candidates without duplicates. */
export function uniqueLayers(layers: readonly Layer[]): Layer[] {
  return [...new Map(layers.map((layer) => [JSON.stringify(layer), layer])).values()];
}

/** @throws UserError if a layer is of another kind */
export function requireKind<Kind extends Layer["kind"]>(
  path: string,
  layer: Layer,
  kind: Kind,
): LayerOf<Kind> {
  if (isKind(layer, kind)) return layer;
  throw mismatch(path, `${kind} and ${layer.kind}`);
}

function isKind<Kind extends Layer["kind"]>(layer: Layer, kind: Kind): layer is LayerOf<Kind> {
  return layer.kind === kind;
}

/** Returns the value that all candidates have in common. */
export function commonValue<T>(path: string, what: string, values: readonly T[]): T {
  const [first, ...others] = [...new Set(values)];
  if (others.length > 0) throw mismatch(path, `${what} ${[first, ...others].join(" and ")}`);
  return first!;
}

export function mismatch(path: string, difference: string): UserError {
  return new UserError(
    `${path}: candidates that share weights differ in ${difference}: they may differ only in channels, ` +
      'kernels, heads and scales; for anything else, set the sharing of the part to "separate"',
  );
}
