type Plain = Readonly<Record<string, unknown>>;

const isPlain = (value: unknown): value is Plain =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * `base` with what `changes` gives laid over it: objects key by key, everything else whole. Objects that differ in
 * what they are (`kind`, `mode`; `name` and `file` of a space) have other keys, so the new one takes the old one's
 * place. A length in another unit takes the place of the one that was there.
 */
export function merge(base: unknown, changes: unknown): unknown {
  if (!isPlain(base) || !isPlain(changes)) return changes;
  const merged: Record<string, unknown> = { ...base };
  const unit = UNITS.find((key) => key in changes && !(key in base));
  if (unit) for (const other of UNITS) delete merged[other];
  for (const [key, value] of Object.entries(changes)) {
    merged[key] = isAnother(base[key], value) ? value : merge(base[key], value);
  }
  return merged;
}

const TAGS = ["kind", "mode", "name", "file"];

/** Keys of which an object that gives a length has one. */
const UNITS = ["iterations", "epochs"];

function isAnother(base: unknown, changes: unknown): boolean {
  if (!isPlain(base) || !isPlain(changes)) return true;
  return TAGS.some((tag) => tag in changes && changes[tag] !== base[tag]);
}
