import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { COCO_METRICS, type CocoMetrics } from "@supernet/vision/coco-metrics";
import { type ReportData, renderReport } from "./render.js";

const metrics = Object.fromEntries(
  COCO_METRICS.map((name, i) => [name, i === 5 ? -1 : i / 20]),
) as unknown as CocoMetrics;

const data: ReportData = {
  name: "<script>alert(1)</script>",
  description: 'a "quoted" & hostile name',
  environment: [["libtorch", "1.13"]],
  steps: [{ title: "pretrain", seconds: 61 }],
  space: { name: "space", subnets: "65536", constraints: ["flops at most 1"] },
  found: {
    flops: 8e6,
    params: 1e5,
    limited: { flops: 8e6, "backbone.latency": 4.25 },
    blocks: [
      { stage: 0, channels: 24, stride: 2, labels: ["3x3"], index: 0, skipped: false },
      { stage: 1, channels: 48, stride: 2, labels: ["kernel 5", "<i>"], index: 9, skipped: true },
    ],
  },
  flopsLimit: 9e6,
  candidates: [
    { x: 8e6, y: 0.1, generation: 0, found: true },
    { x: 8e6, y: Number.NaN, generation: 1, found: false },
  ],
  curves: [{ title: "loss", yLabel: "loss", points: [{ x: 1, y: 2 }] }],
  metrics,
  onSupernet: { found: 0.2, random: [0.1, 0.1], randomMean: 0.1 },
  comparison: {
    randomCandidates: 40,
    kendallTau: null,
    contestants: (["found", "best of random search", "random", "random"] as const).map((origin, i) => ({
      origin,
      subnet: {},
      flops: 8e6,
      params: 1e5,
      searchAP: i / 10,
      sharedAP: i / 10,
      ownAP: -1,
    })),
  },
  pictures: [
    {
      source: "data:image/png;base64,AAAA",
      width: 10,
      height: 10,
      truth: [{ box: [1, 2, 3, 4], label: "</svg><img src=x>" }],
      found: [{ box: [1, 2, 3, 4], label: "bag", score: 0.5 }],
    },
  ],
  subnet: "layers.0.0: shuffle_3x3\n",
  recipe: "name: x\n",
};

/** Names of tags that are closed out of order or never. */
function unbalanced(page: string): string[] {
  const open: string[] = [];
  const bad: string[] = [];
  for (const [, close, name, selfClosed] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*?(\/?)>/g)) {
    if (selfClosed || name === "meta") continue;
    if (!close) open.push(name!);
    else if (open.pop() !== name) bad.push(name!);
  }
  return [...bad, ...open];
}

describe("renderReport", () => {
  const page = renderReport(data);

  it("is well-formed and loads nothing from elsewhere", () => {
    assert.deepEqual(unbalanced(page), []);
    assert.doesNotMatch(page, /https?:|<script|<link|@import|url\(/);
  });

  it("escapes names", () => {
    assert.ok(page.includes("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert.ok(page.includes("&lt;/svg&gt;&lt;img src=x&gt;"));
    assert.ok(page.includes("&quot;quoted&quot; &amp; hostile"));
  });

  it("shows what has no ground truth as a dash, and no number that is none", () => {
    assert.match(page, /<td>—<\/td>/);
    assert.doesNotMatch(page, /NaN|Infinity|undefined/);
  });

  it("can do without candidates, curves, pictures and random subnets", () => {
    const bare = renderReport({
      ...data,
      candidates: [],
      comparison: undefined,
      curves: [],
      pictures: [],
      onSupernet: { found: 0, random: [], randomMean: 0 },
      found: { ...data.found, blocks: [] },
    });
    assert.deepEqual(unbalanced(bare), []);
    assert.doesNotMatch(bare, /NaN|Infinity|undefined/);
  });
});
