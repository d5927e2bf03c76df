import assert from "node:assert/strict";
import { test } from "node:test";
import { Random, UserError } from "@supernet/base";
import {
  batchNorm2d,
  concat,
  conv2d,
  depthwiseConv2d,
  globalAveragePool,
  identity,
  linear,
  relu,
  residual,
  sequential,
  splitShuffle,
} from "../layer/layer.js";
import { fixedPart, type Part } from "../layer/part.js";
import {
  attention,
  classToken,
  dropPath,
  gelu,
  layerNorm,
  patchEmbedding,
  tokenPool,
} from "../layer/token-layer.js";
import { sampleSubnet } from "../space/sample.js";
import { allSubnets, type Space } from "../space/space.js";
import { estimateLayer } from "./estimate.js";
import { createEstimator } from "./estimator.js";

test("counts a convolution's weights once per output position", () => {
  const layer = conv2d(8, 3, { stride: 2, bias: true });
  const { output, cost } = estimateLayer(layer, "conv", [4, 9, 10]);
  assert.deepEqual(output, [8, 5, 5]);
  assert.deepEqual(cost, {
    name: "conv",
    params: 4 * 8 * 9 + 8,
    macs: 4 * 8 * 9 * 25,
    flops: 4 * 8 * 9 * 25,
    operations: 4 * 8 * 9 * 25,
    activations: 8 * 25,
    memory: 4 * (4 * 8 * 9 + 8 + 4 * 90 + 8 * 25),
  });
  assert.equal(estimateLayer(depthwiseConv2d(5), "dw", [6, 7, 7]).cost.params, 6 * 25);
  assert.equal(estimateLayer(conv2d(8, 1, { groups: 2 }), "g", [4, 1, 1]).cost.macs, 16);
  assert.deepEqual(estimateLayer(conv2d(8, 7, { padding: 0 }), "c", [1, 7, 8]).output, [8, 1, 2]);
});

test("counts an activation function only as operations", () => {
  for (const layer of [relu(), gelu()]) {
    const { macs, flops, operations } = estimateLayer(layer, "act", [3, 4, 5]).cost;
    assert.deepEqual([macs, flops, operations], [0, 0, 60]);
  }
});

test("counts batch-norm as FLOPs but not as MACs, and keeps the leading sizes of linear layers", () => {
  const norm = estimateLayer(batchNorm2d(), "bn", [3, 4, 5]);
  const memory = 4 * (6 + 60 + 60);
  assert.deepEqual(norm.cost, {
    name: "bn",
    params: 6,
    macs: 0,
    flops: 120,
    operations: 120,
    activations: 0,
    memory,
  });
  const { output, cost } = estimateLayer(linear(10), "fc", [7, 4]);
  assert.deepEqual(output, [7, 10]);
  const activations = 7 * 10;
  const bytes = 4 * (50 + 7 * 4 + 7 * 10);
  assert.deepEqual(cost, {
    name: "fc",
    params: 50,
    macs: 280,
    flops: 280,
    operations: 280,
    activations,
    memory: bytes,
  });
  assert.equal(estimateLayer(linear(10, { bias: false }), "fc", [4]).cost.params, 40);
  assert.deepEqual(estimateLayer(globalAveragePool(), "pool", [3, 4, 5]).output, [3]);
});

test("counts the weights and products of token layers", () => {
  const image = [3, 8, 8];
  const embedding = estimateLayer(patchEmbedding(6, 4, 8), "patch", image);
  assert.deepEqual(embedding.output, [4, 6]);
  assert.deepEqual(embedding.cost.children?.[0], {
    name: "proj",
    params: 3 * 16 * 6 + 6,
    macs: 3 * 16 * 6 * 4,
    flops: 3 * 16 * 6 * 4,
    operations: 3 * 16 * 6 * 4,
    activations: 6 * 4,
    memory: 4 * (3 * 16 * 6 + 6 + 3 * 64 + 6 * 4),
  });
  const token = estimateLayer(classToken(4), "tokens", [4, 6]);
  assert.deepEqual([token.output, token.cost.params, token.cost.flops], [[5, 6], 6 + 5 * 6, 0]);
  const norm = estimateLayer(layerNorm(), "norm", [5, 6]).cost;
  assert.deepEqual([norm.params, norm.macs, norm.flops], [12, 0, 60]);
  assert.deepEqual(estimateLayer(tokenPool(), "pool", [5, 6]).output, [6]);
  assert.equal(estimateLayer(dropPath(1), "drop", [5, 6]).cost.flops, 0);
});

