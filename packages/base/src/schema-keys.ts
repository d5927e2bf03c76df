import type { z } from "zod";

/** Path of a value in nested objects. */
export type KeyPath = readonly PropertyKey[];

/** The used parts of zod's definition of a schema. */
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly options?: readonly z.ZodType[];
  readonly discriminator?: string;
  readonly innerType?: z.ZodType;
  /** Items of an array. */
  readonly element?: z.ZodType;
  /** Items of a tuple. */
  readonly items?: readonly z.ZodType[];
  /** Values of a record. */
  readonly valueType?: z.ZodType;
  readonly values?: readonly unknown[];
  readonly entries?: Readonly<Record<string, string>>;
}

const definition = (schema: z.ZodType): Definition => schema.def as unknown as Definition;

/** Returns the value of a key; undefined if there is none. */
export function child(value: unknown, key: PropertyKey): unknown {
  return value === null || typeof value !== "object"
    ? undefined
    : (value as Record<PropertyKey, unknown>)[key];
}

/**
 * Returns the object schemas that `value` may be for: `schema`, the schema inside it, or the members of a union. Of a
 * discriminated union, only the member that the value names, if it names one.
 */
function shapes(schema: z.ZodType, value: unknown): Readonly<Record<string, z.ZodType>>[] {
  const { shape, options, innerType, discriminator } = definition(schema);
  if (shape !== undefined) return [shape];
  if (innerType !== undefined) return shapes(innerType, value);
  const members = (options ?? []).flatMap((option) => shapes(option, value));
  if (discriminator === undefined || value === undefined) return members;
  const named = members.filter(
    (member) => member[discriminator]?.safeParse(child(value, discriminator)).success,
  );
  return named.length > 0 ? named : members;
}

/** Returns the schemas that the value at a key of `value` may have. */
function childSchemas(schema: z.ZodType, key: PropertyKey, value: unknown): z.ZodType[] {
  const { innerType, options, element, items, valueType } = definition(schema);
  if (innerType !== undefined) return childSchemas(innerType, key, value);
  const shared = element ?? items?.[Number(key)] ?? valueType;
  if (shared !== undefined) return [shared];
  const inMembers = (options ?? []).flatMap((option) =>
    definition(option).shape === undefined ? childSchemas(option, key, value) : [],
  );
  const inShapes = shapes(schema, value).flatMap((shape) => shape[String(key)] ?? []);
  return [...inShapes, ...inMembers];
}

/** Returns the schemas at `path` of `value`, with the value there. */
function schemasAt(
  schema: z.ZodType,
  path: KeyPath,
  value: unknown,
): { schema: z.ZodType; value: unknown }[] {
  const [key, ...rest] = path;
  if (key === undefined) return [{ schema, value }];
  return childSchemas(schema, key, value).flatMap((next) => schemasAt(next, rest, child(value, key)));
}

/** Returns the valid keys of the object at `path` of `root`. */
export function keysAt(schema: z.ZodType, path: KeyPath, root: unknown): string[] {
  const found = schemasAt(schema, path, root).flatMap((at) => shapes(at.schema, at.value));
  return [...new Set(found.flatMap(Object.keys))];
}

/** Returns the values that are allowed at `path` of `root`; empty if they cannot be listed. */
export function allowedValuesAt(schema: z.ZodType, path: KeyPath, root: unknown): unknown[] {
  return schemasAt(schema, path, root).flatMap((at) => {
    const { values, entries, innerType } = definition(at.schema);
    if (innerType !== undefined) return allowedValuesAt(innerType, [], at.value);
    return [...(values ?? []), ...Object.values(entries ?? {})];
  });
}

/** Returns every dotted path in `root` that may end in `key`. */
export const pathsTo = (schema: z.ZodType, key: string, root: unknown): string[] =>
  dottedPaths(schema, root).filter((path) => path.split(".").at(-1) === key);

/** Returns the dotted path of every valid key in `root`. */
export function dottedPaths(schema: z.ZodType, root: unknown, prefix = ""): string[] {
  const found = shapes(schema, root).flatMap((shape) =>
    Object.entries(shape).flatMap(([name, inner]) => [
      prefix + name,
      ...dottedPaths(inner, child(root, name), `${prefix}${name}.`),
    ]),
  );
  return [...new Set(found)];
}
