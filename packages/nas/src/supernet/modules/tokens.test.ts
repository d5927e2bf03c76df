import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { PYTHON, withoutModule } from "@supernet/testing";
import { manualSeed, noGrad, randn, type Tensor, tensor } from "@supernet/torch";
import { ElasticClassToken, resizePositions } from "./tokens.js";

const withoutTorch = withoutModule("torch");

/** Resizes positions as DeiT's and timm's `resize_pos_embed` do. Reads and prints JSON. */
const REFERENCE = `
import json, sys, torch
from torch.nn import functional as F
results = []
for positions, side in json.load(sys.stdin):
    positions = torch.tensor(positions)
    token, grid = positions[:, :1], positions[0, 1:]
    before = int(len(grid) ** 0.5)
    grid = grid.reshape(1, before, before, -1).permute(0, 3, 1, 2)
    grid = F.interpolate(grid, size=(side, side), mode="bicubic", align_corners=False)
    grid = grid.permute(0, 2, 3, 1).reshape(1, side * side, -1)
    results.append(torch.cat([token, grid], 1).tolist())
print(json.dumps(results))
`;

const difference = (a: Tensor, b: Tensor): number => a.sub(b).abs().max().item();

test("interpolates positions as PyTorch does", { skip: withoutTorch }, () => {
  manualSeed(1);
  const cases = [
    [4, 3, 2],
    [8, 6, 5],
    [14, 10, 3],
    [3, 5, 4],
    [2, 1, 3],
  ].map(([before, side, width]) => [randn([1, before! ** 2 + 1, width!]), side!] as const);
  const input = JSON.stringify(cases.map(([positions, side]) => [positions.toArray(), side]));
  const { status, stdout, stderr } = spawnSync(PYTHON, ["-c", REFERENCE], { input, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  for (const [i, expected] of (JSON.parse(stdout) as number[][][][]).entries()) {
    const [positions, side] = cases[i]!;
    const resized = resizePositions(positions, side ** 2);
    assert.deepEqual(resized.shape, [1, side ** 2 + 1, positions.shape[2]]);
    assert.ok(difference(resized, tensor(expected)) < 1e-6);
  }
});

test("does not change positions for the same grid", () => {
  const positions = randn([1, 10, 4]);
  assert.equal(resizePositions(positions, 9), positions);
});

test("adds the positions of the active grid and width, and returns them as its state", () => {
  const module = new ElasticClassToken(16, 6);
  module.resize(9, 4);
  const patches = randn([9, 2, 4]);
  noGrad(() => {
    const { cls_token, pos_embed } = module.activeState();
    assert.deepEqual(cls_token.shape, [1, 1, 4]);
    assert.deepEqual(pos_embed.shape, [1, 10, 4]);
    const output = module.forward(patches);
    assert.deepEqual(output.shape, [10, 2, 4]);
    for (const sample of [0, 1]) {
      const own = output.select(1, sample);
      assert.equal(
        difference(
          own.narrow(0, 1, 9),
          patches.select(1, sample).add(pos_embed.select(0, 0).narrow(0, 1, 9)),
        ),
        0,
      );
    }
  });
});

test("learns the positions of a smaller grid", () => {
  const module = new ElasticClassToken(16, 3);
  module.resize(4, 3);
  module
    .forward(randn([4, 1, 3]))
    .sum()
    .backward();
  const gradient = module.pos_embed.grad!;
  assert.deepEqual(gradient.shape, [1, 17, 3]);
  // Each of the five positions is a weighted mean of the stored ones.
  assert.ok(Math.abs(gradient.sum().item() - 5 * 3) < 1e-4);
});
