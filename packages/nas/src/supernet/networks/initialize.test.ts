import assert from "node:assert/strict";
import { test } from "node:test";
import { manualSeed, nn, type Tensor } from "@supernet/torch";
import { sposShuffleNetV2 } from "../../spaces/spos-shufflenetv2.js";
import { SpaceClassifier } from "./classifier.js";

/** Checks mean and standard deviation of a sample, within five standard errors. */
function assertNormal(weight: Tensor, deviation: number, what: string): void {
  const mean = weight.mean().item();
  assert.ok(Math.abs(mean) < (5 * deviation) / Math.sqrt(weight.numel), `${what}: mean ${mean}`);
  const found = weight.std().item();
  const error = (5 * deviation) / Math.sqrt(2 * weight.numel);
  assert.ok(Math.abs(found - deviation) < error, `${what}: deviation ${found} instead of ${deviation}`);
}

test("initializes weights as the code of SPOS does, of a supernet and of a subnet", () => {
  manualSeed(3);
  const space = sposShuffleNetV2({ blocks: [1, 2], channels: [32, 64], last: 128, initialization: "spos" });
  const subnet = Object.fromEntries(space.decisions.map(({ name }) => [name, "shuffle_xception"]));
  for (const network of [new SpaceClassifier(space, 10), new SpaceClassifier(space, 10, subnet)]) {
    for (const [path, module] of network.namedModules()) {
      if (module instanceof nn.Conv2d) {
        // A depth-wise convolution has one input for each output.
        const deviation = path.includes("stem") ? 0.01 : 1 / module.weight.shape[1]!;
        assertNormal(module.weight, deviation, path);
      } else if (module instanceof nn.BatchNorm2d) {
        assert.equal(module.weight!.min().item(), 1);
        assert.deepEqual(new Set(module.bias!.toArray() as number[]), new Set([Math.fround(1e-4)]));
      } else if (module instanceof nn.Linear) {
        assertNormal(module.weight, 0.01, path);
        assert.equal(module.bias!.abs().max().item(), 0);
      }
    }
  }
});

test("initializes weights as PyTorch does by default", () => {
  manualSeed(3);
  const network = new SpaceClassifier(sposShuffleNetV2({ blocks: [1], channels: [32], last: 64 }), 10);
  const weight = [...network.backbone.namedParameters()].find(([name]) => name === "stem.0.weight")![1];
  assert.ok(weight.abs().max().item() <= 1 / Math.sqrt(27) && weight.std().item() > 0.09);
  assert.ok(
    [...network.namedModules()].every(
      ([, m]) => !(m instanceof nn.BatchNorm2d) || m.bias!.max().item() === 0,
    ),
  );
});
