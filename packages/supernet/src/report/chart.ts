import { html, type Markup } from "./html.js";
import { linearScale, type Scale, tidyNumber } from "./scale.js";

export interface ChartFrame {
  readonly width: number;
  readonly height: number;
  readonly xLabel: string;
  readonly yLabel: string;
}

export interface Axes {
  readonly x: Scale;
  readonly y: Scale;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

const MARGIN = { left: 52, right: 14, top: 10, bottom: 36 };

/** Draws axes with labeled ticks, and the markup that `draw` returns between them. */
export function chart(
  frame: ChartFrame,
  points: readonly Point[],
  draw: (axes: Axes) => readonly Markup[],
): Markup {
  const { width, height, xLabel, yLabel } = frame;
  const [right, bottom] = [width - MARGIN.right, height - MARGIN.bottom];
  const x = linearScale(
    points.map((point) => point.x),
    MARGIN.left,
    right,
  );
  const y = linearScale(
    points.map((point) => point.y),
    bottom,
    MARGIN.top,
  );
  return html`<svg viewBox="0 0 ${width} ${height}" role="img">
${y.ticks.map((tick) => html`<line class="grid" x1="${MARGIN.left}" x2="${right}" y1="${y.at(tick)}" y2="${y.at(tick)}"/><text class="tick" x="${MARGIN.left - 6}" y="${y.at(tick) + 3.5}" text-anchor="end">${tidyNumber(tick)}</text>`)}
${x.ticks.map((tick) => html`<text class="tick" x="${x.at(tick)}" y="${bottom + 14}" text-anchor="middle">${tidyNumber(tick)}</text>`)}
<line class="axis" x1="${MARGIN.left}" x2="${right}" y1="${bottom}" y2="${bottom}"/>
<text class="label" x="${(MARGIN.left + right) / 2}" y="${height - 6}" text-anchor="middle">${xLabel}</text>
<text class="label" transform="rotate(-90)" x="${-(MARGIN.top + bottom) / 2}" y="12" text-anchor="middle">${yLabel}</text>
${draw({ x, y })}</svg>`;
}

const isShown = ({ x, y }: Point): boolean => Number.isFinite(x) && Number.isFinite(y);

/** Draws points joined by straight lines. */
export function lineChart(frame: ChartFrame, points: readonly Point[]): Markup {
  const shown = points.filter(isShown);
  return chart(frame, shown, ({ x, y }) => [
    html`<polyline class="line" points="${shown.map((point) => `${x.at(point.x).toFixed(1)},${y.at(point.y).toFixed(1)}`).join(" ")}"/>`,
    ...(shown.length < 20
      ? shown.map((point) => html`<circle class="dot" cx="${x.at(point.x)}" cy="${y.at(point.y)}" r="2.5"/>`)
      : []),
  ]);
}

export interface Candidate extends Point {
  readonly generation: number;
  readonly found: boolean;
}

/** Draws a dot per candidate (darker if later), a ring around the found one, and the limit as a dashed line. */
export function scatter(
  frame: ChartFrame,
  candidates: readonly Candidate[],
  limit: number | undefined,
): Markup {
  const shown = candidates.filter(isShown);
  const last = Math.max(1, ...shown.map(({ generation }) => generation));
  const reach = limit === undefined || shown.length === 0 ? [] : [{ x: limit, y: shown[0]!.y }];
  return chart(frame, [...shown, ...reach], ({ x, y }) => [
    ...(limit === undefined
      ? []
      : [
          html`<line class="limit" x1="${x.at(limit)}" x2="${x.at(limit)}" y1="${MARGIN.top}" y2="${frame.height - MARGIN.bottom}"/><text class="tick" x="${x.at(limit) - 4}" y="${MARGIN.top + 10}" text-anchor="end">limit</text>`,
        ]),
    ...shown.map(
      (point) =>
        html`<circle class="dot" cx="${x.at(point.x)}" cy="${y.at(point.y)}" r="4" opacity="${(0.3 + (0.7 * point.generation) / last).toFixed(2)}"/>`,
    ),
    ...shown
      .filter(({ found }) => found)
      .map((point) => html`<circle class="ring" cx="${x.at(point.x)}" cy="${y.at(point.y)}" r="8"/>`),
  ]);
}
