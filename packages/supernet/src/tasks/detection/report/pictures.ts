import { html, type Markup } from "../../../report/html.js";

/** A box on a picture, in its pixels: x, y, width, height. */
export interface DrawnBox {
  readonly box: readonly number[];
  readonly label: string;
  /** Of a detection; true boxes have none. */
  readonly score?: number;
}

export interface Picture {
  /** A data URI. */
  readonly source: string;
  readonly width: number;
  readonly height: number;
  readonly truth: readonly DrawnBox[];
  readonly found: readonly DrawnBox[];
}

export function drawPicture({ source, width, height, truth, found }: Picture): Markup {
  const unit = Math.max(width, height) / 128;
  const draw =
    (kind: string) =>
    ({ box, label, score }: DrawnBox): Markup => {
      const [x, y, w, h] = box as [number, number, number, number];
      const text = score === undefined ? label : `${label} ${score.toFixed(2)}`;
      return html`<rect class="${kind}" x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${w.toFixed(1)}" height="${h.toFixed(1)}" stroke-width="${unit}"/>
<text class="${kind}" x="${x.toFixed(1)}" y="${(kind === "found" ? y - 1.5 * unit : y + h + 6 * unit).toFixed(1)}" font-size="${(5.5 * unit).toFixed(1)}">${text}</text>`;
    };
  return html`<svg class="picture" viewBox="0 0 ${width} ${height}" role="img"><image href="${source}" width="${width}" height="${height}"/>${truth.map(draw("truth"))}${found.map(draw("found"))}</svg>`;
}
