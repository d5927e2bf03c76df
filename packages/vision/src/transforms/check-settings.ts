import { parseOptions } from "@supernet/base";
import type { z } from "zod";

const checked = new WeakMap<z.ZodType, WeakSet<object>>();

/** Checks settings that are passed with every image, like `parseOptions`. Each object is checked only once. */
export function checkSettings(subject: string, schema: z.ZodType, settings: object): void {
  const known = checked.get(schema) ?? new WeakSet();
  if (known.has(settings)) return;
  parseOptions(subject, schema, settings);
  checked.set(schema, known.add(settings));
}
