import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  arange,
  fromTypedArray,
  full,
  grad,
  liveTensors,
  manualSeed,
  noGrad,
  ones,
  ops,
  rand,
  randn,
  type Tensor,
  tensor,
  tidy,
  zeros,
} from "./index.js";

describe("tensors", () => {
  it("convert to and from typed arrays for every dtype", () => {
    const cases = [
      [Float32Array.of(1.5, -2), "float32"],
      [Float64Array.of(1.5, -2), "float64"],
      [BigInt64Array.of(2n ** 60n, -3n), "int64"],
      [Int32Array.of(7, -7), "int32"],
      [Int16Array.of(7, -7), "int16"],
      [Int8Array.of(7, -7), "int8"],
      [Uint8Array.of(7, 255), "uint8"],
    ] as const;
    for (const [array, dtype] of cases) {
      const made = fromTypedArray(array, [2]);
      assert.equal(made.dtype, dtype);
      assert.deepEqual(made.toTypedArray(), array);
    }
    assert.deepEqual(fromTypedArray(Uint8Array.of(0, 2), [2], { dtype: "bool" }).toArray(), [0, 1]);
    assert.deepEqual(tensor([1.5, 2]).to({ dtype: "bfloat16" }).toArray(), [1.5, 2]);
    assert.equal(tensor([[1, 2]], { dtype: "int64" }).dtype, "int64");
  });

  it("copy the array, which may change afterwards", () => {
    const array = Float32Array.of(1, 2);
    const made = fromTypedArray(array, [2]);
    array[0] = 9;
    assert.deepEqual(made.toArray(), [1, 2]);
  });

  it("reject values that are not numbers", () => {
    assert.throws(() => tensor(undefined as never), /tensor: expected numbers .*got undefined/);
    assert.throws(() => tensor([1, "2"] as never), /tensor: expected numbers .*got 2/);
  });

  it("reject arrays that do not match the shape", () => {
    assert.throws(() => fromTypedArray(Float32Array.of(1, 2), [3]), /2 elements.*3/);
    assert.throws(() => fromTypedArray(Float32Array.of(1, 2), [-2]), /negative/);
  });

  it("print readably", () => {
    assert.equal(
      String(
        tensor([
          [1, 2],
          [3, 4],
        ]),
      ),
      "Tensor float32[2, 2] on cpu\n[[1.0000, 2.0000],\n [3.0000, 4.0000]]",
    );
    assert.match(String(arange(0, 2000)), /0, 1, 2, \.\.\., 1997, 1998, 1999/);
    const gone = zeros([1]);
    gone.dispose();
    assert.equal(String(gone), "Tensor(released)");
  });

  it("are float32 by default if a factory creates them", () => {
    assert.equal(full([2], 3).dtype, "float32");
    assert.deepEqual(ones([2, 1]).toArray(), [[1], [1]]);
    manualSeed(5);
    const first = randn([3]).toArray();
    manualSeed(5);
    assert.deepEqual(randn([3]).toArray(), first);
    assert.ok((rand([100]).toArray() as number[]).every((x) => x >= 0 && x < 1));
  });
});

