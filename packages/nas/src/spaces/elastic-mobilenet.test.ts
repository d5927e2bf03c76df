import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "@supernet/base";
import { createEstimator } from "../cost/estimator.js";
import { classifierParts } from "../network/network-space.js";
import { type Subnet, subnetKey } from "../space/space.js";
import { elasticMobileNet } from "./elastic-mobilenet.js";
import { mobileNetV2 } from "./mobilenetv2.js";

const space = elasticMobileNet();

test("has the largest subnet of the single-path space", () => {
  const input = [3, 224, 224];
  const largest = Object.fromEntries(space.decisions.map(({ name, choices }) => [name, choices.at(-1)!]));
  const path = mobileNetV2();
  const same = Object.fromEntries(path.decisions.map(({ name }) => [name, "mb_k7e6"]));
  assert.deepEqual(
    createEstimator("", classifierParts(space, 1000), input).measure(largest),
    createEstimator("", classifierParts(path, 1000), input).measure(same),
  );
});

test("kernel and expansion are void exactly in blocks beyond the depth", () => {
  const subnet: Subnet = Object.fromEntries(space.decisions.map(({ name, choices }) => [name, choices[1]!]));
  const key = (change: Subnet) => subnetKey(space, { ...subnet, ...change });
  const base = key({ "stages.3.depth": 3 });
  const changes: Subnet[] = [{ "layers.3.3.kernel": 7 }, { "layers.3.3.expansion": 6 }];
  for (const change of changes) {
    assert.equal(key({ "stages.3.depth": 3, ...change }), base);
    assert.notEqual(key({ "stages.3.depth": 4, ...change }), key({ "stages.3.depth": 4 }));
  }
  assert.notEqual(key({ "stages.3.depth": 3, "layers.3.2.kernel": 7 }), base);
});

test("a size with a single choice is not a decision", () => {
  const narrow = elasticMobileNet({
    widths: [[16], [24], [32, 40], [48], [64], [96]],
    depths: [[1], [1, 2], [2], [1], [1], [1]],
    kernels: [3, 5],
    expansions: [4],
  });
  assert.deepEqual(
    narrow.decisions.map(({ name }) => name),
    [
      "layers.1.0.kernel",
      "stages.2.depth",
      "layers.2.0.kernel",
      "layers.2.1.kernel",
      "stages.3.width",
      "layers.3.0.kernel",
      "layers.3.1.kernel",
      "layers.4.0.kernel",
      "layers.5.0.kernel",
      "layers.6.0.kernel",
    ],
  );
});

test("rejects and names invalid sizes", () => {
  const refuse = (sizes: Parameters<typeof elasticMobileNet>[0], word: RegExp) =>
    assert.throws(
      () => elasticMobileNet(sizes),
      (error: Error) => error instanceof UserError && word.test(error.message),
    );
  refuse({ widths: [[16], [24], [32], [], [64], [96]] }, /widths\[3\] is \[\]; expected at least 1 item/);
  refuse({ depths: [[2], [2], [2], [2], [2]] }, /depths is .*; expected exactly 6 items/);
  refuse({ kernels: [3, 4] }, /kernels\[1\] is 4; expected an odd number/);
  refuse({ expansions: [0.5] }, /expansions\[0\] is 0.5/);
});
