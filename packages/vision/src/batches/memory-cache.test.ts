import assert from "node:assert/strict";
import { it } from "node:test";
import { MemoryCache } from "./memory-cache.js";

it("MemoryCache reads an image once, counts it once, and keeps at most its limit", async () => {
  const cache = new MemoryCache<{ bytes: number; index: number }>(25);
  let reads = 0;
  const get = (index: number) =>
    cache.get(index, async () => {
      reads++;
      return { bytes: 10, index };
    });
  const together = await Promise.all([get(0), get(0), get(1)]);
  assert.deepEqual(
    together.map(({ index }) => index),
    [0, 0, 1],
  );
  assert.equal(reads, 2);
  await get(1);
  assert.equal(reads, 2, "both are kept: 20 bytes");
  await get(2);
  await get(2);
  assert.equal(reads, 4, "the third exceeds the limit");
});

it("MemoryCache does not keep an image whose reading failed", async () => {
  const cache = new MemoryCache<{ bytes: number }>();
  await assert.rejects(
    cache.get(0, async () => {
      throw new Error("damaged");
    }),
    /damaged/,
  );
  assert.deepEqual(await cache.get(0, async () => ({ bytes: 1 })), { bytes: 1 });
});
