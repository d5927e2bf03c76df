import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Random } from "@supernet/base";
import { empty, full, memory, resetPeakMemory, type Tensor, tidy, trimMemory } from "./index.js";

const MIB = 2 ** 20;
const float32s = (bytes: number): Tensor => full([bytes / 4], 1);

describe("memory of tensors", () => {
  it("stays separate while other tensors come and go and free memory is returned", () => {
    const random = Random.of("memory");
    const before = memory().inUse;
    const live: { tensor: Tensor; value: number }[] = [];
    const check = ({ tensor, value }: { tensor: Tensor; value: number }) => {
      const [min, max] = tidy(() => [tensor.min().item(), tensor.max().item()]);
      assert.deepEqual([min, max], [value, value], "one tensor wrote into another");
      tensor.dispose();
    };
    for (let i = 0; i < 1500; i++) {
      if (live.length > 40 || (live.length > 0 && random.uniform() < 0.48)) {
        check(live.splice(random.int(live.length), 1)[0]!);
      } else {
        // From 4 bytes to 4 MiB.
        const length = Math.ceil(2 ** random.uniform(0, 20));
        live.push({ tensor: full([length], i), value: i });
      }
      if (i % 500 === 499) {
        trimMemory();
        assert.equal(memory().cached, 0);
      }
    }
    for (const each of live) check(each);
    assert.equal(memory().inUse, before);
  });

  it("is reused for other shapes", () => {
    trimMemory();
    resetPeakMemory();
    const before = memory().inUse;
    const pieces = Array.from({ length: 16 }, () => float32s(4 * MIB));
    for (const piece of pieces) piece.dispose();
    for (const size of [64, 48, 24, 60, 8]) float32s(size * MIB).dispose();
    const pair = [float32s(40 * MIB), float32s(20 * MIB)];
    const { inUse, cached, peak } = memory();
    assert.ok(peak - before < 65 * MIB, `peak of ${(peak - before) / MIB} MiB`);
    // The memory ever taken from the system does not exceed the peak.
    assert.ok(inUse + cached - before < 65 * MIB, `took ${(inUse + cached - before) / MIB} MiB`);
    for (const tensor of pair) tensor.dispose();
  });

  it("is returned completely, wherever in a free block the resident pages are", () => {
    trimMemory();
    // The end tensor keeps the other two from being the last block, which grows.
    const [front, back, end] = [float32s(64 * MIB), float32s(64 * MIB), float32s(MIB)];
    front.dispose();
    trimMemory();
    back.dispose();
    // Placed in the first block, whose pages were returned. The pages of the second are still resident.
    using taken = empty([(64 * MIB) / 4]);
    assert.ok(memory().cached >= 63 * MIB, `${memory().cached / MIB} MiB`);
    const before = process.memoryUsage().rss;
    trimMemory();
    const given = (before - process.memoryUsage().rss) / MIB;
    assert.ok(given > 60, `${given.toFixed(0)} MiB were returned`);
    assert.deepEqual(taken.shape, [(64 * MIB) / 4]);
    end.dispose();
  });

  it("is counted, with its peak since the last reset", () => {
    const before = memory().inUse;
    resetPeakMemory();
    float32s(8 * MIB).dispose();
    const held = float32s(2 * MIB);
    assert.ok(memory().peak - before >= 8 * MIB && memory().peak - before < 8.1 * MIB);
    assert.ok(memory().inUse - before >= 2 * MIB && memory().inUse - before < 2.1 * MIB);
    resetPeakMemory();
    assert.equal(memory().peak, memory().inUse);
    held.dispose();
  });
});
