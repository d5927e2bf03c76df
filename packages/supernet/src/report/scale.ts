import type { FoundLatency } from "../latency/found.js";
import { isLatency } from "../recipe/search.js";

/** Linear map from values to pixels, with ticks at round numbers. */
export interface Scale {
  readonly ticks: readonly number[];
  /** Returns the position of a value, in pixels. */
  at(value: number): number;
}

/**
 * Creates a scale for values, from pixel `from` to pixel `to`.
 * @param values values to show; those that are not finite are ignored
 */
export function linearScale(values: readonly number[], from: number, to: number): Scale {
  const finite = values.filter(Number.isFinite);
  let low = finite.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  let high = finite.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (low > high) [low, high] = [0, 1];
  if (low === high) [low, high] = [low - Math.abs(low || 1) / 2, high + Math.abs(high || 1) / 2];
  const margin = (high - low) * 0.05;
  [low, high] = [low - margin, high + margin];
  const step = roundStep((high - low) / 5);
  const ticks: number[] = [];
  for (let k = Math.ceil(low / step); k * step <= high; k++) ticks.push(k * step);
  return { ticks, at: (value) => from + ((value - low) / (high - low)) * (to - from) };
}

/** Rounds to 1, 2 or 5 times a power of ten. */
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const lead = rough / power;
  return power * (lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10);
}

/** Formats a number for an axis, for example 0.05, 12 or 3.4 M. */
export function tidyNumber(value: number): string {
  const size = Math.abs(value);
  const unit =
    size >= 1e9
      ? ([1e9, " G"] as const)
      : size >= 1e6
        ? ([1e6, " M"] as const)
        : size >= 1e4
          ? ([1e3, " k"] as const)
          : undefined;
  return unit
    ? `${Number((value / unit[0]).toPrecision(4))}${unit[1]}`
    : String(Number(value.toPrecision(4)));
}

/** Formats a resource, with the unit if it is a latency. */
export const resourceText = (resource: string, value: number): string =>
  isLatency(resource) ? `${tidyNumber(value)} ms` : tidyNumber(value);

/** Formats a difference of scores in percentage points, with its sign. */
export const signedPoints = (value: number): string => `${value >= 0 ? "+" : ""}${(100 * value).toFixed(1)}`;

/** Describes the latency of a network of the found subnet in one line. */
export function latencyText({ network, predicted, measured, engine, threads }: FoundLatency): string {
  const found = measured === null ? "not measured on this machine" : `measured ${measured.toFixed(2)} ms`;
  const how = `${engine}, ${threads} thread${threads === 1 ? "" : "s"}, one image`;
  return `Latency of the ${network}: predicted ${predicted.toFixed(2)} ms, ${found} (${how})`;
}

/** Formats a score in percentage points. Returns a dash for a negative one, which means that there is no score. */
export const points = (value: number): string => (value < 0 ? "—" : (100 * value).toFixed(1));
