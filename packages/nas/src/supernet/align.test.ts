import assert from "node:assert/strict";
import { it } from "node:test";
import { manualSeed, noGrad, randn, type Tensor, tidy } from "@supernet/torch";
import { chooseEach } from "../space/space.js";
import { SHUFFLE_CHOICES, sposShuffleNetV2 } from "../spaces/spos-shufflenetv2.js";
import { alignCandidates } from "./align.js";
import { SpaceBackbone } from "./backbone.js";

const space = sposShuffleNetV2({ stem: 8, blocks: [1, 1, 1, 1], channels: [16, 32, 64, 128] });

/** For each other choice, how alike its last map is to that of 3x3 blocks: the cosine of the two. */
function likeness(aligned: boolean): number[] {
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
      const base = mapOf("shuffle_3x3");
      return SHUFFLE_CHOICES.slice(1).map((choice) => {
        const map = mapOf(choice);
        return map.dot(base).item() / Math.sqrt(map.dot(map).item() * base.dot(base).item());
      });
    }),
  );
}

it("aligned candidates begin nearer to one another than independent ones, kernels nearly the same", () => {
  const [k5, k7, xception] = likeness(true) as [number, number, number];
  const independent = likeness(false);
  assert.ok(k5 > 0.8 && k7 > 0.8, `5x5 ${k5}, 7x7 ${k7}`);
  assert.ok(xception > Math.max(...independent), `Xception ${xception}, independent ${independent}`);
});
