type Plain = Readonly<Record<string, unknown>>;

const isPlain = (value: unknown): value is Plain =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * `base` with what `changes` gives laid over it: objects key by key, everything else whole. Objects that differ in
 * what they are (`kind`, `mode`; `name` and `file` of a space), or give a length in the other unit, have other keys, so
 * the new one takes the old one's place.
 */
export function merge(base: unknown, changes: unknown): unknown {
  if (!isPlain(base) || !isPlain(changes)) return changes;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(changes)) {
    merged[key] = isAnother(base[key], value) ? value : merge(base[key], value);
  }
  return merged;
}

const TAGS = ["kind", "mode", "name", "file"];

/** Keys of which an object has one. */
const UNITS = ["iterations", "epochs"];

function isAnother(base: unknown, changes: unknown): boolean {
  if (!isPlain(base) || !isPlain(changes)) return true;
  const unitOf = (object: Plain) => UNITS.filter((unit) => unit in object).join();
  if (UNITS.includes(unitOf(base)) && UNITS.includes(unitOf(changes)) && unitOf(base) !== unitOf(changes))
    return true;
  return TAGS.some((tag) => tag in changes && changes[tag] !== base[tag]);
}
