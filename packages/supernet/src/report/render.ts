import { COCO_METRICS, type CocoMetrics } from "@supernet/vision/coco-metrics";
import { clock } from "../run/progress.js";
import { type Comparison, comparisonRows } from "../steps/compare/comparison.js";
import { type DrawnBlock, drawArchitecture } from "./architecture.js";
import { type Candidate, lineChart, type Point, scatter } from "./chart.js";
import { html, type Markup } from "./html.js";
import { drawPicture, type Picture } from "./pictures.js";
import { tidyNumber } from "./scale.js";
import { STYLE } from "./style.js";

/** One curve of a training step. */
export interface Curve {
  readonly title: string;
  readonly yLabel: string;
  readonly points: readonly Point[];
}

/** All that the report shows: plain data. */
export interface ReportData {
  readonly name: string;
  readonly description: string;
  /** What it ran on: names and values. */
  readonly environment: readonly (readonly [string, string])[];
  readonly steps: readonly { readonly title: string; readonly seconds: number }[];
  readonly space: {
    readonly name: string;
    readonly subnets: string;
    readonly constraints: readonly string[];
  };
  readonly found: { readonly flops: number; readonly params: number; readonly blocks: readonly DrawnBlock[] };
  readonly flopsLimit?: number | undefined;
  readonly candidates: readonly Candidate[];
  readonly curves: readonly Curve[];
  readonly metrics: CocoMetrics;
  /** Box AP on the test images with the supernet's weights. */
  readonly onSupernet: {
    readonly found: number;
    readonly random: readonly number[];
    readonly randomMean: number;
  };
  readonly comparison?: Comparison | undefined;
  readonly pictures: readonly Picture[];
  readonly subnet: string;
  readonly recipe: string;
}

