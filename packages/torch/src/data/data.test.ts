import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { UserError } from "@supernet/base";
import fc from "fast-check";
import { fromShared } from "../engine/index.js";
import { Loader } from "./loader.js";
import { batchIndices } from "./order.js";

describe("batchIndices", () => {
  it("visits every image once per epoch, in a different order each epoch", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 10 }), (batchSize, batches) => {
        const images = batchSize * batches;
        const epoch = (e: number) =>
          Array.from({ length: batches }, (_, i) =>
            batchIndices({ seed: 1, images, batchSize }, e * batches + i),
          ).flat();
        assert.deepEqual(
          epoch(2).toSorted((a, b) => a - b),
          Array.from({ length: images }, (_, i) => i),
        );
        if (images > 12) assert.notDeepEqual(epoch(0), epoch(1));
      }),
    );
  });

  it("fills a batch that is larger than the set", () => {
    const indices = batchIndices({ seed: 1, images: 3, batchSize: 8 }, 5);
    assert.equal(indices.length, 8);
    assert.deepEqual(new Set(indices), new Set([0, 1, 2]));
  });

  it("repeats images consecutively, in an epoch of the same length", () => {
    const size = fc.integer({ min: 1, max: 8 });
    fc.assert(
      fc.property(size, fc.integer({ min: 1, max: 10 }), size, (batchSize, batches, repeats) => {
        const images = batchSize * batches;
        const order = { seed: 1, images, batchSize };
        const epoch = (options: typeof order & { repeats?: number }) =>
          Array.from({ length: batches }, (_, i) => batchIndices(options, batches + i)).flat();
        const once = epoch(order);
        assert.deepEqual(
          epoch({ ...order, repeats }),
          once.flatMap((image) => Array.from({ length: repeats }, () => image)).slice(0, images),
        );
      }),
    );
  });

  it("forms batches of one group, and every image occurs once per epoch", () => {
    const size = fc.integer({ min: 1, max: 6 });
    const group = fc.integer({ min: 0, max: 2 });
    fc.assert(
      fc.property(size, fc.array(group, { minLength: 6, maxLength: 60 }), (batchSize, groups) => {
        const order = { seed: 1, images: groups.length, batchSize };
        const batches = Math.floor(groups.length / batchSize);
        const epoch = Array.from({ length: batches }, (_, i) =>
          batchIndices({ ...order, groups }, 2 * batches + i),
        );
        assert.equal(new Set(epoch.flat()).size, batches * batchSize);
        const isMixed = (batch: number[]) => new Set(batch.map((index) => groups[index])).size > 1;
        // Each group fills as many batches as it can. The others are at the end.
        const complete = [0, 1, 2]
          .map((wanted) => Math.floor(groups.filter((other) => other === wanted).length / batchSize))
          .reduce((sum, count) => sum + count);
        assert.ok(epoch.slice(0, complete).every((batch) => !isMixed(batch)));
        // Within a group, the order is that of the epoch.
        const plain = Array.from({ length: batches }, (_, i) => batchIndices(order, 2 * batches + i));
        const one = batchIndices({ ...order, groups: groups.map(() => 7) }, 2 * batches);
        assert.deepEqual(one, plain[0]);
      }),
    );
  });

  it("depends only on the seed and the epoch, with groups", () => {
    const groups = Uint8Array.from({ length: 40 }, (_, i) => (i % 3) % 2);
    const order = { seed: 3, images: 40, batchSize: 4, groups };
    const inOrder = Array.from({ length: 20 }, (_, i) => batchIndices(order, i));
    assert.deepEqual(batchIndices(order, 13), inOrder[13]);
    assert.deepEqual(batchIndices({ ...order, groups: Array.from(groups) }, 5), inOrder[5]);
    assert.notDeepEqual(inOrder.slice(0, 10), inOrder.slice(10));
  });
});

