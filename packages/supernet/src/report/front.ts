import type { Candidate } from "@supernet/nas";
import { isLatency } from "../recipe/search.js";
import type { FrontFile } from "../search/front.js";
import { chart, type Point } from "./chart.js";
import { html, type Markup } from "./html.js";
import { points, resourceText } from "./scale.js";

/** Pareto front of a search with several objectives, and all candidates. */
export interface FrontData extends FrontFile {
  readonly candidates: readonly Scored[];
}

type Scored = Pick<Candidate, "score" | "resources">;

/** Renders the section with the front: a chart for each minimized resource, and a table of the points. */
export function frontSection(front: FrontData, score: string): Markup {
  const { minimize, knee, points: found } = front;
  return html`<section><h2>Pareto front</h2><p>No scored subnet has a higher ${score} and a lower ${minimize.join(" and a lower ")} than one of these. The ring marks the knee, which the next step uses.</p>
<div class="grid2">${minimize.map((resource) => html`<div>${drawFront(front, resource, score)}</div>`)}</div>
<table><tr><th>subnet</th><th>${score}</th>${minimize.map((resource) => html`<th>${resource}</th>`)}</tr>
${found.map(
  (point) =>
    html`<tr><td>${point.file}${point.file === knee ? ", the knee" : ""}</td><td>${points(point.score)}</td>${minimize.map((resource) => html`<td>${resourceText(resource, point.resources[resource]!)}</td>`)}</tr>`,
)}</table></section>`;
}

function drawFront(
  { minimize, knee, points: found, candidates }: FrontData,
  resource: string,
  score: string,
): Markup {
  const frame = {
    width: 520,
    height: 300,
    xLabel: isLatency(resource) ? `${resource}, ms` : resource,
    yLabel: score,
  };
  const at = ({ score: y, resources }: Scored): Point => ({ x: resources[resource]!, y: y! });
  const scored = candidates.filter((candidate) => candidate.score !== null).map(at);
  const front = found.map(at);
  const ringed = at(found.find(({ file }) => file === knee)!);
  return chart(frame, scored, ({ x, y }) => [
    ...scored.map(
      (point) => html`<circle class="dot" cx="${x.at(point.x)}" cy="${y.at(point.y)}" r="3" opacity="0.3"/>`,
    ),
    // With more than two objectives, the front is a surface, so its points cannot be joined by a line.
    minimize.length === 1
      ? html`<polyline class="line" points="${front.map((point) => `${x.at(point.x).toFixed(1)},${y.at(point.y).toFixed(1)}`).join(" ")}"/>`
      : html``,
    ...front.map((point) => html`<circle class="dot" cx="${x.at(point.x)}" cy="${y.at(point.y)}" r="4"/>`),
    html`<circle class="ring" cx="${x.at(ringed.x)}" cy="${y.at(ringed.y)}" r="8"/>`,
  ]);
}
