import type { z } from "zod";

/** Path of a value in a recipe. */
export type KeyPath = readonly PropertyKey[];

/** The part of zod's own description of a schema that is walked here. */
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly options?: readonly z.ZodType[];
  readonly innerType?: z.ZodType;
  readonly values?: readonly unknown[];
  readonly entries?: Readonly<Record<string, string>>;
}

const definition = (schema: z.ZodType): Definition => schema.def as unknown as Definition;

type Shape = Readonly<Record<string, z.ZodType>>;

/** The object schemas that `schema` may stand for: itself, what it wraps, or the members of a union. */
function shapes(schema: z.ZodType): Shape[] {
  const { shape, options, innerType } = definition(schema);
  if (shape !== undefined) return [shape];
  if (innerType !== undefined) return shapes(innerType);
  return (options ?? []).flatMap(shapes);
}

/** Those of `candidates` that a value is meant for, told by the words that it has (`kind`, `name`). */
function meantFor(value: unknown, candidates: readonly Shape[]): readonly Shape[] {
  const given = new Map<string, unknown>(
    typeof value === "object" && value !== null ? Object.entries(value) : [],
  );
  const meant = candidates.filter((shape) =>
    Object.entries(shape).every(([key, inner]) => {
      const words = given.has(key) ? wordsAt(inner, []) : [];
      return words.length === 0 || words.includes(given.get(key));
    }),
  );
  return meant.length > 0 ? meant : candidates;
}

function schemasAt(schema: z.ZodType, path: KeyPath): z.ZodType[] {
  const [key, ...rest] = path;
  if (key === undefined) return [schema];
  return shapes(schema).flatMap((shape) => {
    const next = shape[String(key)];
    return next === undefined ? [] : schemasAt(next, rest);
  });
}

/** The valid keys of `value`, the object at `path`. */
export function keysAt(schema: z.ZodType, path: KeyPath, value: unknown): string[] {
  const candidates = schemasAt(schema, path).flatMap(shapes);
  return [...new Set(meantFor(value, candidates).flatMap(Object.keys))];
}

/** The words that are valid at `path`, where it takes one of a few. */
export function wordsAt(schema: z.ZodType, path: KeyPath): unknown[] {
  return schemasAt(schema, path).flatMap((s) => {
    const { values, entries, innerType } = definition(s);
    if (innerType !== undefined) return wordsAt(innerType, []);
    return [...(values ?? []), ...Object.values(entries ?? {})];
  });
}

/** Every dotted path that ends in `key`. */
export function pathsTo(schema: z.ZodType, key: string, prefix = ""): string[] {
  const found = shapes(schema).flatMap((shape) =>
    Object.entries(shape).flatMap(([name, inner]) => [
      ...(name === key ? [prefix + name] : []),
      ...pathsTo(inner, key, `${prefix}${name}.`),
    ]),
  );
  return [...new Set(found)];
}
