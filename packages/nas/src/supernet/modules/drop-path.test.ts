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

test("rates rise linearly over the largest depth, two branches a block; a shallow subnet has the supernet's", () => {
  const supernet = new SpaceClassifier(space, 3);
  assert.ok(probabilities(supernet).every((p) => p === 0));
  setDropPath(supernet, 0.2);
  const expected = [0, 0.05, 0.1, 0.15, 0.2].flatMap((p) => [p, p]);
  for (const [i, p] of probabilities(supernet).entries()) assert.ok(Math.abs(p - expected[i]!) < 1e-12);
  assert.equal(probabilities(supernet).length, 10);
  const subnet = { depth: 3, ...Object.fromEntries([0, 1, 2, 3, 4].map((i) => [`blocks.${i}.heads`, 1])) };
  const alone = new SpaceClassifier(space, 3, subnet);
  setDropPath(alone, 0.2);
  assert.deepEqual(probabilities(alone), probabilities(supernet).slice(0, 6));
});

test("whole samples are dropped, the others scaled so that the mean stays; nothing is in evaluation", () => {
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
    assert.equal(drop.forward(x).sub(y).abs().max().item(), 0, "the draw is the engine's generator's");
    assert.equal(drop.eval().forward(x), x);
  });
});

test("a network without such branches, or a rate that is none, is refused", () => {
  assert.throws(() => setDropPath(new nn.Linear(1, 1), 0.1), /no effect/);
  setDropPath(new nn.Linear(1, 1), 0);
  assert.throws(() => setDropPath(new DropPath(1), 1), RangeError);
});
