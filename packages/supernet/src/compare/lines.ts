import { resourceText } from "../report/scale.js";
import { type Comparison, comparisonRows, gainSentences } from "./results.js";

/** Describes a comparison as lines of text: a table, and what the search gained. */
export function comparisonLines(comparison: Comparison, metric: string): string[] {
  const { resource, kendallTau } = comparison;
  const rows = [
    ["", resource, "ms", `${metric} test`, `${metric} supernet`],
    ...comparisonRows(comparison).map(({ label, cost, milliseconds, test, supernet }) => [
      label,
      resourceText(resource, cost),
      milliseconds?.toFixed(2) ?? "-",
      (100 * test).toFixed(1),
      (100 * supernet).toFixed(1),
    ]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const table = rows.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join("  "),
  );
  return [
    "Test images, networks trained in the same way:",
    ...table.map((line) => `  ${line}`),
    ...(kendallTau === null
      ? []
      : [`  Kendall's tau of the supernet's scores, random networks: ${kendallTau.toFixed(2)}`]),
    ...gainSentences(comparison, metric),
  ];
}
