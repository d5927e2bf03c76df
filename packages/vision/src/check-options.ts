import { inspect } from "node:util";
import { z } from "zod";

/** A path in the file system. */
export const pathSchema = z.string().min(1);

/** Number of classes. */
export const classesSchema = z.int().min(1);

/**
 * Checks the options of a public function, which plain JavaScript can call with anything.
 * @param name function and parameter, such as "randomCrop: crop"
 * @returns the options with the schema's defaults
 * @throws TypeError naming the first option that is missing or wrong
 */
export function checkOptions<T>(name: string, schema: z.ZodType<T>, options: unknown): T {
  const result = schema.safeParse(options);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0]!;
  const value = path.reduce((parent, key) => (Object(parent) as Record<PropertyKey, unknown>)[key], options);
  const problem = value === undefined ? "is missing" : `is ${show(value)}`;
  const expected = message.replace(/^(Invalid|Too) [^:]*: /, "").replace(/, received .*/, "");
  throw new TypeError(`${[name, ...path].join(".")} ${problem}: ${expected}`);
}

const checked = new WeakMap<z.ZodType, WeakSet<object>>();

/** Does the same for options that are passed many times, such as for every image. The same object is checked once. */
export function checkOptionsOnce(name: string, schema: z.ZodType, options: object): void {
  const known = checked.get(schema) ?? new WeakSet();
  if (known.has(options)) return;
  checkOptions(name, schema, options);
  checked.set(schema, known.add(options));
}

function show(value: unknown): string {
  const text = inspect(value, { depth: 0, breakLength: Number.POSITIVE_INFINITY, maxArrayLength: 4 });
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
