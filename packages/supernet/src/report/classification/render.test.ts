import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { hostileRun, unbalanced } from "../testing.js";
import { type ClassificationReport, renderClassification } from "./render.js";

const data: ClassificationReport = {
  ...hostileRun,
  results: {
    classes: 10,
    images: 40,
    inherited: { top1: 0.7, top5: 0.9 },
    retrained: { top1: 0.8, top5: 0.95 },
    random: [0.5, 0.7],
    randomMean: 0.6,
  },
  start: "inherited",
  pictures: [
    { source: "data:image/jpeg;base64,AAAA", label: "<b>bag", predicted: "<b>bag" },
    { source: "data:image/jpeg;base64,AAAA", label: "coat", predicted: "dress" },
  ],
};

describe("renderClassification", () => {
  const page = renderClassification(data);

  it("is well-formed, loads nothing from elsewhere and escapes names", () => {
    assert.deepEqual(unbalanced(page), []);
    assert.doesNotMatch(page, /https?:|<script|<link|@import|url\(/);
    assert.ok(page.includes("&lt;b&gt;bag") && page.includes("dress, but it is coat"));
    assert.doesNotMatch(page, /NaN|Infinity|undefined/);
  });

  it("sets the found subnet, fine-tuned and inherited, beside random ones", () => {
    const rows = [...page.matchAll(/<tr><td>([^<]*)<\/td><td>([\d.]+)<\/td><td>([\d.]*)<\/td>/g)];
    assert.deepEqual(
      rows.map(([, label, top1, top5]) => [label, top1, top5]),
      [
        ["found subnet, fine-tuned", "80.0", "95.0"],
        ["found subnet, the supernet&#39;s weights", "70.0", "90.0"],
        ["mean of 2 random subnets, the supernet&#39;s weights", "60.0", ""],
      ],
    );
    assert.match(page, /deviate by 10\.0/);
    assert.match(page, /<b>\+10\.0<\/b>/);
  });

  it("can do without retraining, random subnets, top-5 and pictures", () => {
    const { inherited } = data.results;
    const bare = renderClassification({
      ...data,
      results: {
        ...data.results,
        inherited: { top1: inherited.top1 },
        retrained: null,
        random: [],
        randomMean: null,
      },
      start: undefined,
      pictures: [],
    });
    assert.deepEqual(unbalanced(bare), []);
    assert.doesNotMatch(bare, /NaN|Infinity|undefined|null|top-5|fine-tuned/);
  });
});
