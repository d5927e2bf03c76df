import { COCO_METRICS } from "@supernet/vision/coco-metrics";
import type { Comparison } from "../../../compare/results.js";
import { comparisonSection, comparisonTiles } from "../../../compare/section.js";
import { html, type Markup } from "../../../report/html.js";
import { type RunData, renderPage, standardDeviation, tile } from "../../../report/page.js";
import { points, signedPoints, tidyNumber } from "../../../report/scale.js";
import type { OnSupernet, TestResults } from "../results.js";
import { type FrontMembers, membersSection, memberTiles } from "./front-section.js";

/** A box in a picture. */
export interface DrawnBox {
  /** [x, y, width, height] in pixels of the picture. */
  readonly box: readonly number[];
  readonly label: string;
  /** Score of a detection; undefined for a true box. */
  readonly score?: number;
}

/** A test image with its true boxes and its detected boxes. */
export interface Picture {
  /** Data URI of the image. */
  readonly source: string;
  readonly width: number;
  readonly height: number;
  readonly truth: readonly DrawnBox[];
  readonly found: readonly DrawnBox[];
}

/** Data of a detection report, as plain JSON. */
export interface DetectionReport extends RunData, TestResults {
  /** The tested subnet and its weights, such as "found subnet, own weights". */
  readonly tested: string;
  readonly members?: FrontMembers | undefined;
  readonly comparison?: Comparison | undefined;
  readonly pictures: readonly Picture[];
}

export function renderDetection(data: DetectionReport): string {
  return renderPage(data, {
    score: "box AP",
    tiles: [...renderTiles(data), ...(data.comparison ? comparisonTiles(data.comparison, "box AP") : [])],
    sections: [
      ...(data.comparison ? [comparisonSection(data.comparison, "box AP")] : []),
      ...(data.members ? [membersSection(data.members)] : []),
      html`<section><h2>Unseen test images</h2>${testTable(data)}</section>`,
      html`<section><h2>Sample test images</h2><p class="key"><i class="truth">- - true boxes</i><i class="found">— found boxes</i></p><div class="pictures">${data.pictures.map(drawPicture)}</div></section>`,
    ],
  });
}

function renderTiles({ metrics, found, onSupernet, members }: DetectionReport): Markup[] {
  if (members) return [tile(points(metrics.AP), "box AP of the found detector"), ...memberTiles(members)];
  const label = "AP above the mean of random subnets, with the supernet's weights";
  return [
    tile(points(metrics.AP), "box AP of the found detector"),
    tile(tidyNumber(found.flops), "FLOPs up to the classifier's last layer"),
    tile(tidyNumber(found.params), "parameters up to the same layer"),
    ...(onSupernet && onSupernet.random.length > 0
      ? [tile(signedPoints(onSupernet.found - onSupernet.randomMean), label)]
      : []),
  ];
}

function testTable({ metrics, tested, onSupernet }: DetectionReport): Markup {
  return html`<table><tr><th></th>${COCO_METRICS.map((name) => html`<th>${name}</th>`)}</tr>
<tr><td>${tested}</td>${COCO_METRICS.map((name) => html`<td>${points(metrics[name])}</td>`)}</tr></table>
<p>Times 100; — if the test images have no such objects.</p>
${onSupernet && onSupernet.random.length > 0 ? supernetTable(onSupernet) : undefined}`;
}

const supernetTable = ({ found, random, randomMean }: OnSupernet): Markup =>
  html`<table><tr><th>box AP, supernet's weights</th><th>AP</th></tr><tr><td>found subnet</td><td>${points(found)}</td></tr><tr><td>${random.length} random subnets under the same constraints, mean ± deviation</td><td>${points(randomMean)} ± ${points(standardDeviation(random, randomMean))}</td></tr></table>`;

function drawPicture({ source, width, height, truth, found }: Picture): Markup {
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
