import assert from "node:assert/strict";
import { test } from "node:test";
import { createEstimator } from "../cost/estimator.js";
import { featureParts } from "../network/network-space.js";
import { chooseEach, type Subnet, subnetKey, voidDecisions } from "../space/space.js";
import { elasticMobileNet } from "./elastic-mobilenet.js";
import { mixedMobileNet } from "./mixed-mobilenet.js";

const space = mixedMobileNet();
const costs = (of: ReturnType<typeof mixedMobileNet>, subnet: Subnet) =>
  createEstimator("", featureParts(of), [3, 224, 224]).profile(subnet);
/** Returns the subnet with the last choice of every decision, except the kind of block. */
const largestOf = (block: string): Subnet =>
  chooseEach(space, ({ name, choices }) => (name.endsWith(".block") ? block : choices.at(-1)!));

test("equals the elastic space if all blocks are inverted", () => {
  const elastic = elasticMobileNet();
  const largest = chooseEach(elastic, ({ choices }) => choices.at(-1)!);
  assert.deepEqual(costs(space, largestOf("inverted")), costs(elastic, largest));
  assert.deepEqual(
    space.decisions.filter(({ name }) => !name.endsWith(".block")),
    elastic.decisions,
  );
});

test("a fused block has a 3x3 and a 1x1 convolution for any kernel", () => {
  const { children } = costs(space, largestOf("fused"));
  const { params } = children!.find(({ name }) => name === "layers.3.1")!;
  // 80 channels, expansion 6.
  assert.equal(params, 9 * 80 * 480 + 2 * 480 + 480 * 80 + 2 * 80);
  const fused = largestOf("fused");
  const key = (change: Subnet) => subnetKey(space, { ...fused, ...change });
  assert.equal(key({ "layers.3.1.kernel": 3 }), key({}));
  assert.notEqual(
    key({ "layers.3.1.kernel": 3, "layers.3.1.block": "inverted" }),
    key({ "layers.3.1.block": "inverted" }),
  );
});

test("all decisions of a block beyond the depth are void, including its kind", () => {
  const shallow = { ...largestOf("inverted"), "stages.4.depth": 2 };
  const names = [2, 3].flatMap((block) =>
    ["block", "kernel", "expansion"].map((of) => `layers.4.${block}.${of}`),
  );
  assert.deepEqual(voidDecisions(space, shallow), new Set(names));
});
