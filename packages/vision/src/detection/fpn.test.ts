import assert from "node:assert/strict";
import { test } from "node:test";
import { randn } from "@supernet/torch";
import { FeaturePyramid } from "./fpn.js";

const backbone = { outChannels: [4, 8, 16, 32], strides: [4, 8, 16, 32] };
const features = [32, 16, 8, 4].map((side, i) => randn([2, backbone.outChannels[i]!, side, side + 1]));

test("levels from the backbone's second map on, with two strided convolutions on top", () => {
  const pyramid = new FeaturePyramid(backbone, {
    outChannels: 12,
    norm: "group",
    firstMap: 1,
    extra: { kind: "conv", levels: 2 },
  });
  assert.deepEqual(pyramid.strides, [8, 16, 32, 64, 128]);
  const shapes = pyramid.forward(features).map((level) => level.shape);
  assert.deepEqual(shapes, [
    [2, 12, 16, 17],
    [2, 12, 8, 9],
    [2, 12, 4, 5],
    [2, 12, 2, 3],
    [2, 12, 1, 2],
  ]);
  const names = [...pyramid.stateDict().keys()];
  assert.ok(names.includes("lateral_convs.0.conv.weight") && names.includes("fpn_convs.4.gn.bias"));
  assert.ok(!names.some((name) => name.startsWith("lateral_convs.3")));
});

test("what the coarsest map says reaches the finest level", () => {
  const pyramid = new FeaturePyramid(backbone, {
    outChannels: 4,
    norm: "batch",
    extra: { kind: "pool", levels: 1 },
  });
  const top = randn([2, 32, 4, 5], { requiresGrad: true });
  const finest = pyramid.forward([...features.slice(0, 3), top])[0]!;
  finest.mul(finest).slice(0, 0, 1).sum().backward();
  assert.ok(top.grad!.abs().sum().item() > 0);
});