/** The report as one HTML file that loads nothing from elsewhere. */
export function renderReport(data: ReportData): string {
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${data.name}</title><style>${trusted(STYLE)}</style></head>
<body><main>
<h1>${data.name}</h1><p>${data.description}</p><p>${data.environment.map(([name, value]) => `${name} ${value}`).join(" · ")}</p>
${headline(data)}
<section><h2>What was searched</h2><p>${data.space.name}: ${data.space.subnets} subnets${data.space.constraints.length > 0 ? ` under ${data.space.constraints.join(", ")}` : ""}; ${data.candidates.length} candidates scored by box AP with the supernet's weights.</p>
<div class="grid2">${candidateCharts(data)}</div></section>
<section><h2>The found architecture</h2><p>Colour and name: the chosen block. Height and number: output channels, or the width of tokens.</p>${drawArchitecture(data.found.blocks)}</section>
<section><h2>Test images that no step has seen</h2>${testTable(data)}</section>
${data.comparison ? comparisonSection(data.comparison) : undefined}
<section><h2>Sample test images</h2><p class="key"><i class="truth">- - true boxes</i><i class="found">— found boxes</i></p><div class="pictures">${data.pictures.map(drawPicture)}</div></section>
<section><h2>Training</h2><div class="grid2">${data.curves.map(curve)}</div></section>
<section><h2>Time</h2><table>${data.steps.map(({ title, seconds }) => html`<tr><td>${title}</td><td>${clock(seconds)}</td></tr>`)}</table></section>
<section><details><summary>Subnet</summary><pre>${data.subnet}</pre></details><details><summary>Recipe</summary><pre>${data.recipe}</pre></details></section>
</main></body></html>
`;
  return String(page);
}

/** Style sheets are our own text; escaping would break their quotes. */
const trusted = (text: string): Markup => html([text] as unknown as TemplateStringsArray);

const points = (value: number): string => (value < 0 ? "—" : (100 * value).toFixed(1));

function headline({ metrics, found, onSupernet, steps }: ReportData): Markup {
  const seconds = steps.reduce((sum, step) => sum + step.seconds, 0);
  const tile = (value: string, label: string) =>
    html`<div class="tile"><b>${value}</b><span>${label}</span></div>`;
  const gain = 100 * (onSupernet.found - onSupernet.randomMean);
  return html`<div class="tiles">${[
    tile(points(metrics.AP), "box AP of the found detector"),
    tile(tidyNumber(found.flops), "FLOPs up to the classifier's last layer"),
    tile(tidyNumber(found.params), "parameters up to there"),
    ...(onSupernet.random.length > 0
      ? [
          tile(
            `${gain >= 0 ? "+" : ""}${gain.toFixed(1)}`,
            "AP above the mean of random subnets, supernet's weights",
          ),
        ]
      : []),
    tile(clock(seconds), "in all"),
  ]}</div>`;
}

function candidateCharts({ candidates, flopsLimit }: ReportData): Markup[] {
  const frame = { width: 520, height: 300, yLabel: "box AP" };
  let best = Number.NEGATIVE_INFINITY;
  const bestSoFar = candidates.map(({ y }, i) => {
    best = Math.max(best, Number.isFinite(y) ? y : best);
    return { x: i + 1, y: best };
  });
  return [
    html`<div>${scatter({ ...frame, xLabel: "FLOPs" }, candidates, flopsLimit)}<p>Every candidate; the later its generation the darker, the found one ringed.</p></div>`,
    html`<div>${lineChart({ ...frame, xLabel: "candidates scored" }, bestSoFar)}<p>Best so far.</p></div>`,
  ];
}

function curve({ title, yLabel, points: values }: Curve): Markup {
  return html`<div>${lineChart({ width: 520, height: 240, xLabel: "iteration", yLabel }, values)}<p>${title}</p></div>`;
}

function testTable({ metrics, onSupernet }: ReportData): Markup {
  const { found, random, randomMean } = onSupernet;
  const deviation = Math.sqrt(
    random.reduce((sum, ap) => sum + (ap - randomMean) ** 2, 0) / Math.max(1, random.length),
  );
  return html`<table><tr><th></th>${COCO_METRICS.map((name) => html`<th>${name}</th>`)}</tr>
<tr><td>found subnet, its own weights</td>${COCO_METRICS.map((name) => html`<td>${points(metrics[name])}</td>`)}</tr></table>
<p>In points of 100; — where the test images have no such objects.</p>
${random.length > 0 ? html`<table><tr><th>box AP, supernet's weights</th><th>AP</th></tr><tr><td>found subnet</td><td>${points(found)}</td></tr><tr><td>${random.length} random subnets under the same constraints, mean ± deviation</td><td>${points(randomMean)} ± ${points(deviation)}</td></tr></table>` : undefined}`;
}

function comparisonSection(comparison: Comparison): Markup {
  const random = comparison.contestants.filter(({ origin }) => origin === "random");
  const ranking = random.map(({ searchAP, ownAP }) => ({
    x: searchAP,
    y: ownAP,
    generation: 1,
    found: false,
  }));
  const frame = { width: 520, height: 300, xLabel: "box AP in the search", yLabel: "box AP trained alone" };
  const tau = comparison.kendallTau === null ? "—" : comparison.kendallTau.toFixed(2);
  return html`<section><h2>Beside networks trained alike</h2><table><tr><th></th><th>FLOPs</th><th>parameters</th><th>AP, trained alone</th><th>AP, supernet's weights</th></tr>
${comparisonRows(comparison).map(({ label, flops, params, ownAP, sharedAP }) => html`<tr><td>${label}</td><td>${tidyNumber(flops)}</td><td>${tidyNumber(params)}</td><td>${points(ownAP)}</td><td>${points(sharedAP)}</td></tr>`)}</table>
${random.length > 1 ? html`<div class="grid2"><div>${scatter(frame, ranking, undefined)}<p>The random subnets: Kendall's tau ${tau}.</p></div></div>` : undefined}</section>`;
}
