import { nearest, requireArray, requireObject, requireOptions, UserError } from "@supernet/base";

/** Inclusive bounds of one resource. Default: unbounded. */
export interface Range {
  readonly min?: number;
  readonly max?: number;
}

/** Bounds of resources that `measure` returns: `{ flops: { max: 330e6 }, params: { min: 2e6 } }`. */
export type Constraints = Readonly<Record<string, Range>>;

/** Measurements of a subnet by resource name: `{ params, macs, flops }`, or anything else. */
export type Measurements = Readonly<Record<string, number>>;

/**
 * Returns how far measurements are outside the constraints: 0 if all are met, otherwise the sum over resources of the
 * excess divided by the bound. It is comparable across resources, so a search can minimize it.
 *
 * @example
 * violation({ flops: { max: 100 } }, { flops: 150 }); // 0.5
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

/**
 * @throws UserError if a constraint names an unknown resource, or its range is empty
 * @throws TypeError if a range has an unknown option
 */
export function checkConstraints(constraints: Constraints, resources: readonly string[]): void {
  requireObject("checkConstraints: constraints", constraints);
  requireArray("checkConstraints: resources", resources);
  for (const [name, range] of Object.entries(constraints)) {
    if (!resources.includes(name)) {
      const guess = nearest(name, resources);
      const hint = guess === undefined ? "" : `, did you mean ${guess}?`;
      throw new UserError(`unknown resource ${name} in constraints${hint}; valid: ${resources.join(", ")}`);
    }
    requireOptions<Range>(`constraint ${name}`, range, ["min", "max"]);
    const { min = -Infinity, max = Infinity } = range;
    if (!(min <= max)) {
      throw new UserError(
        `constraint ${describeRange(name, range)} is empty: min and max must be numbers, and min at most max`,
      );
    }
  }
}

/** Returns a constraint in words: "flops between 1000000 and 2000000", "params at most 3000000". */
export function describeRange(name: string, range: Range): string {
  requireObject("describeRange: range", range);
  const { min, max } = range;
  if (min !== undefined && max !== undefined) return `${name} between ${min} and ${max}`;
  if (max !== undefined) return `${name} at most ${max}`;
  return min === undefined ? `${name} unbounded` : `${name} at least ${min}`;
}
