import { nearest, requireArray, requireObject, UserError } from "@supernet/base";

/** Bounds on one resource, both inclusive; a side left out is open. */
export interface Range {
  readonly min?: number;
  readonly max?: number;
}

/** Bounds on any of the resources that `measure` gives: `{ flops: { max: 330e6 }, params: { min: 2e6 } }`. */
export type Constraints = Readonly<Record<string, Range>>;

/** What a subnet needs, by resource name: `{ params, macs, flops }`, or anything else that can be measured. */
export type Measurements = Readonly<Record<string, number>>;

/**
 * How far measurements lie outside the constraints: 0 where all are met, otherwise the sum over resources of the
 * excess divided by the bound. Comparable across resources, so that a search can descend on it.
 */
export function violation(constraints: Constraints, measurements: Measurements): number {
  requireObject("violation: constraints", constraints);
  requireObject("violation: measurements", measurements);
  let total = 0;
  for (const [name, { min = -Infinity, max = Infinity }] of Object.entries(constraints)) {
    const value = measurements[name]!;
    if (value > max) total += (value - max) / (Math.abs(max) || 1);
    else if (value < min) total += (min - value) / (Math.abs(min) || 1);
    else if (Number.isNaN(value)) total = Infinity;
  }
  return total;
}

/** @throws UserError where a constraint names no resource, or its range holds no number */
export function checkConstraints(constraints: Constraints, resources: readonly string[]): void {
  requireObject("checkConstraints: constraints", constraints);
  requireArray("checkConstraints: resources", resources);
  for (const [name, range] of Object.entries(constraints)) {
    if (!resources.includes(name)) {
      const guess = nearest(name, resources);
      const mend = guess === undefined ? "" : `, did you mean ${guess}?`;
      throw new UserError(`unknown resource ${name} in constraints${mend}; valid: ${resources.join(", ")}`);
    }
    const { min = -Infinity, max = Infinity } = range;
    if (!(min <= max)) {
      throw new UserError(
        `constraint ${describeRange(name, range)} holds for no number: min must not be above max`,
      );
    }
  }
}

/** A constraint in words: "flops between 1000000 and 2000000", "params at most 3000000". */
export function describeRange(name: string, range: Range): string {
  requireObject("describeRange: range", range);
  const { min, max } = range;
  if (min !== undefined && max !== undefined) return `${name} between ${min} and ${max}`;
  if (max !== undefined) return `${name} at most ${max}`;
  return min === undefined ? `${name} unbounded` : `${name} at least ${min}`;
}
