// Checks of arguments and options of public functions, for callers in plain JavaScript. `name` identifies the argument
// in the message, such as "SGD: lr". A wrong type is a TypeError, a value out of range a RangeError. Functions with
// many options, or with options from a recipe, check them with a schema: see parseOptions.

import { nearest } from "./errors.js";

/** Range of a number: `min` and `max` are inclusive, `above` and `below` are exclusive. */
export interface NumberRange {
  readonly min?: number;
  readonly max?: number;
  readonly above?: number;
  readonly below?: number;
}

/** @throws TypeError or RangeError if the value is not an integer within the range */
export function requireInteger(
  name: string,
  value: unknown,
  range: NumberRange = {},
): asserts value is number {
  if (typeof value !== "number") throw new TypeError(problem(name, `an integer${bounds(range)}`, value));
  if (!Number.isSafeInteger(value) || !isWithin(value, range))
    throw new RangeError(problem(name, `an integer${bounds(range)}`, value));
}

/** @throws TypeError or RangeError if the value is not a number within the range, or is NaN */
export function requireNumber(
  name: string,
  value: unknown,
  range: NumberRange = {},
): asserts value is number {
  if (typeof value !== "number") throw new TypeError(problem(name, `a number${bounds(range)}`, value));
  if (Number.isNaN(value) || !isWithin(value, range))
    throw new RangeError(problem(name, `a number${bounds(range)}`, value));
}

/** @throws TypeError if the value is not true or false */
export function requireBoolean(name: string, value: unknown): asserts value is boolean {
  if (typeof value !== "boolean") throw new TypeError(problem(name, "true or false", value));
}

/** @throws TypeError if the value is not a string */
export function requireString(name: string, value: unknown): asserts value is string {
  if (typeof value !== "string") throw new TypeError(problem(name, "a string", value));
}

/** @throws TypeError if the value is not one of `allowed` */
export function requireOneOf<T extends string>(
  name: string,
  value: unknown,
  allowed: readonly T[],
): asserts value is T {
  if (allowed.includes(value as T)) return;
  throw new TypeError(problem(name, `one of ${allowed.join(", ")}`, value));
}

/** @throws TypeError if the value is not an instance of a class */
export function requireInstance<T>(
  name: string,
  value: unknown,
  type: abstract new (...args: never[]) => T,
): asserts value is T {
  if (!(value instanceof type)) throw new TypeError(problem(name, `a ${type.name}`, value));
}

/** @throws TypeError if the value is not a function */
export function requireFunction(
  name: string,
  value: unknown,
): asserts value is (...args: never[]) => unknown {
  if (typeof value !== "function") throw new TypeError(problem(name, "a function", value));
}

/** @throws TypeError if the value is not an array */
export function requireArray(name: string, value: unknown): asserts value is readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError(problem(name, "an array", value));
}

/** @throws TypeError if the value is not iterable, or is a string */
export function requireIterable(name: string, value: unknown): asserts value is Iterable<unknown> {
  if (typeof value !== "object" || value === null || !(Symbol.iterator in value))
    throw new TypeError(problem(name, "iterable", value));
}

/** @throws TypeError if the value is not an object, or is an array */
export function requireObject(name: string, value: unknown): asserts value is object {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new TypeError(problem(name, "an object", value));
}

/**
 * Checks the names of a function's options. Check their values one by one, or use `parseOptions`.
 *
 * @example
 * requireOptions<SgdOptions>("SGD", { lr: 0.1, momentm: 0.9 }, ["lr", "momentum"]);
 * // TypeError: SGD: unknown option momentm, did you mean momentum?
 *
 * @param subject name of the function; the message begins with it
 * @throws TypeError if the value is not an object, or has a key that is not in `keys`
 */
export function requireOptions<Options extends object>(
  subject: string,
  value: unknown,
  keys: readonly (keyof Options & string)[],
): asserts value is object {
  requireObject(`${subject}: options`, value);
  const unknown = Object.keys(value).find((key) => !keys.includes(key as keyof Options & string));
  if (unknown !== undefined) throw new TypeError(`${subject}: ${unknownOption(unknown, keys)}`);
}

/** Returns "unknown option momentm, did you mean momentum?". `prefix` is the path of the object with the options. */
export function unknownOption(key: string, valid: readonly string[], prefix = ""): string {
  const guess = nearest(key, valid);
  if (guess !== undefined) return `unknown option ${prefix}${key}, did you mean ${prefix}${guess}?`;
  return `unknown option ${prefix}${key}${valid.length === 0 ? "" : `; valid: ${valid.join(", ")}`}`;
}

const problem = (name: string, expected: string, value: unknown): string =>
  `${name} must be ${expected}, got ${describe(value)}`;

const isWithin = (value: number, { min, max, above, below }: NumberRange): boolean =>
  (min === undefined || value >= min) &&
  (max === undefined || value <= max) &&
  (above === undefined || value > above) &&
  (below === undefined || value < below);

function bounds({ min, max, above, below }: NumberRange): string {
  const lower = min !== undefined ? ` of at least ${min}` : above !== undefined ? ` above ${above}` : "";
  const upper = max !== undefined ? ` at most ${max}` : below !== undefined ? ` below ${below}` : "";
  return lower && upper ? `${lower} and${upper}` : lower || upper;
}

function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "object" && value !== null)
    return Array.isArray(value) ? "an array" : `an object (${value.constructor?.name ?? "Object"})`;
  return typeof value === "function" ? "a function" : String(value);
}
