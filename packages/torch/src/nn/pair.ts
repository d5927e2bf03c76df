/** One number for both axes, or [height, width]. */
export type Pair = number | readonly [height: number, width: number];

/** As an array for the operators, made once so that no call has to. */
export function pair(value: Pair): readonly [number, number] {
  return typeof value === "number" ? [value, value] : value;
}
