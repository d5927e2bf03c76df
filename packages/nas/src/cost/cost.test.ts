import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "@supernet/torch/errors";
import { Random } from "@supernet/torch/random";
import { sampleSubnet } from "../space/sample.js";
import { allSubnets, type Space } from "../space/space.js";
import { type CostPart, createEstimator } from "./estimator.js";
import {
  batchNorm2d,
  conv2d,
  depthwiseConv2d,
  globalAveragePool,
  type Layer,
  linear,
  sequential,
} from "./layers.js";

test("a convolution costs its weights once an output position", () => {
  const { output, cost } = conv2d(8, { kernel: 3, stride: 2, bias: true })("conv", [4, 9, 10]);
  assert.deepEqual(output, [8, 5, 5]);
  assert.deepEqual(cost, {
    name: "conv",
    params: 4 * 8 * 9 + 8,
    macs: 4 * 8 * 9 * 25,
    flops: 4 * 8 * 9 * 25,
  });
  assert.equal(depthwiseConv2d(5)("dw", [6, 7, 7]).cost.params, 6 * 25);
  assert.equal(conv2d(8, { kernel: 1, groups: 2 })("g", [4, 1, 1]).cost.macs, 16);
  assert.deepEqual(conv2d(8, { kernel: 7, padding: 0 })("c", [1, 7, 8]).output, [8, 1, 2]);
});

test("batch-norm counts as flops and not as macs; linear layers keep leading sizes", () => {
  assert.deepEqual(batchNorm2d()("bn", [3, 4, 5]).cost, { name: "bn", params: 6, macs: 0, flops: 120 });
  const { output, cost } = linear(10)("fc", [7, 4]);
  assert.deepEqual(output, [7, 10]);
  assert.deepEqual(cost, { name: "fc", params: 50, macs: 280, flops: 280 });
  assert.deepEqual(globalAveragePool()("pool", [3, 4, 5]).output, [3]);
});

test("wrong shapes are refused by the layer's name", () => {
  assert.throws(() => conv2d(8, { kernel: 7, padding: 0 })("stem", [3, 6, 6]), UserError);
  assert.throws(() => conv2d(8, { kernel: 1, groups: 3 })("odd", [4, 1, 1]), /odd: 4 to 8/);
  assert.throws(() => batchNorm2d()("bn", [3]), /height/);
});

/** A space with a depth, a width shared by all layers, and a size derived from two decisions. */
const elastic: Space = {
  name: "elastic",
  decisions: [
    { name: "depth", choices: [1, 2] },
    { name: "width", choices: [4, 8] },
    { name: "ratio.0", choices: [2, 3] },
    { name: "ratio.1", choices: [2, 3] },
  ],
};
const identity: Layer = (name, input) => ({ output: input, cost: { name, params: 0, macs: 0, flops: 0 } });
const parts: CostPart[] = [
  { name: "embed", decisions: ["width"], layer: (c) => linear(Number(c.width)) },
  ...[0, 1].map((i) => ({
    name: `block.${i}`,
    decisions: ["depth", "width", `ratio.${i}`],
    layer: (c: Readonly<Record<string, string | number>>) => {
      const width = Number(c.width);
      if (i >= Number(c.depth)) return identity;
      return sequential(linear(width * Number(c[`ratio.${i}`])), linear(width));
    },
  })),
  { name: "head", decisions: [], layer: () => linear(10) },
];

test("a part may hang on several decisions, on earlier output shapes, or be left out", () => {
  const estimator = createEstimator("elastic", parts, [5]);
  for (const subnet of [...allSubnets(elastic), ...allSubnets(elastic)]) {
    const width = Number(subnet.width);
    let params = 5 * width + width + width * 10 + 10;
    for (let i = 0; i < Number(subnet.depth); i++) {
      const hidden = width * Number(subnet[`ratio.${i}`]);
      params += width * hidden + hidden + hidden * width + width;
    }
    assert.equal(estimator.measure(subnet).params, params);
    assert.equal(estimator.profile(subnet).params, params);
  }
});

test("a part is handed no decision that it does not name", () => {
  const greedy: CostPart = {
    name: "greedy",
    decisions: ["width"],
    layer: (c) => linear(Object.keys(c).length),
  };
  const subnet = sampleSubnet(elastic, Random.of(1));
  assert.equal(createEstimator("g", [greedy], [1]).measure(subnet).params, 2);
  assert.throws(() => createEstimator("g", [greedy], [1]).measure({}), /greedy.*width/);
});
