type Plain = Readonly<Record<string, unknown>>;

const isPlain = (value: unknown): value is Plain =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * `base` with what `changes` gives laid over it: objects key by key, everything else whole. Objects whose
 * `kind` or `mode` differs have other keys, so the new one takes the old one's place.
 */
export function merge(base: unknown, changes: unknown): unknown {
  if (!isPlain(base) || !isPlain(changes)) return changes;
  for (const tag of ["kind", "mode"]) {
    if (tag in changes && changes[tag] !== base[tag]) return changes;
  }
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(changes)) merged[key] = merge(base[key], value);
  return merged;
}