test("counts attention's projections, two products of all pairs, and products with the table rows that occur", () => {
  const layer = attention({ heads: 2, headWidth: 8, grid: 2, distance: 3, scale: 1 });
  const { output, cost, maps } = estimateLayer(layer, "attention", [5, 6]);
  assert.deepEqual(output, [5, 6]);
  const [inner, tokens, width] = [16, 5, 6];
  // A grid of two uses four of a table's eight rows: the class token's and those of distances -1, 0 and 1.
  const rows = 2 * 4;
  const tables = 2 * 2 * 8 * 8;
  assert.equal(cost.params, width * 3 * inner + 3 * inner + inner * width + width + tables);
  const projections = tokens * width * 3 * inner + tokens * inner * width;
  assert.equal(cost.macs, projections + 2 * tokens * tokens * inner + 2 * tokens * inner * rows);
  assert.equal(cost.flops, cost.macs);
  assert.equal(cost.activations, tokens * 3 * inner + tokens * width);
  // Queries, keys, values, products by distance, and twice all pairs: more than with input or output.
  const most = 4 * (3 * tokens * inner + tokens * 2 * rows + 2 * 2 * tokens * tokens);
  assert.deepEqual([maps.peak, maps.kept], [most, most + 4 * tokens * width]);
});

test("names nested layers like their modules, and sums their costs", () => {
  const branches = { left: relu(), right: sequential(conv2d(6, 1), batchNorm2d()) };
  const block = sequential(
    residual(conv2d(4, 3)),
    concat(branches),
    splitShuffle("work", conv2d(3, 1)),
    identity(),
  );
  const { output, cost } = estimateLayer(block, "block", [4, 5, 5]);
  assert.deepEqual(output, [5 + 3, 5, 5]);
  const paths: string[] = [];
  const visit = ({ name, children }: typeof cost, prefix: string) => {
    if (children === undefined) paths.push(prefix + name);
    for (const child of children ?? []) visit(child, `${prefix}${name}.`);
  };
  visit(cost, "");
  assert.deepEqual(paths, [
    "block.0.body",
    "block.1.left",
    "block.1.right.0",
    "block.1.right.1",
    "block.2.work",
    "block.3",
  ]);
  assert.equal(cost.params, 4 * 4 * 9 + 4 * 6 + 12 + 5 * 3);
});

test("rejects wrong shapes and names the layer's path", () => {
  const refuse = (layer: Parameters<typeof estimateLayer>[0], input: number[], message: RegExp) =>
    assert.throws(() => estimateLayer(layer, "net", input), message);
  assert.throws(() => estimateLayer(conv2d(8, 7, { padding: 0 }), "stem", [3, 6, 6]), UserError);
  refuse(sequential(relu(), conv2d(8, 1, { groups: 3 })), [4, 1, 1], /net\.1: 4 to 8/);
  refuse(batchNorm2d(), [3], /height/);
  refuse(residual(conv2d(8, 3)), [4, 5, 5], /net: .* 8x5x5 .* 4x5x5/);
  refuse(concat({ a: conv2d(4, 3, { stride: 2 }), b: relu() }), [4, 5, 5], /net: .*3x3 and 5x5/);
  refuse(layerNorm(), [4, 5, 5], /net: expected tokens x width/);
  refuse(classToken(4), [5, 6], /net: expected 4 patches, got 5/);
  const attend = attention({ heads: 1, headWidth: 8, grid: 2, distance: 1, scale: 1 });
  refuse(attend, [4, 6], /net: .* 2x2 patches, got 4 tokens/);
  refuse(splitShuffle("work", relu()), [5, 2, 2], /net: 5 channels cannot be split/);
  refuse(concat({ a: conv2d(5, 1) }, { shuffle: true }), [4, 2, 2], /net: 5 channels cannot be shuffled/);
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
const parts: Omit<Part, "sharing">[] = [
  { name: "embed", decisions: ["width"], layer: (c) => linear(Number(c.width)) },
  ...[0, 1].map((i) => ({
    name: `block.${i}`,
    decisions: ["depth", "width", `ratio.${i}`],
    layer: (c: Readonly<Record<string, string | number>>) => {
      const width = Number(c.width);
      if (i >= Number(c.depth)) return identity();
      return sequential(linear(width * Number(c[`ratio.${i}`])), linear(width));
    },
  })),
  fixedPart("head", linear(10)),
];

test("measures parts that depend on several decisions or earlier shapes, or that are omitted", () => {
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

test("passes a part only the decisions that it names", () => {
  const greedy: Part = {
    name: "greedy",
    decisions: ["width"],
    layer: (c) => linear(Object.keys(c).length),
    sharing: "separate",
  };
  const subnet = sampleSubnet(elastic, Random.of(1));
  assert.equal(createEstimator("g", [greedy], [1]).measure(subnet).params, 2);
  assert.throws(() => createEstimator("g", [greedy], [1]).measure({}), /greedy.*width/);
});
