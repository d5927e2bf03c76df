import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "@supernet/base";
import { createEstimator } from "../cost/estimator.js";
import { classifierParts } from "../network/network-space.js";
import { type Space, type Subnet, spaceSize } from "../space/space.js";
import { type MobileNetV2Sizes, mobileNetV2 } from "./mobilenetv2.js";

/** Returns a subnet from kernel and expansion of each block in order; `--` omits a block. */
function byBlock(space: Space, shorthand: string): Subnet {
  const blocks = shorthand.split(/[ |]+/);
  assert.equal(blocks.length, space.decisions.length);
  const choice = (block: string) => (block === "--" ? "identity" : `mb_k${block[0]}e${block[1]}`);
  return Object.fromEntries(space.decisions.map(({ name }, i) => [name, choice(blocks[i]!)]));
}

function costOf(sizes: Partial<MobileNetV2Sizes>, shorthand: string) {
  const space = mobileNetV2(sizes);
  return createEstimator("", classifierParts(space, 1000), [3, 224, 224]).measure(byBlock(space, shorthand));
}

/** Widths of ProxylessNAS for GPUs, which SPOS and AngleNAS also search. */
const PROXYLESS_GPU = { stem: 40, first: 24, channels: [32, 56, 112, 128, 256, 432], last: 1728 };

test("ProxylessNAS for mobile phones has its published size: 4.1 M parameters, 320 M multiply-accumulates", () => {
  // Cai et al., ICLR 2019; the parameters of the published weights are 4,080,512.
  const cost = costOf({}, "53 33 -- -- | 73 33 53 53 | 76 53 53 53 | 56 53 53 53 | 76 76 73 73 | 76");
  assert.deepEqual([cost.params, cost.macs], [4_080_512, 320_427_584]);
});

test("ProxylessNAS for GPUs has its published size: 7.1 M parameters, 465 M multiply-accumulates", () => {
  // Cai et al., ICLR 2019; the parameters of the published weights are 7,119,848.
  const cost = costOf(
    PROXYLESS_GPU,
    "53 -- -- -- | 73 -- -- 33 | 76 -- -- 53 | 56 -- 33 53 | 76 76 76 56 | 76",
  );
  assert.deepEqual([cost.params, cost.macs], [7_119_848, 465_260_160]);
});

test("the subnet that AngleNAS found with SPOS has its published size: 5.94 M parameters, 0.47 G", () => {
  // Hu et al., ECCV 2020: 472 M. MMRazor reports its parameters, and 0.49 G including normalization and ReLU.
  const cost = costOf(
    PROXYLESS_GPU,
    "53 53 -- 33 | 33 -- -- 33 | 76 -- 73 73 | 33 33 73 53 | 56 73 73 73 | 56",
  );
  assert.equal((cost.params / 1e6).toFixed(2), "5.94");
  assert.equal((cost.macs / 1e9).toFixed(2), "0.47");
});

test("MobileNetV2 itself is a subnet: 3.50 M parameters, 300.8 M multiply-accumulates", () => {
  // Sandler et al., CVPR 2018; torchvision counts 3,504,872 parameters.
  const sizes = { blocks: [2, 3, 4, 3, 3, 1], channels: [24, 32, 64, 96, 160, 320] };
  const cost = costOf(sizes, Array(16).fill("36").join(" "));
  assert.deepEqual([cost.params, cost.macs], [3_504_872, 300_774_272]);
});

test("only a block that keeps the shape can be omitted", () => {
  const space = mobileNetV2({ first: 16, blocks: [2, 1, 1, 1, 1, 1], channels: [24, 32, 64, 64, 96, 128] });
  const skippable = space.decisions.filter(({ choices }) => choices.includes("identity"));
  // Stage 4 has stride 1 and as many channels as the stage before it.
  assert.deepEqual(
    skippable.map(({ name }) => name),
    ["layers.1.1", "layers.4.0"],
  );
  assert.equal(spaceSize(space), 7n ** 2n * 6n ** 5n);
});

test("rejects and names invalid sizes", () => {
  const refuse = (sizes: Partial<MobileNetV2Sizes>, word: RegExp) =>
    assert.throws(
      () => mobileNetV2(sizes),
      (error: Error) => error instanceof UserError && word.test(error.message),
    );
  refuse({ stem: 0 }, /stem is 0/);
  refuse({ blocks: [4, 4, 4, 4, 4] }, /blocks is \[4,4,4,4,4\]; expected exactly 6 items/);
  refuse({ channels: [32, 40, 80.5, 96, 192, 320] }, /channels\[2\] is 80.5/);
});
