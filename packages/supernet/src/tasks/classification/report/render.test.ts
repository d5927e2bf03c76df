import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { hostileRun, unbalanced } from "../../../testing/report.js";
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
  tested: { retrained: "found subnet, fine-tuned", inherited: "found subnet, supernet's weights" },
  pictures: [
    { source: "data:image/jpeg;base64,AAAA", label: "<b>bag", predicted: "<b>bag" },
    { source: "data:image/jpeg;base64,AAAA", label: "coat", predicted: "dress" },
  ],
};

describe("renderClassification", () => {
  const page = renderClassification(data);

  it("is well-formed, loads no external resources and escapes names", () => {
    assert.deepEqual(unbalanced(page), []);
    assert.doesNotMatch(page, /https?:|<script|<link|@import|url\(/);
    assert.ok(page.includes("&lt;b&gt;bag") && page.includes("predicted dress, is coat"));
    assert.doesNotMatch(page, /NaN|Infinity|undefined/);
  });

  it("shows the found subnet, fine-tuned and with inherited weights, and random ones", () => {
    const rows = [...page.matchAll(/<tr><td>([^<]*)<\/td><td>([\d.]+)<\/td><td>([\d.]*)<\/td>/g)];
    assert.deepEqual(
      rows.map(([, label, top1, top5]) => [label, top1, top5]),
      [
        ["found subnet, fine-tuned", "80.0", "95.0"],
        ["found subnet, supernet&#39;s weights", "70.0", "90.0"],
        ["mean of 2 random subnets, supernet&#39;s weights", "60.0", ""],
      ],
    );
    assert.match(page, /Standard deviation of the random subnets[^:]*: 10\.0/);
    assert.match(page, /<b>\+10\.0<\/b>/);
  });

  it("draws the front of several objectives, with a line if there are two", () => {
    const point = (file: string, score: number, flops: number) => ({
      file,
      subnet: {},
      score,
      resources: { flops, "detector.latency": flops / 1e6 },
    });
    const found = [point("1.subnet.yaml", 0.9, 8e6), point("2.subnet.yaml", 0.8, 4e6)];
    const front = (minimize: string[]) => ({
      minimize,
      knee: "2.subnet.yaml",
      points: found,
      candidates: [...found, { score: 0.7, resources: found[0]!.resources }, { ...found[0]!, score: null }],
    });
    const two = renderClassification({ ...data, front: front(["flops"]) });
    const three = renderClassification({ ...data, front: front(["flops", "detector.latency"]) });
    for (const drawn of [two, three]) {
      assert.deepEqual(unbalanced(drawn), []);
      assert.doesNotMatch(drawn, /NaN|Infinity|undefined/);
    }
    const section = (drawn: string) => drawn.slice(drawn.indexOf("Pareto front"), drawn.indexOf("The found"));
    assert.match(section(two), /2\.subnet\.yaml, the knee<\/td><td>80\.0<\/td><td>4 M</);
    assert.match(section(three), /<td>4 M<\/td><td>4 ms</);
    const count = (drawn: string, what: RegExp) => section(drawn).match(what)?.length ?? 0;
    assert.deepEqual(
      [count(two, /class="ring"/g), count(two, /polyline/g), count(two, /class="dot"/g)],
      [1, 1, 5],
    );
    assert.deepEqual([count(three, /class="ring"/g), count(three, /polyline/g)], [2, 0]);
  });

  it("renders without retraining, random subnets, top-5 and pictures", () => {
    const { inherited } = data.results;
    const bare = renderClassification({
      ...data,
      results: {
        ...data.results,
        inherited: { top1: inherited!.top1 },
        retrained: null,
        random: [],
        randomMean: null,
      },
      pictures: [],
    });
    assert.deepEqual(unbalanced(bare), []);
    assert.doesNotMatch(bare, /NaN|Infinity|undefined|null|top-5|fine-tuned/);
  });
});
