// Calls that end the process, or never return, if libtorch gets them.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ops, randn, Tensor, tensor, tidy } from "./index.js";

const least = (dtype: "int32" | "int64") =>
  dtype === "int32"
    ? tensor(Int32Array.of(-(2 ** 31), 7), { shape: [2] })
    : tensor(BigInt64Array.of(-(2n ** 63n), 7n), { shape: [2] });

describe("hostile values", () => {
  const divisions: Readonly<Record<string, (a: Tensor, b: Tensor | number | bigint) => Tensor>> = {
    floorDivide: (a, b) => ops.floorDivide(a, b as number),
    floorDivide_: (a, b) => a.floorDivide_(b as number),
    remainder: (a, b) => ops.remainder(a, b as number),
    fmod: (a, b) => ops.fmod(a, b as number),
    "div, trunc": (a, b) => ops.div(a, b as number, { roundingMode: "trunc" }),
    "div, floor": (a, b) => ops.div(a, b as number, { roundingMode: "floor" }),
  };
  for (const [name, divide] of Object.entries(divisions))
    it(`the least integer divided by -1 is an error: ${name}`, () =>
      tidy(() => {
        for (const dtype of ["int32", "int64"] as const) {
          for (const divisor of [-1, -1n, tensor([-1], { dtype }), tensor([-1, 3], { dtype })])
            assert.throws(
              () => divide(least(dtype), divisor),
              new RegExp(`least ${dtype} cannot be divided by -1`),
            );
          // Neither alone is a mistake.
          assert.equal(divide(least(dtype), tensor([3, -1], { dtype })).shape[0], 2);
          assert.equal(divide(tensor([6, 7], { dtype }), -1).shape[0], 2);
        }
      }));

  it("true division of the least integer is not an error", () =>
    tidy(() => {
      assert.deepEqual([...least("int32").div(-1).toTypedArray()], [2 ** 31, -7]);
      assert.deepEqual([...tensor([-4, 5]).floorDivide(-1).toTypedArray()], [4, -5]);
    }));

  it("powers never hang", () =>
    tidy(() => {
      assert.throws(
        () => randn([2, 2]).matrixPower(-(2n ** 63n)),
        /argument 'n': expected an integer above the least/,
      );
      assert.throws(() => ops.linalgMatrixPower(randn([2, 2]), -(2n ** 63n)), /argument 'n'/);
      assert.deepEqual([...least("int64").pow(0).toTypedArray()], [1n, 1n]);
    }));

  it("sizes in quantization helpers must be those of the tensor", () =>
    tidy(() => {
      const x = randn([4, 4, 3, 3]);
      const call = (...args: [number, number, number, number]) => ops.chooseQparamsOptimized(x, ...args);
      assert.equal(call(x.numel, 200, 0.16, 8).length, 2);
      for (const [args, name] of [
        [[-1, 3, 0, 8], "numel"],
        [[1e9, 3, 0, 8], "numel"],
        [[x.numel, 0, 0, 8], "n_bins"],
        [[x.numel, 200, 2, 8], "ratio"],
        [[x.numel, 200, 0.16, 2 ** 31], "bit_width"],
        [[x.numel, 200, Number.NaN, 8], "ratio"],
      ] as const)
        assert.throws(() => call(...(args as [number, number, number, number])), new RegExp(`'${name}'`));
    }));

  it("lengths below 0, and boxes without a place", () =>
    tidy(() => {
      assert.throws(() => ops.sumToSize(randn([2]), [-(2n ** 63n)] as never), /argument 'size'/);
    }));

  it("numbers out of range are not taken for integers", () =>
    tidy(() => {
      for (const n of [1e300, -1e300, Number.POSITIVE_INFINITY, Number.NaN, 2 ** 63])
        assert.throws(() => randn([2, 2]).sum(n), /expected an integer/);
      assert.equal(tensor([1]).add(1e300).dtype, "float32");
      assert.ok(tensor([1]) instanceof Tensor);
    }));
});
