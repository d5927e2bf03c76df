import { allowedValuesAt, child, type KeyPath, keysAt, nearest, pathsTo } from "@supernet/base";
import type { z } from "zod";
import { renamedKey, renamedWord } from "./renamed.js";

type Issue = z.core.$ZodIssue;

/** Describes the mistakes in a recipe, each with its path, the value, and the expected value. */
export function describeProblems(schema: z.ZodType, value: unknown, issues: readonly Issue[]): string[] {
  const located = issues.flatMap((issue) => flatten(issue, [], value)).flatMap(splitKeys);
  const [unknown, others] = [true, false].map((isUnknown) =>
    located
      .filter(({ issue }) => (issue.code === "unrecognized_keys") === isUnknown)
      .map((problem) => describe({ schema, value }, problem)),
  ) as [string[], string[]];
  // The correct key of a mistyped one is missing too. Only the mistyped one is reported.
  const suggested = unknown.map((line) => `${line.match(/did you mean ([^ ]+)\?$/)?.[1]} is missing: `);
  return [...unknown, ...others.filter((line) => !suggested.some((start) => line.startsWith(start)))];
}

/** Number of problems that a message lists. */
const LISTED = 10;

/** Joins problems into one line. */
export function joinProblems(problems: readonly string[]): string {
  const rest = problems.length - LISTED;
  return [...problems.slice(0, LISTED), ...(rest > 0 ? [`and ${rest} more`] : [])].join("; ");
}

/** Splits an issue into one per unknown key. */
const splitKeys = ({ issue, path }: Located): Located[] =>
  issue.code === "unrecognized_keys"
    ? issue.keys.map((key) => ({ issue: { ...issue, keys: [key] }, path }))
    : [{ issue, path }];

/** A checked value, with its schema. */
interface Checked {
  readonly schema: z.ZodType;
  readonly value: unknown;
}

interface Located {
  readonly issue: Issue;
  readonly path: KeyPath;
}

/** Replaces the issue of a union with those of the member that the value is probably for. */
function flatten(issue: Issue, prefix: KeyPath, value: unknown): Located[] {
  const path = [...prefix, ...issue.path];
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [{ issue, path }];
  const meant = issue.errors.find((member) =>
    member.every((inner) => inner.path.length > 0 || inner.code !== "invalid_type"),
  );
  return meant === undefined ? [{ issue, path }] : meant.flatMap((inner) => flatten(inner, path, value));
}

function describe(checked: Checked, located: Located): string {
  const { issue, path } = located;
  const at = path.length === 0 ? "the recipe" : path.join(".");
  const got = path.reduce(child, checked.value);
  if (issue.code === "unrecognized_keys") return unknownKey(checked, path, issue.keys[0] ?? "");
  const expected = expectation(checked, located);
  const renamed = renamedWord(got);
  if (renamed !== undefined) return `${at}: ${show(got)} is now ${show(renamed)}`;
  if (got === undefined) return `${at} is missing: expected ${expected}`;
  return `${at}: got ${show(got)}, expected ${expected}`;
}

function unknownKey({ schema, value }: Checked, path: KeyPath, key: string): string {
  const full = [...path, key].join(".");
  const renamed = renamedKey(path.at(-1), key);
  if (renamed !== undefined) return `unknown key ${full}: it is now ${[...path, renamed].join(".")}`;
  const siblings = keysAt(schema, path, value);
  const near = nearest(key, siblings);
  if (near !== undefined) return `unknown key ${full}: did you mean ${[...path, near].join(".")}?`;
  const elsewhere = pathsTo(schema, key, value);
  if (elsewhere.length > 0) return `unknown key ${full}: did you mean ${elsewhere.slice(0, 4).join(" or ")}?`;
  return `unknown key ${full}: valid here are ${siblings.join(", ")}`;
}

const NOUNS: Readonly<Record<string, string>> = {
  number: "a number",
  int: "an integer",
  string: "text",
  boolean: "true or false",
  object: "an object with keys",
  array: "a list",
  tuple: "a list",
  null: "null",
};

function expectation({ schema, value }: Checked, { issue, path }: Located): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.expected === "object"
        ? withKeys(schema, path, value)
        : (NOUNS[issue.expected] ?? issue.expected);
    case "invalid_value":
      return choices(issue.values);
    case "invalid_union": {
      const words = allowedValuesAt(schema, path, value);
      return words.length > 0 ? choices(words) : alternatives(issue.errors);
    }
    case "too_small":
      return bound(issue, issue.inclusive === false ? "more than" : "at least", issue.minimum);
    case "too_big":
      return bound(issue, issue.inclusive === false ? "less than" : "at most", issue.maximum);
    case "invalid_format":
      return issue.message;
    default:
      return issue.message;
  }
}

function withKeys(schema: z.ZodType, path: KeyPath, value: unknown): string {
  const keys = keysAt(schema, path, value);
  return keys.length === 0 ? "an object with keys" : `an object with keys ${keys.join(", ")}`;
}

function bound({ origin }: { readonly origin: string }, words: string, limit: unknown): string {
  const unit = { array: " items", string: " character" }[origin] ?? "";
  return `${words} ${limit}${unit}`;
}

function alternatives(errors: readonly (readonly Issue[])[]): string {
  const nouns = errors.map((member) => {
    const issue = member[0];
    return issue?.code === "invalid_type" ? (NOUNS[issue.expected] ?? issue.expected) : "an object with keys";
  });
  return [...new Set(nouns)].join(" or ");
}

function choices(values: readonly unknown[]): string {
  const words = [...new Set(values)].map((v) => JSON.stringify(v));
  return words.length === 1 ? `${words[0]}` : `one of ${words.join(", ")}`;
}

function show(value: unknown): string {
  const text = typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
