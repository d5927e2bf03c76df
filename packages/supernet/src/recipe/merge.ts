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
  const merged: Record<string, unknown> = withoutOtherUnits(base, changes);
  for (const [key, value] of Object.entries(changes)) {
    merged[key] = isAnother(base[key], value) ? value : merge(base[key], value);
  }
  return merged;
}

const TAGS = ["kind", "mode", "name", "file"];

/** Keys of a length. An object has one of them. */
const UNITS = ["iterations", "epochs"];

function withoutOtherUnits(base: Plain, changes: Plain): Record<string, unknown> {
  const unit = UNITS.find((key) => key in changes && !(key in base));
  return select(base, (key) => unit === undefined || !UNITS.includes(key));
}

const select = (object: Plain, isSelected: (key: string) => boolean): Record<string, unknown> =>
  Object.fromEntries(Object.entries(object).filter(([key]) => isSelected(key)));

function isAnother(base: unknown, changes: unknown): boolean {
  if (!isPlain(base) || !isPlain(changes)) return true;
  return TAGS.some((tag) => tag in changes && changes[tag] !== base[tag]);
}

/**
 * Replaces one key of an object inside a recipe, as `merge` does with an object that has only this key.
 * @param kept keys that stay even if the object becomes one of another kind
 */
export function withKey(base: unknown, key: string, value: unknown, kept: ReadonlySet<string>): Plain {
  const changes = { [key]: value };
  if (!isPlain(base)) return changes;
  const remaining = isAnother(base, changes) ? {} : withoutOtherUnits(base, changes);
  return { ...select(base, (other) => other in remaining || kept.has(other)), ...changes };
}

/** Whether an object with this key replaces a value of another type, such as the name of a space. */
export const isTag = (key: string): boolean => TAGS.includes(key);
