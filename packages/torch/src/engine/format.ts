export type NestedNumbers = number | NestedNumbers[];

/** Number of elements shown at each end of an axis that is shortened. */
const EDGE = 3;

export interface FormatOptions {
  /** Shorten long axes to their first and last three elements. */
  readonly cut: boolean;
  /** Print integers without decimal places. */
  readonly integral: boolean;
}

/** Formats nested arrays of numbers, one row per line. */
export function formatNumbers(value: NestedNumbers, options: FormatOptions, depth = 0): string {
  if (!Array.isArray(value)) return formatNumber(value, options.integral);
  const shown =
    options.cut && value.length > 2 * EDGE ? [...value.slice(0, EDGE), ...value.slice(-EDGE)] : value;
  const parts = shown.map((item) => formatNumbers(item, options, depth + 1));
  if (shown !== value) parts.splice(EDGE, 0, "...");
  const separator = Array.isArray(value[0]) ? `,\n${" ".repeat(depth + 1)}` : ", ";
  return `[${parts.join(separator)}]`;
}

function formatNumber(value: number, integral: boolean): string {
  if (integral || !Number.isFinite(value)) return String(value);
  const magnitude = Math.abs(value);
  return magnitude !== 0 && (magnitude < 1e-3 || magnitude >= 1e5)
    ? value.toExponential(4)
    : value.toFixed(4);
}
