/** Prints a line to standard error, which is for progress. Results go to standard output. */
export const log = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Prints a result to standard output. */
export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** Prints a result to standard output as JSON. */
export const printJson = (value: unknown): void => print(JSON.stringify(value, undefined, 2));

/** Formats a number with a metric prefix: 3349112 -> "3.35 M". */
export function formatCount(value: number): string {
  const units = [
    [1e18, "E"],
    [1e15, "P"],
    [1e12, "T"],
    [1e9, "G"],
    [1e6, "M"],
    [1e3, "k"],
  ] as const;
  const unit = units.find(([size]) => value >= size);
  return unit ? `${(value / unit[0]).toFixed(2)} ${unit[1]}` : String(value);
}
