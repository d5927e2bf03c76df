import assert from "node:assert/strict";
import { once } from "node:events";
import { constants, type PerformanceEntry, PerformanceObserver } from "node:perf_hooks";
import { it } from "node:test";
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { liveTensors, memory, randn, tensor, tidy } from "../engine/index.js";
import { isBorrowed, sharedFloats, sharedMemory } from "../engine/shared-floats.js";
import * as nn from "../nn/index.js";
import * as optim from "./index.js";

it("training 200 steps leaves memory and the number of tensors as they were", () => {
  const begun = memory().inUse;
  const model = new nn.Sequential(
    new nn.Conv2d(3, 16, 3, { padding: 1 }),
    new nn.BatchNorm2d(16),
    new nn.ReLU(),
    new nn.AdaptiveAvgPool2d(1),
    new nn.Flatten(),
    new nn.Linear(16, 10),
  );
  const optimizer = new optim.SGD(model, { lr: 0.01, momentum: 0.9 });
  const target = tensor(
    Array.from({ length: 32 }, (_, i) => i % 10),
    { dtype: "int64" },
  );
  const step = () =>
    tidy(() => {
      nn.crossEntropy(model.forward(randn([32, 3, 32, 32])), target).backward();
      optimizer.step();
      optimizer.zeroGrad();
    });
  const measure = () => ({ rss: process.memoryUsage().rss, tensors: liveTensors(), inUse: memory().inUse });
  for (let i = 0; i < 50; i++) step();
  const before = measure();
  for (let i = 0; i < 200; i++) step();
  const after = measure();
  assert.equal(after.tensors, before.tensors);
  assert.equal(after.inUse, before.inUse);
  // One step's activations are about 10 MB: a leak of as little as a hundredth of them would show.
  const grown = (after.rss - before.rss) / 2 ** 20;
  assert.ok(grown < 20, `resident memory grew by ${grown.toFixed(1)} MiB`);
  // Left to the collector, they would go at some time in the next test, which counts bytes.
  const made = [...model.stateDict().values(), ...optimizer.state().tensors.values(), target];
  for (const one of made) one.dispose();
  assert.equal(memory().inUse, begun);
});

const MIB = 2 ** 20;

it("a thread that is terminated leaves no tensors, and releases the memory that it borrowed", async () => {
  const engine = new URL("../engine/index.js", import.meta.url).href;
  const shared = sharedFloats(4);
  const work = `
    const { parentPort, workerData } = require("node:worker_threads");
    import(${JSON.stringify(engine)}).then(({ fromShared, ones }) => {
      globalThis.held = [ones([50 * 2 ** 18]), fromShared(workerData, [4])];
      parentPort.postMessage("");
      setInterval(() => {}, 1000);
    });`;
  const before = memory().inUse;
  for (let i = 0; i < 3; i++) {
    const worker = new Worker(work, { eval: true, workerData: shared });
    await once(worker, "message");
    assert.ok(memory().inUse - before >= 50 * MIB);
    assert.equal(isBorrowed(sharedMemory(shared)!), true);
    await worker.terminate();
    assert.equal(memory().inUse, before);
    assert.equal(isBorrowed(sharedMemory(shared)!), false);
  }
});

it("tensors that are left to the collector are released before they are many", async () => {
  let max = 0;
  for (let i = 0; i < 200; i++) {
    for (let k = 0; k < 4; k++) randn([MIB]);
    await setImmediate();
    max = Math.max(max, memory().inUse);
  }
  assert.ok(max < 600 * MIB, `of 3200 MiB ${(max / MIB).toFixed(0)} were there at once`);
});

it("what scopes hold for a while does not set the collector to work", async () => {
  let major = 0;
  const observer = new PerformanceObserver((list) => {
    // Node's types of a collection's entry lack its kind.
    const entries = list.getEntries() as (PerformanceEntry & {
      readonly detail?: { readonly kind: number };
    })[];
    for (const { detail } of entries) if (detail?.kind === constants.NODE_PERFORMANCE_GC_MAJOR) major++;
  });
  observer.observe({ entryTypes: ["gc"] });
  for (let i = 0; i < 20; i++) {
    tidy(() => {
      for (let k = 0; k < 40; k++) randn([MIB]);
    });
    await setImmediate();
  }
  observer.disconnect();
  assert.ok(major < 10, `${major} times in 20 steps`);
});
