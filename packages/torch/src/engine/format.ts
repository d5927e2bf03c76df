import type { NestedNumbers, Tensor } from "./tensor.js";

const EDGE = 3;
const MOST_ELEMENTS = 1000;

/** "Tensor float32[2, 3] on cpu" and the values, long sides cut to their first and last three. */
export function formatTensor(tensor: Tensor): string {
  const flags = tensor.requiresGrad ? ", requires grad" : "";
  const head = `Tensor ${tensor.dtype}[${tensor.shape.join(", ")}] on ${tensor.device}${flags}`;
  if (tensor.numel > 1_000_000) return `${head} (too large to print)`;
  const integral = !tensor.dtype.includes("float");
  return `${head}\n${formatValues(tensor.toArray(), tensor.numel > MOST_ELEMENTS, integral, 0)}`;
}

function formatValues(value: NestedNumbers, cut: boolean, integral: boolean, depth: number): string {
  if (!Array.isArray(value)) return formatNumber(value, integral);
  const shown = cut && value.length > 2 * EDGE ? [...value.slice(0, EDGE), ...value.slice(-EDGE)] : value;
  const parts = shown.map((item) => formatValues(item, cut, integral, depth + 1));
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
