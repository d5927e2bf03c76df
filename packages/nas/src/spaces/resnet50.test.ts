import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "@supernet/base";
import { createEstimator } from "../cost/estimator.js";
import { classifierParts } from "../network/network-space.js";
import { firstSubnet } from "../space/space.js";
import { resNet50 } from "./resnet50.js";

const space = resNet50();
const measure = createEstimator("", classifierParts(space, 1000), [3, 224, 224]).measure;

test("the first subnet is ResNet-50, with torchvision's parameters and multiply-accumulates", () => {
  const { params, macs } = measure(firstSubnet(space));
  assert.equal(params, 25_557_032);
  // 4.089 GMACs, torchvision's published figure: 4.09 GFLOPS.
  assert.equal((macs / 1e9).toFixed(2), "4.09");
});

test("other sizes are torchvision's resnet101 and wide_resnet50_2", () => {
  const params = (sizes: Parameters<typeof resNet50>[0]) => {
    const other = resNet50(sizes);
    const input = [3, 224, 224];
    return createEstimator("", classifierParts(other, 1000), input).measure(firstSubnet(other)).params;
  };
  assert.equal(params({ depths: [[3, 2], [4], [23], [3]] }), 44_549_160);
  assert.equal(params({ bottlenecks: [128, 256, 512, 1024] }), 68_883_240);
});

test("every skipped block has the cost of one block less", () => {
  // Convolutions 1024x256, 256x256x9, 256x1024, and weights and biases of their norms.
  const block = 2 * 1024 * 256 + 9 * 256 * 256 + 2 * (256 + 256 + 1024);
  const params = [6, 5, 4, 3, 2].map(
    (depth) => measure({ ...firstSubnet(space), "stages.2.depth": depth }).params,
  );
  for (const [i, own] of params.entries()) assert.equal(own, 25_557_032 - i * block);
});

test("rejects and names invalid sizes", () => {
  const refuse = (sizes: Parameters<typeof resNet50>[0], word: RegExp) =>
    assert.throws(
      () => resNet50(sizes),
      (error: Error) => error instanceof UserError && word.test(error.message),
    );
  refuse({ depths: [[3], [4], [], [3]] }, /depths\[2\] is \[\]; expected at least 1 item/);
  refuse({ channels: [256, 512] }, /channels is .*; expected exactly 4 items/);
  refuse({ depths: [[1], [1], [1], [1]] }, /nothing to search/);
});
