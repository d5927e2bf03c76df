import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fromShared, fromTypedArray, type Tensor, tidy } from "./index.js";
import { isBorrowed, sharedFloats, sharedMemory } from "./shared-floats.js";

const made = (...values: number[]) => {
  const array = sharedFloats(values.length);
  array.set(values);
  return { array, memory: sharedMemory(array)! };
};

describe("a tensor over shared memory", () => {
  it("shares its numbers with the array in both directions", () => {
    const { array } = made(1, 2, 3, 4);
    using tensor = fromShared(array, [2, 2]);
    assert.deepEqual(tensor.toArray(), [
      [1, 2],
      [3, 4],
    ]);
    array[3] = 9;
    assert.equal(tensor.sum().item(), 15);
    tensor.mul_(2);
    assert.deepEqual([...array], [2, 4, 6, 18]);
  });

  it("borrows the memory while a tensor, a view or autograd uses it", () => {
    const { array, memory } = made(1, 2, 3, 4);
    assert.equal(isBorrowed(memory), false);
    const [first, second] = [fromShared(array, [4]), fromShared(array, [2, 2])];
    first.dispose();
    assert.equal(isBorrowed(memory), true);
    const view = second.select(0, 1);
    second.dispose();
    assert.equal(isBorrowed(memory), true);
    view.dispose();
    assert.equal(isBorrowed(memory), false);

    using weights = fromTypedArray(Float32Array.of(1, 2, 3, 4), [4], { requiresGrad: true });
    let loss: Tensor;
    tidy(() => {
      loss = fromShared(array, [4]).mul(weights).sum().keep();
    });
    assert.equal(isBorrowed(memory), true, "the gradient of the weights needs the images");
    array[0] = 7;
    loss!.backward();
    assert.deepEqual(weights.grad!.toArray(), [7, 2, 3, 4]);
    loss!.dispose();
    assert.equal(isBorrowed(memory), false);
  });

  it("keeps memory alive that nothing else refers to", () => {
    const tensor = (() => fromShared(made(5, 6).array, [2]))();
    for (let i = 0; i < 50; i++) sharedFloats(1 << 20).fill(i);
    assert.deepEqual(tensor.toArray(), [5, 6]);
    tensor.dispose();
  });

  it("is rejected on any other array, and with any other number of elements", () => {
    const { array } = made(1, 2, 3, 4);
    assert.throws(() => fromShared(Float32Array.of(1), [1]), TypeError);
    assert.throws(() => fromShared(array.subarray(1), [3]), TypeError);
    assert.throws(() => fromShared(new Float32Array(new SharedArrayBuffer(8)), [2]), TypeError);
    assert.throws(() => fromShared(array, [5]), /4 elements, but the shape needs 5/);
    assert.throws(() => fromShared(array, [1]), /4 elements/);
  });
});
