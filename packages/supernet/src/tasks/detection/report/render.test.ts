import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { COCO_METRICS, type CocoMetrics } from "@supernet/vision/coco-metrics";
import { hostileRun, unbalanced } from "../../../testing/report.js";
import type { Member } from "../front/members.js";
import { type DetectionReport, renderDetection } from "./render.js";

const metrics = Object.fromEntries(
  COCO_METRICS.map((name, i) => [name, i === 5 ? -1 : i / 20]),
) as unknown as CocoMetrics;

const member = (folder: string, testAP: number): Member => ({
  folder,
  subnet: {},
  searchAP: 0.2,
  testAP,
  params: 2e5,
  flops: 6e7,
  input: [3, 128, 160],
  shares: { backbone: 0.2, pyramid: 0.3, heads: 0.5 },
  predicted: null,
  latency: { p10: 1, median: 1, p95: 2, runs: 48, engine: "<script>", threads: 1 },
});

const data: DetectionReport = {
  ...hostileRun,
  metrics,
  limited: hostileRun.found.limited,
  onSupernet: { found: 0.2, random: [0.1, 0.1], randomMean: 0.1 },
  tested: "found subnet, own weights",
  members: {
    title: "Detectors <b>",
    results: {
      found: "1",
      members: [member("1", 0.123), member("2", 0.1)],
      default: member("default", 0),
      slowdown: null,
      overDefault: { mean: 0.02, interval: [-0.01, 0.05] },
    },
  },
  comparison: {
    resource: "detector.latency",
    budgets: [1.5],
    randomCandidates: 40,
    kendallTau: null,
    networks: (["found", "hand-scaled", "random", "random"] as const).map((origin, i) => ({
      origin,
      budget: 0,
      subnet: {},
      folder: String(i),
      resources: { "detector.latency": 1.2 },
      supernet: i / 10,
      search: i / 10,
      test: -1,
      latency: null,
    })),
    gains: [{ over: "hand-scaled", mean: 0.021, interval: [0.004, 0.04], budgets: 1, cost: 1 }],
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
};

describe("renderDetection", () => {
  const page = renderDetection(data);

  it("is well-formed and loads no external resources", () => {
    assert.deepEqual(unbalanced(page), []);
    assert.doesNotMatch(page, /https?:|<script|<link|@import|url\(/);
  });

  it("escapes names", () => {
    assert.ok(page.includes("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert.ok(page.includes("<h2>Detectors &lt;b&gt;</h2>"));
    assert.ok(
      page.includes("<td>1 *</td><td>20.0</td><td>12.3</td>") && page.includes("&lt;script&gt;, 1 thread"),
    );
    assert.ok(page.includes("&lt;/svg&gt;&lt;img src=x&gt;"));
    assert.ok(page.includes("&quot;quoted&quot; &amp; hostile"));
  });

  it("shows a dash for metrics without ground truth, and never NaN", () => {
    assert.match(page, /<td>—<\/td>/);
    assert.doesNotMatch(page, /NaN|Infinity|undefined/);
  });

  it("says what was gained, and how sure that is", () => {
    assert.match(
      page,
      /as hand-scaled ones, the found networks have 2\.1 points of box AP more \(95 % interval over test images: 0\.4 to 4\.0;/,
    );
    assert.match(page, /<td>mean of 2 random<\/td><td>1\.2 ms<\/td><td>—<\/td><td>—<\/td>/);
  });

  it("renders without candidates, curves, pictures and random subnets", () => {
    const bare = renderDetection({
      ...data,
      candidates: [],
      comparison: undefined,
      members: undefined,
      curves: [],
      pictures: [],
      limited: hostileRun.found.limited,
      onSupernet: { found: 0, random: [], randomMean: 0 },
      found: { ...data.found, blocks: [] },
    });
    assert.deepEqual(unbalanced(bare), []);
    assert.doesNotMatch(bare, /NaN|Infinity|undefined/);
  });
});
