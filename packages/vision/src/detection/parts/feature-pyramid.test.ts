import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "@supernet/base";
import { randn } from "@supernet/torch";
import { FeaturePyramid } from "./feature-pyramid.js";

const backbone = { outChannels: [4, 8, 16, 32], strides: [4, 8, 16, 32] };
const features = [32, 16, 8, 4].map((side, i) => randn([2, backbone.outChannels[i]!, side, side + 1]));

test("levels start at the backbone's second map and end with two strided convolutions", () => {
  const pyramid = new FeaturePyramid(backbone, {
    strides: [8, 16, 32, 64, 128],
    channels: 12,
    norm: "group",
    extraLevels: "conv-on-input",
  });
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

test("the finest level depends on the coarsest map", () => {
  const pyramid = new FeaturePyramid(backbone, {
    strides: [4, 8, 16, 32, 64],
    channels: 4,
    norm: "batch",
    extraLevels: "pool",
  });
  const top = randn([2, 32, 4, 5], { requiresGrad: true });
  const finest = pyramid.forward([...features.slice(0, 3), top])[0]!;
  finest.mul(finest).slice(0, 0, 1).sum().backward();
  assert.ok(top.grad!.abs().sum().item() > 0);
});

test("strides that do not match the backbone are rejected", () => {
  for (const strides of [[2, 4, 8, 16, 32], [8, 16], [8, 16, 32, 96], [16, 8, 32], [64]]) {
    assert.throws(
      () => new FeaturePyramid(backbone, { strides, channels: 4, norm: "none", extraLevels: "pool" }),
      (error) =>
        error instanceof UserError && /^pyramid\.strides: .*start with one of these/.test(error.message),
      String(strides),
    );
  }
});
