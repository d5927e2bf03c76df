import { z } from "zod";
import { UserError } from "./errors.js";
import { unknownOption } from "./options.js";
import { child, keysAt } from "./schema-keys.js";

/** An integer of at least 1. */
export const count = z.int().min(1);
/** A number from 0 to 1. */
export const fraction = z.number().min(0).max(1);
/** A number greater than 0. */
export const positive = z.number().positive();
/** A function with any parameters. */
export const callable = z.custom<(...args: never) => unknown>((value) => typeof value === "function", {
  error: "a function",
});

/** Reports that the value at `path` is not the expected one. */
export type AddIssue = (path: readonly PropertyKey[], expected: string) => void;

/** Returns a check across several keys of an object, for `superRefine`. */
export const crossFieldCheck =
  <T>(check: (value: T, addIssue: AddIssue) => void) =>
  (value: T, context: z.RefinementCtx): void =>
    check(value, (path, expected) => {
      context.addIssue({ code: "custom", path: [...path], message: expected });
    });

/** `T` whose properties are read-only at every level. */
export type Immutable<T> = T extends (...args: never) => unknown
  ? T
  : T extends object
    ? { readonly [Key in keyof T]: Immutable<T[Key]> }
    : T;

type Issue = z.core.$ZodIssue;

/**
 * Parses options with a schema and returns them with the schema's defaults.
 *
 * @example
 * parseOptions("randomSearch", z.strictObject({ candidates: count }), { candidate: 5 });
 * // UserError: randomSearch: unknown option candidate, did you mean candidates?
 *
 * @param subject name of the function; the message begins with it
 * @throws UserError if an option is missing, unknown or invalid. The message names the first one
 */
export function parseOptions<Schema extends z.ZodType>(
  subject: string,
  schema: Schema,
  options: unknown,
): z.output<Schema> {
  const result = schema.safeParse(options);
  if (result.success) return result.data;
  const issues = result.error.issues.flatMap((issue) => innermost(issue, []));
  // A misspelled name also leaves the right one missing. The unknown name is the cause.
  const first = issues.find(({ code }) => code === "unrecognized_keys") ?? issues[0]!;
  throw new UserError(`${subject}: ${describe(first, schema, options)}`);
}

/** Returns the issues of the union member that matches the value best, with their complete paths. */
function innermost(issue: Issue, prefix: readonly PropertyKey[]): Issue[] {
  const path = [...prefix, ...issue.path];
  const members = issue.code === "invalid_union" ? issue.errors : [];
  const meant = members.find((errors) => errors.every((inner) => inner.path.length > 0));
  return meant?.flatMap((inner) => innermost(inner, path)) ?? [{ ...issue, path }];
}

function describe(issue: Issue, schema: z.ZodType, options: unknown): string {
  const { path } = issue;
  if (issue.code === "unrecognized_keys") {
    const key = issue.keys[0]!;
    const prefix = path.length > 0 ? `${pathText(path)}.` : "";
    return unknownOption(key, keysAt(schema, path, options), prefix);
  }
  const value = path.reduce(child, options);
  const name = path.length === 0 ? "the options object" : pathText(path);
  if (value === undefined) return `${name} is missing; expected ${expectation(issue)}`;
  return `${name} is ${show(value)}; expected ${expectation(issue)}`;
}

/** `widths[3][0]`, `mutations.children` */
const pathText = (path: readonly PropertyKey[]): string =>
  path.map((key, i) => (typeof key === "number" ? `[${key}]` : `${i > 0 ? "." : ""}${String(key)}`)).join("");

const NOUNS: Readonly<Record<string, string>> = {
  number: "a number",
  int: "an integer",
  string: "text",
  boolean: "true or false",
  object: "an object",
  record: "an object",
  array: "an array",
  tuple: "an array",
};

function expectation(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return NOUNS[issue.expected] ?? issue.expected;
    case "invalid_value":
      return oneOf(issue.values);
    case "invalid_union":
      // No member of a discriminated union has this kind.
      if ("options" in issue && issue.options) return oneOf(issue.options);
      return [...new Set(issue.errors.map((errors) => expectation(errors[0]!)))].join(" or ");
    case "too_small":
      return bound(issue, issue.inclusive ? "at least" : "more than", issue.minimum);
    case "too_big":
      return bound(issue, issue.inclusive ? "at most" : "less than", issue.maximum);
    default:
      return issue.message;
  }
}

const oneOf = (values: readonly unknown[]): string =>
  `${values.length > 1 ? "one of " : ""}${values.map((value) => JSON.stringify(value)).join(", ")}`;

function bound(issue: { exact?: boolean; origin: string }, words: string, limit: number | bigint): string {
  const noun = { array: " item", string: " character" }[issue.origin];
  const unit = noun === undefined ? "" : `${noun}${Number(limit) === 1 ? "" : "s"}`;
  return `${issue.exact ? "exactly" : words} ${limit}${unit}`;
}

function show(value: unknown): string {
  const text = typeof value === "number" ? String(value) : (JSON.stringify(value) ?? `a ${typeof value}`);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