describe("Loader", () => {
  const folder = mkdtempSync(join(tmpdir(), "loader-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const errors = import.meta.resolve("@supernet/base");
  const module = (name: string, body: string): URL => {
    const path = join(folder, `${name}.mjs`);
    writeFileSync(path, `import { UserError } from ${JSON.stringify(errors)};\n${body}`);
    return pathToFileURL(path);
  };
  const worker = module(
    "worker",
    `export default async (spec) => async (n) => {
       if (n === "mistake") throw new UserError("the file x is damaged");
       if (n === "defect") throw new RangeError("a defect");
       if (n === "die") process.exit(3);
       await new Promise((resolve) => setTimeout(resolve, n % 3));
       return { n: n * spec.factor, data: Float32Array.of(n) };
     };`,
  );
  const load = async (requests: readonly unknown[], workers: number) => {
    using loader = new Loader<unknown, unknown, { n: number; data: Float32Array }>({
      worker,
      spec: { factor: 10 },
      workers,
    });
    const seen: number[] = [];
    for await (const { n, data } of loader.load(requests)) {
      assert.equal(data[0], n / 10);
      seen.push(n);
    }
    return seen;
  };

  for (const workers of [0, 1, 3]) {
    it(`keeps the order of requests with ${workers} threads`, async () => {
      const numbers = Array.from({ length: 20 }, (_, i) => i);
      assert.deepEqual(
        await load(numbers, workers),
        numbers.map((n) => n * 10),
      );
    });

    it(`passes on a UserError as such, and a bug with its stack, with ${workers} threads`, async () => {
      await assert.rejects(
        load([1, "mistake"], workers),
        (error) => error instanceof UserError && /file x/.test(error.message),
      );
      await assert.rejects(
        load([1, "defect"], workers),
        (error: Error) => /a defect/.test(error.message) && !(error instanceof UserError),
      );
    });
  }

  it("reports a thread that died, and a module that cannot be loaded", async () => {
    await assert.rejects(load([1, "die", 2], 1), /thread exited with code 3/);
    const broken = module("broken", "throw new Error('no such thing');");
    using loader = new Loader({ worker: broken, spec: {}, workers: 1 });
    await assert.rejects(loader.load([1]).next(), /no such thing/);
  });

  it("does not run further ahead than prefetch allows", async () => {
    let asked = 0;
    function* requests(): Generator<number> {
      for (;;) yield asked++;
    }
    using loader = new Loader<unknown, number, { n: number }>({
      worker,
      spec: { factor: 1 },
      workers: 1,
      prefetch: 3,
    });
    for await (const { n } of loader.load(requests())) {
      assert.ok(asked <= n + 5, `${asked} asked at ${n}`);
      if (n === 10) break;
    }
  });

  for (const workers of [0, 1]) {
    it(`rejects requests after it is disposed of, with ${workers} threads`, async () => {
      const loader = new Loader<unknown, number, unknown>({ worker, spec: { factor: 1 }, workers });
      function* numbers(): Generator<number> {
        for (let i = 0; ; i++) yield i;
      }
      const results = loader.load(numbers());
      await results.next();
      loader[Symbol.dispose]();
      await assert.rejects(async () => {
        for (let i = 0; i < 10; i++) await results.next();
      }, /disposed of|exited with code/);
      await assert.rejects(loader.load([1]).next(), /the loader was disposed of/);
    });

    it(`reuses the memory of a recycled result, unless a tensor uses it, with ${workers} threads`, async () => {
      const worker = module(
        "rooms",
        `export default async () => async (n, floats) => {
           const data = floats(n);
           data.fill(n);
           return { n, data };
         };`,
      );
      using loader = new Loader<unknown, number, { n: number; data: Float32Array }>({
        worker,
        spec: {},
        workers,
      });
      const loadOne = async (n: number) => (await loader.load([n], true).next()).value!.data as Float32Array;
      /** Whether two arrays share memory. Memory that crossed threads is returned as another object. */
      const overlap = (a: Float32Array, b: Float32Array) => {
        const before = a[0]!;
        a[0] = -1;
        const same = b[0] === -1;
        a[0] = before;
        return same;
      };
      const owned = (await loader.load([10]).next()).value!.data;
      assert.ok(owned.buffer instanceof ArrayBuffer, "not borrowed");
      const first = await loadOne(10);
      const second = await loadOne(10);
      assert.ok(!overlap(second, first), "it was not recycled");
      loader.recycle(first);
      const tensor = fromShared(first, [10]);
      assert.ok(!overlap(await loadOne(10), first), "a tensor uses it");
      assert.deepEqual(tensor.toArray(), Array(10).fill(10));
      tensor.dispose();
      const smaller = await loadOne(7);
      assert.ok(overlap(smaller, first));
      assert.deepEqual([...smaller], Array(7).fill(7));
      loader.recycle(smaller);
      loader.recycle(smaller);
      const larger = await loadOne(11);
      assert.ok(!overlap(larger, first), "it is too small");
      assert.deepEqual([...larger], Array(11).fill(11));
    });
  }
});
