/** @throws TypeError if the value is not iterable, or is a string */
export function requireIterable(name: string, value: unknown): asserts value is Iterable<unknown> {
  if (typeof value === "object" && value !== null && Symbol.iterator in value) return;
  throw new TypeError(`${name} must be iterable, got ${value === null ? "null" : typeof value}`);
}
