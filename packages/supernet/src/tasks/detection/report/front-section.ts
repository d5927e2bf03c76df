import { chart, type Point } from "../../../report/chart.js";
import { html, type Markup } from "../../../report/html.js";
import { tile } from "../../../report/page.js";
import { points, tidyNumber } from "../../../report/scale.js";
import {
  type FrontResults,
  frontNotes,
  frontRows,
  type Member,
  predictedThen,
  type Shares,
  withDefault,
} from "../front/members.js";

/** Ready detectors of the front. */
export interface FrontMembers {
  readonly title: string;
  readonly results: FrontResults;
}

/** Renders the latency of the found detector, and the default detector's AP and latency, as tiles. */
export function memberTiles({ results }: FrontMembers): Markup[] {
  const reference = results.default;
  const chosen = withDefault(results).find(({ folder }) => folder === results.found)!;
  const time = ({ latency, flops }: Member): string =>
    latency === null ? `${tidyNumber(flops)} FLOPs` : `${latency.median.toFixed(2)} ms`;
  return [
    tile(time(chosen), "of the found detector for one image"),
    tile(points(reference.testAP), "box AP of the recipe's default detector, trained in the same way"),
    tile(time(reference), "of the default detector"),
  ];
}

/** Renders the ready detectors: their AP against their latency, where their time goes, and a table. */
export function membersSection({ title, results }: FrontMembers): Markup {
  const [heading = [], ...rows] = frontRows(results);
  return html`<section><h2>${title}</h2>
<div class="grid2"><div>${drawTradeOff(results)}</div><div>${drawShares(results)}</div></div>
<table><tr>${heading.map((cell) => html`<th>${cell}</th>`)}</tr>
${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</table>
${frontNotes(results).map((note) => html`<p>${note}.</p>`)}</section>`;
}

const WIDTH = 520;
const EDGE = 70;

/** Draws the members, joined by a line, and the default detector beside them. */
function drawTradeOff(results: FrontResults): Markup {
  const { found, members, default: reference } = results;
  const all = withDefault(results);
  const timed = all.every(({ latency }) => latency !== null);
  const at = (member: Member): Point => ({
    x: timed ? member.latency!.median : member.flops,
    y: 100 * member.testAP,
  });
  const xLabel = timed ? "measured ms per image" : "FLOPs";
  const frame = { width: WIDTH, height: 300, xLabel, yLabel: "box AP on test images" };
  const byX = members.toSorted((a, b) => at(a).x - at(b).x);
  return chart(frame, all.map(at), ({ x, y }) => {
    const dot = (member: Member, kind: string, radius: number): Markup => {
      const point = at(member);
      return html`<circle class="${kind}" cx="${x.at(point.x).toFixed(1)}" cy="${y.at(point.y).toFixed(1)}" r="${radius}"/>`;
    };
    const label = (member: Member): Markup => {
      const point = at(member);
      // A name at the right edge is written at the left of its dot.
      const [offset, anchor] = x.at(point.x) > WIDTH - EDGE ? [-9, "end"] : [9, "start"];
      return html`<text class="tick" x="${(x.at(point.x) + offset).toFixed(1)}" y="${(y.at(point.y) + 4).toFixed(1)}" text-anchor="${anchor}">${member.folder}</text>`;
    };
    const line = byX
      .map(at)
      .map((point) => `${x.at(point.x).toFixed(1)},${y.at(point.y).toFixed(1)}`)
      .join(" ");
    return [
      html`<polyline class="line" points="${line}"/>`,
      ...members.map((member) => dot(member, "dot", 4)),
      ...all.filter(({ folder }) => folder === found).map((member) => dot(member, "ring", 8)),
      dot(reference, "default", 4),
      ...all.map(label),
    ];
  });
}

const SECTIONS = ["backbone", "pyramid", "heads"] as const satisfies readonly (keyof Shares)[];
const BAR = { left: 60, height: 16, gap: 8, right: 110 };

/** Draws a bar for each detector, as long as its time or FLOPs, divided into its parts. */
function drawShares(results: FrontResults): Markup {
  const all = withDefault(results);
  const predicted = all.every((member) => member.predicted !== null);
  const amountOf = (member: Member): number =>
    predicted ? predictedThen(results, member.predicted)! : member.flops;
  const text = (amount: number): string =>
    predicted ? `${amount.toFixed(2)} ms` : `${(amount / 1e6).toFixed(1)} M`;
  const largest = Math.max(...all.map(amountOf));
  const scale = (WIDTH - BAR.left - BAR.right) / largest;
  const step = BAR.height + BAR.gap;
  const bars = all.map((member, row) => {
    const top = row * step;
    let left = BAR.left;
    const parts = SECTIONS.map((section, i) => {
      const width = member.shares[section] * amountOf(member) * scale;
      const part = html`<rect class="block c${i}" x="${left.toFixed(1)}" y="${top}" width="${width.toFixed(1)}" height="${BAR.height}"/>`;
      left += width;
      return part;
    });
    return html`<text class="tick" x="${BAR.left - 6}" y="${top + 12}" text-anchor="end">${member.folder}</text>${parts}<text class="tick" x="${(left + 5).toFixed(1)}" y="${top + 12}">${text(amountOf(member))}, ${member.input.slice(1).join("x")}</text>`;
  });
  const key = SECTIONS.map(
    (section, i) =>
      html`<rect class="block c${i}" x="${BAR.left + 110 * i}" y="${all.length * step + 4}" width="12" height="12"/><text class="tick" x="${BAR.left + 110 * i + 17}" y="${all.length * step + 14}">${section}</text>`,
  );
  return html`<svg viewBox="0 0 ${WIDTH} ${(all.length + 1) * step}" role="img">${bars}${key}</svg>`;
}