describe("operators", () => {
  const a = tensor([
    [1, 2],
    [3, 4],
  ]);

  it("choose the overload by the kinds of the arguments", () => {
    assert.deepEqual(a.add(1).toArray(), [
      [2, 3],
      [4, 5],
    ]);
    assert.deepEqual(a.add(a, { alpha: 2 }).toArray(), [
      [3, 6],
      [9, 12],
    ]);
    assert.equal(a.max().item(), 4);
    assert.deepEqual(a.max(1)[1].toArray(), [1, 1]);
    assert.deepEqual(a.max(tensor(2)).toArray(), [
      [2, 2],
      [3, 4],
    ]);
    assert.deepEqual(a.sum([0]).toArray(), [4, 6]);
    assert.equal(a.sum({ dtype: "float64" }).dtype, "float64");
    assert.deepEqual(a.div(2, { roundingMode: "floor" }).toArray(), [
      [0, 1],
      [1, 2],
    ]);
    assert.deepEqual(a.pow(2).toArray(), [
      [1, 4],
      [9, 16],
    ]);
    assert.deepEqual(a.pow(a).toArray(), [
      [1, 4],
      [27, 256],
    ]);
    assert.deepEqual(a.clamp(2, 3).toArray(), [
      [2, 2],
      [3, 3],
    ]);
    assert.deepEqual(ops.where(a.gt(2), a, zeros([2, 2])).toArray(), [
      [0, 0],
      [3, 4],
    ]);
    assert.deepEqual(a.index([undefined, tensor([1], { dtype: "int64" })]).toArray(), [[2], [4]]);
    assert.deepEqual(ops.cat([a, a], 1).shape, [2, 4]);
    assert.deepEqual(
      a.split(1).map((part) => part.shape),
      [
        [1, 2],
        [1, 2],
      ],
    );
    assert.equal(ops.topk(a, 1)[0].shape[1], 1);
  });

  it("work in place and return the same tensor", () => {
    const b = zeros([2]);
    assert.equal(b.add_(3), b);
    assert.deepEqual(b.toArray(), [3, 3]);
  });

  it("name the operator, the arguments' shapes and the cause when they fail", () => {
    assert.throws(
      () => a.matmul(zeros([3, 1])),
      /aten::matmul\(self: float32\[2, 2\], other: float32\[3, 1\]\): .*3/,
    );
    assert.throws(() => a.reshape([3]), /aten::reshape.*shape '\[3\]' is invalid/);
    assert.throws(() => a.add("x" as unknown as number), /aten::add.*'other': expected a number/);
    assert.throws(() => a.reshape([Number.NaN]), /expected an integer/);
    assert.throws(() => zeros([1e12, 1e12]), /aten::zeros/);
    assert.throws(
      () => ops.conv2d(zeros([1, 1, 4, 4]), zeros([1, 1, 3, 3]), undefined, 0),
      /'stride'.*from 1 to 2147483647/,
    );
  });

  it("reject arguments that a kernel would accept unchecked and crash on", () => {
    const image = zeros([1, 4, 8, 8]);
    assert.throws(() => image.pixelShuffle(2 ** 40), /upscale_factor/);
    assert.throws(() => zeros([4, 4]).reflectionPad1d([]), /padding.*2 integers/);
    assert.deepEqual(zeros([1, 4, 4]).reflectionPad1d([1, 2]).shape, [1, 4, 7]);
    assert.deepEqual(image.maxPool2d([2, 2], []).shape, [1, 4, 4, 4]);
  });

  it("report a released tensor", () => {
    const gone = zeros([2]);
    gone.dispose();
    gone.dispose();
    for (const use of [
      () => gone.add(1),
      () => a.add(gone),
      () => gone.shape,
      () => gone.item(),
      () => gone.backward(),
    ]) {
      assert.throws(use, /released/);
    }
  });
});

describe("tidy", () => {
  const alive = (body: () => void): number => {
    const before = liveTensors();
    body();
    return liveTensors() - before;
  };

  it("releases all tensors except those returned or kept, through arrays, Maps and plain objects", () => {
    let kept: Tensor | undefined;
    const more = alive(() => {
      const { list, map } = tidy(() => {
        ones([3]).add(1).mul(2);
        kept = ones([2]).keep();
        return { list: [ones([1])], map: new Map([["x", zeros([1])]]) };
      });
      assert.equal(list[0]!.item() + map.get("x")!.item(), 1);
      list[0]!.dispose();
      map.get("x")!.dispose();
    });
    assert.equal(more, 1);
    kept!.dispose();
  });

  it("moves the result of an inner scope to the outer one", () => {
    assert.equal(
      alive(() => {
        tidy(() => {
          const inner = tidy(() => ones([2]).add(1));
          assert.deepEqual(inner.toArray(), [2, 2]);
        });
      }),
      0,
    );
  });

  it("releases after an exception, and rejects asynchronous functions", () => {
    assert.equal(
      alive(() => {
        assert.throws(() =>
          tidy(() => {
            ones([1]);
            throw new Error("x");
          }),
        );
        assert.throws(() => tidy(async () => ones([1])), /synchronous/);
      }),
      0,
    );
  });
});

describe("autograd", () => {
  it("differentiates, accumulates gradients, and stops at noGrad and detach", () => {
    const x = tensor([2, 3], { requiresGrad: true });
    x.mul(x).sum().backward();
    x.mul(2).sum().backward();
    assert.deepEqual(x.grad!.toArray(), [6, 8]);
    x.grad = undefined;
    assert.equal(x.grad, undefined);
    assert.equal(noGrad(() => x.mul(2)).requiresGrad, false);
    assert.equal(x.detach().requiresGrad, false);
    const [dx, unused] = grad([x.pow(3).sum()], [x, tensor([1], { requiresGrad: true })]);
    assert.deepEqual(dx!.toArray(), [12, 27]);
    assert.equal(unused, undefined);
  });

  it("computes second derivatives with createGraph", () => {
    const x = tensor([2], { requiresGrad: true });
    const [first] = grad([x.pow(3)], [x], { createGraph: true, gradients: [ones([1])] });
    const [second] = grad([first!], [x], { gradients: [ones([1])] });
    assert.equal(second!.item(), 12);
  });

  it("rejects a gradient of another shape, and requiresGrad = false on a computed tensor", () => {
    const x = tensor([2, 3], { requiresGrad: true });
    assert.throws(() => {
      x.grad = ones([3]);
    }, /does not match/);
    assert.throws(() => {
      x.mul(2).requiresGrad = false;
    }, /leaf/);
  });
});
