import assert from "node:assert/strict";
import { it } from "node:test";
import { manualSeed, noGrad, randn, type Tensor, tidy } from "@supernet/torch";
import type { NetworkSpace } from "../../network/network-space.js";
import { chooseEach } from "../../space/space.js";
import { mobileNetV2 } from "../../spaces/mobilenetv2.js";
import { sposShuffleNetV2 } from "../../spaces/spos-shufflenetv2.js";
import { alignCandidates } from "./align.js";
import { SpaceBackbone } from "./backbone.js";

/** For each other choice, how alike its last map is to that of the alignment's base: the cosine of the two. */
function likeness(space: NetworkSpace, choices: readonly string[], aligned: boolean): number[] {
  manualSeed(4);
  const network = new SpaceBackbone(space);
  if (aligned) alignCandidates(network, space.alignment!);
  const image = randn([4, 3, 64, 64]);
  const mapOf = (choice: string): Tensor => {
    network.activate(chooseEach(space, () => choice));
    return network.forward(image).at(-1)!.flatten();
  };
  return noGrad(() =>
    tidy(() => {
      const base = mapOf(space.alignment!.base);
      return choices.map((choice) => {
        const map = mapOf(choice);
        return map.dot(base).item() / Math.sqrt(map.dot(map).item() * base.dot(base).item());
      });
    }),
  );
}

it("aligned ShuffleNetV2 blocks begin alike, kernels nearly the same", () => {
  const space = sposShuffleNetV2({ stem: 8, blocks: [1, 1, 1, 1], channels: [16, 32, 64, 128] });
  const choices = ["shuffle_5x5", "shuffle_7x7", "shuffle_xception"];
  const [k5, k7, xception] = likeness(space, choices, true) as [number, number, number];
  const independent = likeness(space, choices, false);
  assert.ok(k5 > 0.8 && k7 > 0.8, `5x5 ${k5}, 7x7 ${k7}`);
  assert.ok(xception > Math.max(...independent), `Xception ${xception}, independent ${independent}`);
});

it("aligned inverted residuals begin alike, kernels and expansions", () => {
  const space = mobileNetV2({ blocks: [1, 1, 1, 1, 1, 1], channels: [16, 24, 32, 48, 64, 96] });
  const choices = ["mb_k3e6", "mb_k5e3", "mb_k7e6"];
  const aligned = likeness(space, choices, true);
  const independent = likeness(space, choices, false);
  // Nothing of the maps is positive by itself, as behind a ReLU, so that unrelated ones have no likeness at all.
  assert.ok(Math.min(...aligned) > 0.4, `${aligned}`);
  assert.ok(Math.max(...independent) < 0.1, `${independent}`);
});
