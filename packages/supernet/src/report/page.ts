import { requireArray, requireObject, requireOptions, requireString } from "@supernet/base";
import type { FoundLatency } from "../latency/found.js";
import { clock } from "../run/progress.js";
import { MODEL_FILE } from "../run/work-dir.js";
import { type Candidate, lineChart, type Point, scatter } from "./chart.js";
import { type FrontData, frontSection } from "./front.js";
import { html, type Markup } from "./html.js";
import { latencyText, resourceText } from "./scale.js";
import { STYLE } from "./style.js";
import { type DrawnBlock, drawArchitecture } from "./subnet-drawing.js";

/** One curve of a training step. */
export interface Curve {
  readonly title: string;
  readonly yLabel: string;
  readonly points: readonly Point[];
}

/** What a report shows of every run, whatever its task: plain data. */
export interface RunData {
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
  readonly found: {
    readonly flops: number;
    readonly params: number;
    /** What it has of each resource that is limited. */
    readonly limited: Readonly<Record<string, number>>;
    readonly blocks: readonly DrawnBlock[];
    /** Where latency is limited. */
    readonly latency: readonly FoundLatency[];
  };
  readonly flopsLimit?: number | undefined;
  /** Those that were scored on all images. */
  readonly candidates: readonly Candidate[];
  /** How often one was scored on a part of the images alone. */
  readonly partly: number;
  /** Of a search for several objectives. */
  readonly front?: FrontData | undefined;
  readonly curves: readonly Curve[];
  readonly subnet: string;
  readonly recipe: string;
}

/** What a report shows of its task. */
export interface TaskPart {
  /** What the search scores candidates by. */
  readonly score: string;
  /** The figures that come first. */
  readonly tiles: readonly Markup[];
  /** Sections on what the test found. */
  readonly sections: readonly Markup[];
}

/** A run's report as one HTML file that loads nothing from elsewhere. */
export function renderPage(data: RunData, part: TaskPart): string {
  requireObject("renderPage: data", data);
  requireOptions<TaskPart>("renderPage", part, ["score", "tiles", "sections"]);
  const { score, tiles, sections } = part;
  requireString("renderPage: score", score);
  requireArray("renderPage: tiles", tiles);
  requireArray("renderPage: sections", sections);
  const seconds = data.steps.reduce((sum, step) => sum + step.seconds, 0);
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${data.name}</title><style>${trusted(STYLE)}</style></head>
<body><main>
<h1>${data.name}</h1><p>${data.description}</p><p>${data.environment.map(([name, value]) => `${name} ${value}`).join(" · ")}</p>
<div class="tiles">${[...tiles, ...limitTiles(data.found), tile(clock(seconds), "in all")]}</div>
<section><h2>What was searched</h2><p>${data.space.name}: ${data.space.subnets} subnets${data.space.constraints.length > 0 ? ` under ${data.space.constraints.join(", ")}` : ""}; ${data.candidates.length} candidates scored by ${score} with the supernet's weights${data.partly > 0 ? `, and ${data.partly} times one on a part of the images` : ""}.</p>
<div class="grid2">${candidateCharts(data, score)}</div></section>
${data.front && frontSection(data.front, score)}
<section><h2>The found architecture</h2><p>Color and name: the chosen block. Height and number: output channels. The network is <a href="${MODEL_FILE}">${MODEL_FILE}</a>, beside this page.</p>${drawArchitecture(data.found.blocks)}${data.found.latency.map(latencyLine)}</section>
${sections}
<section><h2>Training</h2><div class="grid2">${data.curves.map(curve)}</div></section>
<section><h2>Time</h2><table>${data.steps.map(({ title, seconds: spent }) => html`<tr><td>${title}</td><td>${clock(spent)}</td></tr>`)}</table></section>
<section><details><summary>Subnet</summary><pre>${data.subnet}</pre></details><details><summary>Recipe</summary><pre>${data.recipe}</pre></details></section>
</main></body></html>
`;
  return String(page);
}

/** Style sheets are our own text; escaping would break their quotes. */
const trusted = (text: string): Markup => html([text] as unknown as TemplateStringsArray);

export function tile(value: string, label: string): Markup {
  requireString("tile: value", value);
  requireString("tile: label", label);
  return html`<div class="tile"><b>${value}</b><span>${label}</span></div>`;
}

/** Resources that have a tile of their own, limited or not. */
const SHOWN: readonly string[] = ["flops", "params"];

const latencyLine = (latency: FoundLatency): Markup => html`<p>${latencyText(latency)}.</p>`;

const limitTiles = ({ limited }: RunData["found"]): Markup[] =>
  Object.entries(limited)
    .filter(([name]) => !SHOWN.includes(name))
    .map(([name, value]) => tile(resourceText(name, value), `${name}, which the search limits`));

/** A difference of scores in points of 100, with its sign. */
export const signedPoints = (value: number): string => `${value >= 0 ? "+" : ""}${(100 * value).toFixed(1)}`;

/** Returns the standard deviation of values around their `mean`; 0 if there are none. */
export function standardDeviation(values: readonly number[], mean: number): number {
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / Math.max(1, values.length));
}

function candidateCharts({ candidates, flopsLimit }: RunData, score: string): Markup[] {
  const frame = { width: 520, height: 300, yLabel: score };
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
