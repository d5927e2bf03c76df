import assert from "node:assert/strict";
import { test } from "node:test";
import {
  autocast,
  full,
  getNumThreads,
  manualSeed,
  ops,
  rand,
  randn,
  setNumThreads,
  type Tensor,
  tensor,
  zeros,
} from "@supernet/torch";

function align(input: Tensor, rois: Tensor, poolSize = 2, samplingRatio = 0): Tensor {
  return ops.roiAlign(input, rois, 1, poolSize, poolSize, samplingRatio, true);
}

test("RoIAlign of a constant map is that constant for any region inside the map", () => {
  const pooled = align(full([1, 3, 8, 8], 5), tensor([[0, 1.3, 2.1, 6.2, 5.9]]));
  for (const value of pooled.toTypedArray() as Float32Array) assert.ok(Math.abs(value - 5) < 1e-5);
});

test("RoIAlign and its gradient do not depend on the number of threads", () => {
  manualSeed(3);
  const threads = getNumThreads();
  const input = randn([3, 40, 12, 12], { requiresGrad: true });
  const corners = rand([60, 2]).mul(8);
  const images = rand([60, 1]).mul(3).floor();
  const rois = ops.cat([images, corners, corners.add(rand([60, 2]).mul(6))], 1);
  const results = [1, 2, 3].map((count) => {
    setNumThreads(count);
    const output = align(input, rois, 3);
    output.mul(output).sum().backward();
    const gradient = input.grad!.toTypedArray();
    input.grad = undefined;
    return { output: output.toTypedArray(), gradient };
  });
  setNumThreads(threads);
  assert.deepEqual(results[1], results[0]);
  assert.deepEqual(results[2], results[0]);
});

test("without regions, RoIAlign has an empty output and a zero gradient", () => {
  for (const operator of ["roiAlign", "roiAlignComposed"] as const) {
    const input = randn([1, 2, 4, 4], { requiresGrad: true });
    const output = ops[operator](input, zeros([0, 5]), 1, 2, 2, 0, true);
    assert.deepEqual(output.shape, [0, 2, 2, 2]);
    output.sum().backward();
    assert.equal(input.grad!.abs().sum().item(), 0);
  }
});

test("a region that is far larger than the map takes no longer than the map", () => {
  const input = full([1, 1, 4, 4], 1);
  assert.deepEqual(align(input, tensor([[0, -1e30, -1e30, 1e30, 1e30]])).toArray(), [
    [
      [
        [0, 0],
        [0, 0],
      ],
    ],
  ]);
  assert.deepEqual(align(input, tensor([[0, -1e9, -1e9, 1e9, 1e9]])).shape, [1, 1, 2, 2]);
});

test("operators throw clear errors for wrong arguments", () => {
  const input = randn([1, 2, 4, 4]);
  const cases: [() => unknown, RegExp][] = [
    [() => align(input, tensor([[1, 0, 0, 2, 2]])), /image index/],
    [() => align(input, tensor([[-1, 0, 0, 2, 2]])), /image index/],
    [() => align(input, tensor([[0, Number.NaN, 0, 2, 2]])), /not finite/],
    [() => align(input, tensor([[0, 0, 0, Number.POSITIVE_INFINITY, 2]])), /not finite/],
    [() => align(input, tensor([[0, 0, 2, 2]])), /R x 5/],
    [() => align(randn([2, 4, 4]), tensor([[0, 0, 0, 2, 2]])), /N x C x H x W/],
    [() => align(input, tensor([[0, 0, 0, 2, 2]], { dtype: "float64" })), /rois are/],
    [() => align(input, tensor([[0, 0, 0, 2, 2]]), 0), /pooled size/],
    [() => align(input, tensor([[0, 0, 0, 2, 2]]), 2, 1e6), /sampling_ratio/],
    [() => align(randn([1, 2, 0, 4]), tensor([[0, 0, 0, 2, 2]])), /empty/],
    [() => ops.nms(randn([3, 5]), randn([3]), 0.5), /N x 4/],
    [() => ops.nms(randn([3, 4]), randn([2]), 0.5), /one entry per box/],
    [() => ops.nms(randn([3, 4]), randn([3]), Number.NaN), /not a number/],
    [() => ops.batchedNms(randn([3, 4]), randn([3]), randn([3]), 0.5), /int64/],
  ];
  for (const [call, message] of cases) assert.throws(call, message);
});

test("boxes and scores that are NaN neither crash nor suppress", () => {
  const boxes = tensor([
    [0, 0, 10, 10],
    [Number.NaN, 0, 10, 10],
    [0, 0, 10, 10],
    [5, 5, 5, 5],
    [5, 5, 5, 5],
  ]);
  const kept = ops.nms(boxes, tensor([0.5, 0.9, Number.NaN, 0.3, 0.3]), 0.5).toArray() as number[];
  assert.deepEqual(kept, [2, 1, 3, 4]);
});

test("under autocast, operators compute in float32, and RoIAlign returns its input's type", () => {
  manualSeed(4);
  const rois = tensor([[0, 0.4, 1.1, 6.2, 5.9]]);
  for (const operator of ["roiAlign", "roiAlignComposed"] as const) {
    const map = randn([1, 3, 8, 8]).to({ dtype: "bfloat16" });
    const [cast, exact] = [map.clone(), map.to({ dtype: "float32" })];
    for (const leaf of [cast, exact]) leaf.requiresGrad = true;
    const pooled = autocast("cpu", "bfloat16", () => ops[operator](cast, rois, 1, 2, 2, 0, true));
    const expected = ops[operator](exact, rois, 1, 2, 2, 0, true);
    assert.equal(pooled.dtype, "bfloat16");
    assert.deepEqual(pooled.toArray(), expected.to({ dtype: "bfloat16" }).toArray());
    pooled.sum().backward();
    expected.sum().backward();
    assert.deepEqual(cast.grad!.toArray(), exact.grad!.to({ dtype: "bfloat16" }).toArray());
  }
  const boxes = rand([20, 4]).mul(8).to({ dtype: "bfloat16" });
  const scores = rand([20]).to({ dtype: "bfloat16" });
  const wide = [boxes, scores].map((narrow) => narrow.to({ dtype: "float32" }));
  const kept = autocast("cpu", "bfloat16", () => ops.nms(boxes, scores, 0.3).toArray());
  assert.deepEqual(kept, ops.nms(wide[0]!, wide[1]!, 0.3).toArray());
});
