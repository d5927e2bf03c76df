import type { Prediction } from "../task/predictor.js";

/** An image, and what was found in it. */
export interface ImagePrediction extends Prediction {
  /** Path of the image. */
  readonly image: string;
}

/**
 * Formats predictions as the lines of a table: a line for each finding, and one with dashes for an image without any.
 * @param findsBoxes whether findings have boxes
 */
export function predictionLines(
  predictions: readonly ImagePrediction[],
  { findsBoxes }: { readonly findsBoxes: boolean },
): string[] {
  const titles = ["image", "class", "score", ...(findsBoxes ? ["x", "y", "width", "height"] : [])];
  const cells = predictions.flatMap(({ image, found }) =>
    found.length === 0
      ? [[printable(image), ...titles.slice(1).map(() => "-")]]
      : found.map(({ class: name, score, box = [] }) => [
          printable(image),
          printable(name),
          score.toFixed(3),
          ...box.map((value) => value.toFixed(1)),
        ]),
  );
  const rows = [titles, ...cells];
  const widths = titles.map((_, column) =>
    rows.reduce((width, row) => Math.max(width, row[column]!.length), 0),
  );
  return rows.map((row) =>
    row.map((cell, i) => (i < 2 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join("  "),
  );
}

/** Replaces control characters, which would break the table, and may come from a foreign model. */
const printable = (text: string): string => text.replace(/\p{Cc}/gu, "?");
