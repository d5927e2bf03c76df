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

it("training for 200 steps does not change the memory in use or the number of tensors", () => {
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
  // One step's activations are about 10 MB, so a leak of a hundredth of them would be noticed.
  const grown = (after.rss - before.rss) / 2 ** 20;
  assert.ok(grown < 20, `resident memory grew by ${grown.toFixed(1)} MiB`);
  // The collector would otherwise release them at some time in the next test, which counts bytes.
  const made = [...model.stateDict().values(), ...optimizer.state().tensors.values(), target];
  for (const one of made) one.dispose();
  assert.equal(memory().inUse, begun);
});

const MIB = 2 ** 20;

it("a terminated thread leaves no tensors, and releases the memory that it borrowed", async () => {
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

it("tensors that are left to the collector are released before they accumulate", async () => {
  let max = 0;
  for (let i = 0; i < 200; i++) {
    for (let k = 0; k < 4; k++) randn([MIB]);
    await setImmediate();
    max = Math.max(max, memory().inUse);
  }
  assert.ok(max < 600 * MIB, `${(max / MIB).toFixed(0)} of 3200 MiB were in use at once`);
});

it("memory that scopes hold for a while does not trigger garbage collections", async () => {
  let major = 0;
  const observer = new PerformanceObserver((list) => {
    // Node's type of a collection's entry lacks its kind.
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
  assert.ok(major < 10, `${major} collections in 20 steps`);
});
