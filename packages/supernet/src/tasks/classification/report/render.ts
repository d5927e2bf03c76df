import type { Comparison } from "../../../compare/results.js";
import { comparisonSection, comparisonTiles } from "../../../compare/section.js";
import { html, type Markup } from "../../../report/html.js";
import { type RunData, renderPage, standardDeviation, tile } from "../../../report/page.js";
import { points, signedPoints, tidyNumber } from "../../../report/scale.js";
import {
  type AccuracyRow,
  accuracyRows,
  type ClassificationResults,
  finalAccuracy,
  type TestedNames,
} from "../results.js";

/** A test image with its true class and its predicted class. */
export interface LabeledPicture {
  /** Data URI of the image. */
  readonly source: string;
  readonly label: string;
  readonly predicted: string;
}

/** Data of a classification report, as plain JSON. */
export interface ClassificationReport extends RunData {
  readonly results: ClassificationResults;
  readonly tested: TestedNames;
  readonly comparison?: Comparison | undefined;
  readonly pictures: readonly LabeledPicture[];
}

export function renderClassification(data: ClassificationReport): string {
  return renderPage(data, {
    score: "accuracy",
    tiles: [...renderTiles(data), ...(data.comparison ? comparisonTiles(data.comparison, "accuracy") : [])],
    sections: [
      html`<section><h2>Unseen test images</h2>${testTable(data)}</section>`,
      ...(data.comparison ? [comparisonSection(data.comparison, "accuracy")] : []),
      html`<section><h2>Sample test images</h2><div class="pictures labeled">${data.pictures.map(drawLabeled)}</div></section>`,
    ],
  });
}

function renderTiles({ results, found }: ClassificationReport): Markup[] {
  const { inherited, randomMean } = results;
  const label = "points above the mean of random subnets, with the supernet's weights";
  return [
    tile(`${points(finalAccuracy(results).top1)} %`, "accuracy of the found classifier"),
    tile(tidyNumber(found.flops), "FLOPs"),
    tile(tidyNumber(found.params), "parameters"),
    ...(randomMean === null || inherited === null
      ? []
      : [tile(signedPoints(inherited.top1 - randomMean), label)]),
  ];
}

function testTable({ results, tested }: ClassificationReport): Markup {
  const { random, randomMean, images } = results;
  const rows = accuracyRows(results, tested);
  const five = rows.some(({ top5 }) => top5 !== undefined);
  const row = ({ label, top1, top5 }: AccuracyRow): Markup =>
    html`<tr><td>${label}</td><td>${points(top1)}</td>${five ? html`<td>${top5 === undefined ? "" : points(top5)}</td>` : undefined}</tr>`;
  const spread =
    randomMean === null
      ? ""
      : ` Standard deviation of the random subnets, under the same constraints: ${points(standardDeviation(random, randomMean))}.`;
  return html`<table><tr><th>accuracy</th><th>top-1</th>${five ? html`<th>top-5</th>` : undefined}</tr>${rows.map(row)}</table>
<p>Percent of ${images} images.${spread}</p>`;
}

function drawLabeled({ source, label, predicted }: LabeledPicture): Markup {
  const caption =
    label === predicted
      ? html`<figcaption>${label}</figcaption>`
      : html`<figcaption class="wrong">predicted ${predicted}, is ${label}</figcaption>`;
  return html`<figure><img src="${source}" alt="${label}">${caption}</figure>`;
}
