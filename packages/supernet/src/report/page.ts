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

/** Curve of a metric over a training step. */
export interface Curve {
  readonly title: string;
  readonly yLabel: string;
  readonly points: readonly Point[];
}

/** Data that every task's report shows, as plain JSON. */
export interface RunData {
  readonly name: string;
  readonly description: string;
  /** Names and values that describe the run's environment. */
  readonly environment: readonly (readonly [string, string])[];
  readonly steps: readonly { readonly title: string; readonly seconds: number }[];
  readonly space: {
    readonly name: string;
    /** Number of subnets: "1296" or "up to 4096". */
    readonly subnets: string;
    readonly constraints: readonly string[];
  };
  readonly found: {
    readonly flops: number;
    readonly params: number;
    /** Value of each limited resource. */
    readonly limited: Readonly<Record<string, number>>;
    readonly blocks: readonly DrawnBlock[];
    /** Choices that no block shows. */
    readonly others: readonly { readonly name: string; readonly choice: string }[];
    /** Latencies of the found networks, if the search uses a latency table. */
    readonly latency: readonly FoundLatency[];
  };
  readonly flopsLimit?: number | undefined;
  /** Candidates that were scored on all images. */
  readonly candidates: readonly Candidate[];
  /** Number of scorings on only a part of the images. */
  readonly partly: number;
  /** Pareto front; undefined if the search had a single objective. */
  readonly front?: FrontData | undefined;
  readonly curves: readonly Curve[];
  readonly subnet: string;
  readonly recipe: string;
}

/** Parts of a report that depend on the task. */
export interface TaskPart {
  /** Name of the score that the search maximizes, for example "accuracy". */
  readonly score: string;
  /** Most important results, shown at the top; see `tile`. */
  readonly tiles: readonly Markup[];
  /** Sections with the results of the test. */
  readonly sections: readonly Markup[];
}

/**
 * Renders the report of a run as one self-contained HTML file.
 * @param data see `collectRun`
 * @example
 * const tiles = [tile("0.83", "mean absolute error")];
 * const page = renderPage(await collectRun(run, workDir), { score: "closeness", tiles, sections: [] });
 */
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
<div class="tiles">${[...tiles, ...limitTiles(data.found), tile(clock(seconds), "total time")]}</div>
<section><h2>Search</h2><p>${data.space.name}: ${data.space.subnets} subnets${data.space.constraints.length > 0 ? ` under ${data.space.constraints.join(", ")}` : ""}; ${data.candidates.length} candidates scored by ${score} with the supernet's weights${data.partly > 0 ? `, and ${data.partly} scorings on only a part of the images` : ""}.</p>
<div class="grid2">${candidateCharts(data, score)}</div></section>
${data.front && frontSection(data.front, score)}
<section><h2>The found architecture</h2><p>Color and name show the chosen block; height and number show the output channels. The network is in <a href="${MODEL_FILE}">${MODEL_FILE}</a>, next to this page.</p>${drawArchitecture(data.found.blocks)}${otherTable(data.found.others)}${data.found.latency.map(latencyLine)}</section>
${sections}
<section><h2>Training</h2><div class="grid2">${data.curves.map(curve)}</div></section>
<section><h2>Time</h2><table>${data.steps.map(({ title, seconds: spent }) => html`<tr><td>${title}</td><td>${clock(spent)}</td></tr>`)}</table></section>
<section><details><summary>Subnet</summary><pre>${data.subnet}</pre></details><details><summary>Recipe</summary><pre>${data.recipe}</pre></details></section>
</main></body></html>
`;
  return String(page);
}

/** Marks supernet's own style sheet as markup. Escaping would break its quotes. */
const trusted = (text: string): Markup => html([text] as unknown as TemplateStringsArray);

/**
 * Renders a result as a tile for the top of a report.
 * @example
 * tile("76.3 %", "accuracy")
 */
export function tile(value: string, label: string): Markup {
  requireString("tile: value", value);
  requireString("tile: label", label);
  return html`<div class="tile"><b>${value}</b><span>${label}</span></div>`;
}

/** Resources that other tiles show. */
const SHOWN: readonly string[] = ["flops", "params"];

const latencyLine = (latency: FoundLatency): Markup => html`<p>${latencyText(latency)}.</p>`;

/** Lists the choices that no block shows, such as those of a detector's heads. Empty if there are none. */
const otherTable = (others: RunData["found"]["others"]): Markup | undefined =>
  others.length === 0
    ? undefined
    : html`<table>${others.map(({ name, choice }) => html`<tr><td>${name}</td><td>${choice}</td></tr>`)}</table>`;

const limitTiles = ({ limited }: RunData["found"]): Markup[] =>
  Object.entries(limited)
    .filter(([name]) => !SHOWN.includes(name))
    .map(([name, value]) => tile(resourceText(name, value), `${name} (limited)`));

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
    html`<div>${scatter({ ...frame, xLabel: "FLOPs" }, candidates, flopsLimit)}<p>All candidates. Later generations are darker. The ring marks the found subnet.</p></div>`,
    html`<div>${lineChart({ ...frame, xLabel: "candidates scored" }, bestSoFar)}<p>Best score so far.</p></div>`,
  ];
}

function curve({ title, yLabel, points: values }: Curve): Markup {
  return html`<div>${lineChart({ width: 520, height: 240, xLabel: "iteration", yLabel }, values)}<p>${title}</p></div>`;
}
