import { scatter } from "../report/chart.js";
import { html, type Markup } from "../report/html.js";
import { tile } from "../report/page.js";
import { points, resourceText, signedPoints } from "../report/scale.js";
import { type Comparison, comparisonRows, gainSentences, pluralOf } from "./results.js";

/** Renders the most important difference as a tile: to hand-scaled networks, if there are any. */
export function comparisonTiles({ gains: [gain], resource }: Comparison, metric: string): Markup[] {
  if (gain === undefined) return [];
  const share = (100 / gain.cost).toFixed(0);
  const [low, high] = gain.interval.map(signedPoints);
  return [
    tile(
      signedPoints(gain.mean),
      `${metric} over ${pluralOf(gain.over)}, at ${share} % of their ${resource} (95 % interval ${low} to ${high})`,
    ),
  ];
}

/** Renders a comparison for the report: a table of the networks at each budget, and what the search gained. */
export function comparisonSection(comparison: Comparison, metric: string): Markup {
  const { resource, networks, kendallTau } = comparison;
  const random = networks.filter(({ origin }) => origin === "random");
  const ranking = random.map(({ supernet, test }) => ({ x: supernet, y: test, generation: 1, found: false }));
  const frame = {
    width: 520,
    height: 300,
    xLabel: `${metric} with the supernet's weights`,
    yLabel: `${metric} on test images after training alone`,
  };
  const time = (milliseconds: number | null): string => milliseconds?.toFixed(2) ?? "—";
  return html`<section><h2>Found, made by hand, and random, at equal cost</h2>
${gainSentences(comparison, metric).map((sentence) => html`<p>${sentence}.</p>`)}
<table><tr><th></th><th>${resource}</th><th>measured ms</th><th>${metric} on test images</th><th>${metric} with the supernet's weights</th></tr>
${comparisonRows(comparison).map(({ label, cost, milliseconds, test, supernet }) => html`<tr><td>${label}</td><td>${resourceText(resource, cost)}</td><td>${time(milliseconds)}</td><td>${points(test)}</td><td>${points(supernet)}</td></tr>`)}</table>
<p>All networks are trained in the same way.</p>
${kendallTau === null ? undefined : html`<div class="grid2"><div>${scatter(frame, ranking, undefined)}<p>The random networks: Kendall's tau ${kendallTau.toFixed(2)}.</p></div></div>`}</section>`;
}
