import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Random } from "@supernet/base";
import { empty, full, memory, resetPeakMemory, type Tensor, tidy, trimMemory } from "./index.js";

const MIB = 2 ** 20;
const float32s = (bytes: number): Tensor => full([bytes / 4], 1);

describe("memory of tensors", () => {
  it("is each one's own while others come and go, and when what is kept is given back", () => {
    const random = Random.of("memory");
    const before = memory().inUse;
    const live: { tensor: Tensor; value: number }[] = [];
    const check = ({ tensor, value }: { tensor: Tensor; value: number }) => {
      const [least, most] = tidy(() => [tensor.min().item(), tensor.max().item()]);
      assert.deepEqual([least, most], [value, value], "one tensor wrote into another");
      tensor.dispose();
    };
    for (let i = 0; i < 1500; i++) {
      if (live.length > 40 || (live.length > 0 && random.uniform() < 0.48)) {
        check(live.splice(random.int(live.length), 1)[0]!);
      } else {
        // Small ones and large ones, from 4 bytes to 4 MiB.
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

  it("serves another shape with what one has left", () => {
    trimMemory();
    resetPeakMemory();
    const before = memory().inUse;
    const pieces = Array.from({ length: 16 }, () => float32s(4 * MIB));
    for (const piece of pieces) piece.dispose();
    for (const size of [64, 48, 24, 60, 8]) float32s(size * MIB).dispose();
    const pair = [float32s(40 * MIB), float32s(20 * MIB)];
    const { inUse, cached, peak } = memory();
    assert.ok(peak - before < 65 * MIB, `${(peak - before) / MIB} MiB at once`);
    // All that was ever taken: no more than the most that was held at once.
    assert.ok(inUse + cached - before < 65 * MIB, `${(inUse + cached - before) / MIB} MiB taken`);
    for (const tensor of pair) tensor.dispose();
  });

  it("is given back whole, wherever in a free place the pages are", () => {
    trimMemory();
    // The end keeps both from being the last, which grows.
    const [front, back, end] = [float32s(64 * MIB), float32s(64 * MIB), float32s(MIB)];
    front.dispose();
    trimMemory();
    back.dispose();
    // In the place of the first, whose pages are gone; the second's are free, and count.
    using taken = empty([(64 * MIB) / 4]);
    assert.ok(memory().cached >= 63 * MIB, `${memory().cached / MIB} MiB`);
    const before = process.memoryUsage().rss;
    trimMemory();
    const given = (before - process.memoryUsage().rss) / MIB;
    assert.ok(given > 60, `${given.toFixed(0)} MiB were given back`);
    assert.deepEqual(taken.shape, [(64 * MIB) / 4]);
    end.dispose();
  });

  it("is counted now, and at its peak since the count began anew", () => {
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
