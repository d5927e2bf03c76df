const LONGEST = 80;

/** A value from a file for a message: as JSON, cut where it is long. */
export function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}...`;
}
