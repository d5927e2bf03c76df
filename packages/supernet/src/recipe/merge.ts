type Plain = Readonly<Record<string, unknown>>;

const isPlain = (value: unknown): value is Plain =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Merges `changes` into `base`. Objects are merged by key, and other values are replaced. An object with another tag
 * (`kind`, `mode`, `name` or `file`) has other keys and replaces the old one. A length in another unit also replaces
 * the old one.
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

/** Keys of a length. An object has one of them. */
const UNITS = ["iterations", "epochs"];

function isAnother(base: unknown, changes: unknown): boolean {
  if (!isPlain(base) || !isPlain(changes)) return true;
  return TAGS.some((tag) => tag in changes && changes[tag] !== base[tag]);
}
