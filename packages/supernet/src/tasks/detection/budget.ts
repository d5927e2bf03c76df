/** Parses a latency in milliseconds, such as "20ms"; returns undefined if it is not one. */
export function parseBudget(text: string): number | undefined {
  const value = Number(text.replace(/ ?ms$/, ""));
  return text.trim() !== "" && value > 0 && Number.isFinite(value) ? value : undefined;
}
