import assert from "node:assert/strict";
import { test } from "node:test";
import { manualSeed, nn, ones, tidy } from "@supernet/torch";
import { autoFormerTiny } from "../../spaces/autoformer.js";
import { SpaceClassifier } from "../networks/classifier.js";
import { DropPath, setDropPath } from "./drop-path.js";

const space = autoFormerTiny({ imageSize: 32, width: [24], depth: [2, 3, 5], heads: [1, 2], ratio: [2] });

const probabilities = (network: nn.Module) =>
  Array.from(network.namedModules()).flatMap(([, module]) =>
    module instanceof DropPath ? [module.probability] : [],
  );

test("rates increase linearly over the largest depth, and a shallow subnet has the rates of the supernet", () => {
  const supernet = new SpaceClassifier(space, 3);
  assert.ok(probabilities(supernet).every((p) => p === 0));
  setDropPath(supernet, 0.2);
  const expected = [0, 0.05, 0.1, 0.15, 0.2].flatMap((p) => [p, p]);
  for (const [i, p] of probabilities(supernet).entries()) assert.ok(Math.abs(p - expected[i]!) < 1e-12);
  assert.equal(probabilities(supernet).length, 10);
  const subnet = { depth: 3, ...Object.fromEntries([0, 1, 2, 3, 4].map((i) => [`blocks.${i}.heads`, 1])) };
  const standalone = new SpaceClassifier(space, 3, subnet);
  setDropPath(standalone, 0.2);
  assert.deepEqual(probabilities(standalone), probabilities(supernet).slice(0, 6));
});

test("drops complete samples in training and keeps the mean, and does nothing in evaluation", () => {
  tidy(() => {
    const drop = new DropPath(1);
    const x = ones([3, 4000, 2]);
    assert.equal(drop.forward(x), x);
    setDropPath(drop, 0.25);
    manualSeed(1);
    const y = drop.forward(x);
    const samples = y.select(0, 0).select(1, 0);
    for (const token of [0, 1, 2]) {
      for (const feature of [0, 1]) {
        assert.equal(y.select(0, token).select(1, feature).sub(samples).abs().max().item(), 0);
      }
    }
    const values = new Set(samples.toArray() as number[]);
    assert.deepEqual([...values].sort(), [0, Math.fround(1 / 0.75)]);
    assert.ok(Math.abs(y.mean().item() - 1) < 0.03);
    manualSeed(1);
    assert.equal(drop.forward(x).sub(y).abs().max().item(), 0, "uses the engine's random number generator");
    assert.equal(drop.eval().forward(x), x);
  });
});

test("rejects networks without drop-path layers and rates outside [0, 1)", () => {
  assert.throws(() => setDropPath(new nn.Linear(1, 1), 0.1), /no effect/);
  setDropPath(new nn.Linear(1, 1), 0);
  assert.throws(() => setDropPath(new DropPath(1), 1), RangeError);
});
