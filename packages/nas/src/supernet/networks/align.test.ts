import assert from "node:assert/strict";
import { it } from "node:test";
import { manualSeed, noGrad, randn, type Tensor, tidy } from "@supernet/torch";
import type { NetworkSpace } from "../../network/network-space.js";
import { chooseEach } from "../../space/space.js";
import { mobileNetV2 } from "../../spaces/mobilenetv2.js";
import { sposShuffleNetV2 } from "../../spaces/spos-shufflenetv2.js";
import { alignCandidates } from "./align.js";
import { SpaceBackbone } from "./backbone.js";

/** Returns the cosine similarity of each choice's last map to that of the base choice. */
function similarities(space: NetworkSpace, choices: readonly string[], aligned: boolean): number[] {
  manualSeed(4);
  const network = new SpaceBackbone(space);
  // As after a training of the base candidate.
  for (const [name, parameter] of network.namedParameters())
    if (parameter.ndim === 1 && name.includes(space.alignment!.base))
      noGrad(() => tidy(() => void parameter.add_(randn(parameter.shape).mul(0.5))));
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

it("aligns ShuffleNetV2 blocks with different kernels closely, and the Xception block partly", () => {
  const space = sposShuffleNetV2({ stem: 8, blocks: [1, 1, 1, 1], channels: [16, 32, 64, 128] });
  const choices = ["shuffle_5x5", "shuffle_7x7", "shuffle_xception"];
  const [k5, k7, xception] = similarities(space, choices, true) as [number, number, number];
  const independent = similarities(space, choices, false);
  assert.ok(k5 > 0.8 && k7 > 0.8, `5x5 ${k5}, 7x7 ${k7}`);
  assert.ok(xception > Math.max(...independent), `Xception ${xception}, independent ${independent}`);
});

it("aligns inverted residuals with different kernels and expansions", () => {
  const space = mobileNetV2({ blocks: [1, 1, 1, 1, 1, 1], channels: [16, 24, 32, 48, 64, 96] });
  const choices = ["mb_k3e6", "mb_k5e3", "mb_k7e6"];
  const aligned = similarities(space, choices, true);
  const independent = similarities(space, choices, false);
  // These maps do not come from a ReLU, so they are not all positive, and unrelated ones are not similar.
  assert.ok(Math.min(...aligned) > 0.4, `${aligned}`);
  assert.ok(Math.max(...independent) < 0.1, `${independent}`);
});
