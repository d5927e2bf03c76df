// For tests: a run whose texts would break a page without escaping, and a check of a page's tags.
import type { RunData } from "../report/page.js";

/** Run whose texts contain markup and quotes. */
export const hostileRun: RunData = {
  name: "<script>alert(1)</script>",
  description: 'a "quoted" & hostile name',
  environment: [["libtorch", "1.13"]],
  steps: [{ title: "pretrain", seconds: 61 }],
  space: { name: "space", subnets: "65536", constraints: ["flops at most 1"] },
  found: {
    flops: 8e6,
    params: 1e5,
    latency: [
      { network: "backbone", predicted: 4.25, measured: 4.5, engine: "<b>onnxruntime", threads: 1 },
      { network: "detector", predicted: 9, measured: null, engine: "board", threads: 2 },
    ],
    limited: { flops: 8e6, "backbone.latency": 4.25 },
    blocks: [
      { stage: 0, channels: 24, stride: 2, labels: ["3x3"], index: 0, skipped: false },
      { stage: 1, channels: 48, stride: 2, labels: ["kernel 5", "<i>"], index: 9, skipped: true },
    ],
    others: [{ name: "detection.size.short", choice: "<u>96" }],
  },
  flopsLimit: 9e6,
  candidates: [
    { x: 8e6, y: 0.1, generation: 0, found: true },
    { x: 8e6, y: Number.NaN, generation: 1, found: false },
  ],
  partly: 0,
  curves: [{ title: "loss", yLabel: "loss", points: [{ x: 1, y: 2 }] }],
  subnet: "layers.0.0: shuffle_3x3\n",
  recipe: "name: x\n",
};

/** Returns the names of tags that are not closed, or closed in the wrong order. */
export function unbalanced(page: string): string[] {
  const open: string[] = [];
  const bad: string[] = [];
  for (const [, close, name, selfClosed] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*?(\/?)>/g)) {
    if (selfClosed || name === "meta" || name === "img") continue;
    if (!close) open.push(name!);
    else if (open.pop() !== name) bad.push(name!);
  }
  return [...bad, ...open];
}
