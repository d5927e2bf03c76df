import type { Immutable } from "@supernet/base";
import { z } from "zod";

/** Schema of an object with a default for each key. */
export type WithDefaults<Schema extends z.ZodObject> = z.ZodObject<
  { [Key in keyof Schema["shape"]]: z.ZodDefault<Schema["shape"][Key]> },
  z.core.$strict
>;

/** Returns the schema with a default for each key, such as the sizes of a published network. */
export function withDefaults<Schema extends z.ZodObject>(
  schema: Schema,
  sizes: Immutable<z.output<Schema>>,
): WithDefaults<Schema> {
  const shape = Object.entries(schema.shape).map(([key, value]) => {
    const size = (sizes as Readonly<Record<string, unknown>>)[key];
    return [key, (value as z.ZodType).default(() => structuredClone(size))];
  });
  return z.strictObject(Object.fromEntries(shape)) as WithDefaults<Schema>;
}
