import assert from "node:assert/strict";
import { it } from "node:test";
import * as nn from "../nn/index.js";
import * as optim from "../optim/index.js";
import { liveTensors, memory, randn, tensor, tidy } from "./index.js";

it("training 200 steps leaves memory and the number of tensors as they were", () => {
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
});
