import { z } from "zod";

/** Parts of a JSON Schema (https://json-schema.org) that describe the type of a setting. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema | false;
  readonly prefixItems?: readonly JsonSchema[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

/** Converts a zod schema of plain data to a JSON Schema of its input. */
export const toJsonSchema = (schema: z.ZodType): JsonSchema =>
  z.toJSONSchema(schema, { io: "input" }) as JsonSchema;

/** Returns the members of a union, those of nested unions included. */
export function alternatives(schema: JsonSchema): readonly JsonSchema[] {
  const members = schema.anyOf ?? schema.oneOf;
  return members === undefined ? [schema] : members.flatMap(alternatives);
}

/** Returns the kind of an object in a discriminated union: its key with a single value. */
export function kindOf({ properties = {} }: JsonSchema): { key: string; name: string } | undefined {
  const [key, schema] = Object.entries(properties).find(([, inner]) => inner.const !== undefined) ?? [];
  return key === undefined ? undefined : { key, name: String(schema!.const) };
}

/** Describes the type of a setting: "integer of at least 1, or `null`". */
export function typeInWords(schema: JsonSchema): string {
  const words = [...new Set(alternatives(schema).map(memberInWords))];
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")}, or ${words.at(-1)}`;
}

const code = (value: unknown): string => `\`${value}\``;

function memberInWords(schema: JsonSchema): string {
  if (schema.const !== undefined) return code(schema.const);
  if (schema.enum !== undefined) return `one of ${schema.enum.map(code).join(", ")}`;
  if (typeof schema.type === "object") return schema.type.map((type) => memberInWords({ type })).join(" or ");
  switch (schema.type) {
    case "integer":
    case "number":
      return `${schema.type}${bounds(schema)}`;
    case "string":
      return "text";
    case "boolean":
      return "`true` or `false`";
    case "null":
      return "`null`";
    case "array":
      return arrayInWords(schema);
    case "object":
      return objectInWords(schema);
    default:
      return "any value";
  }
}

/** Adds an article to the name of a type: "an integer". */
function withArticle(words: string): string {
  if (/^(?:integer|object)/.test(words)) return `an ${words}`;
  return /^(?:number|list)/.test(words) ? `a ${words}` : words;
}

function arrayInWords({ prefixItems, items, minItems, maxItems }: JsonSchema): string {
  const item = prefixItems?.[0] ?? (items || {});
  const min = minItems ?? 0;
  const count = (n: number) => `${n} item${n === 1 ? "" : "s"}`;
  const length = min === maxItems ? ` of ${count(min)}` : min > 0 ? ` of at least ${count(min)}` : "";
  return `list${length}, each ${withArticle(typeInWords(item))}`;
}

/** Returns whether a schema is that of a range, such as `{min: 1, max: 2}`. */
export const isRange = ({ properties = {} }: JsonSchema): boolean =>
  Object.keys(properties).join() === "min,max";

function objectInWords(schema: JsonSchema): string {
  const { properties, additionalProperties } = schema;
  if (isRange(schema))
    return `object with \`min\`, \`max\` or both, each ${withArticle(typeInWords(properties!.min!))}`;
  const kind = kindOf(schema);
  if (properties !== undefined) return kind === undefined ? "object" : `object with \`${kind.key}\``;
  if (typeof additionalProperties !== "object" || Object.keys(additionalProperties).length === 0)
    return "object";
  return `object whose values are each ${withArticle(typeInWords(additionalProperties))}`;
}

/** Describes the range of a number: " of at least 1". */
function bounds(schema: JsonSchema): string {
  const { exclusiveMinimum: above, exclusiveMaximum: below } = schema;
  const min = isLimit(schema.minimum) ? schema.minimum : undefined;
  const max = isLimit(schema.maximum) ? schema.maximum : undefined;
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  const limits = [
    above === undefined ? "" : `above ${above}`,
    min === undefined ? "" : `of at least ${min}`,
    below === undefined ? "" : `below ${below}`,
    max === undefined ? "" : `at most ${max}`,
  ].filter((limit) => limit !== "");
  return limits.length === 0 ? "" : ` ${limits.join(" and ")}`;
}

/** zod limits every integer to those that a number represents exactly. */
const isLimit = (value: number | undefined): boolean =>
  value !== undefined && Math.abs(value) !== Number.MAX_SAFE_INTEGER;
