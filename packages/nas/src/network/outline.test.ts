import assert from "node:assert/strict";
import { test } from "node:test";
import { firstSubnet } from "../space/space.js";
import { autoFormerTiny } from "../spaces/autoformer.js";
import { elasticMobileNet } from "../spaces/elastic-mobilenet.js";
import { sposShuffleNetV2 } from "../spaces/spos-shufflenetv2.js";
import { outline } from "./outline.js";

test("lists every block of a single-path space", () => {
  const space = sposShuffleNetV2({ blocks: [2, 1, 1, 1] });
  const subnet = { ...firstSubnet(space), "layers.0.1": "shuffle_7x7" };
  assert.deepEqual(outline(space, subnet).slice(0, 3), [
    part("layers.0.0", 0, 64, 2, [["", "shuffle_3x3"]], 0),
    part("layers.0.1", 0, 64, 1, [["", "shuffle_7x7"]], 2),
    part("layers.1.0", 1, 160, 2, [["", "shuffle_3x3"]], 0),
  ]);
});

test("shows the own decisions and the width of each block of an elastic space, and omitted blocks", () => {
  const space = elasticMobileNet();
  const subnet = {
    ...firstSubnet(space),
    "stages.1.depth": 3,
    "stages.1.width": 32,
    "layers.1.2.kernel": 5,
    "layers.1.2.expansion": 6,
  };
  const chosen = (kernel: number, expansion: number) =>
    [
      ["kernel", kernel],
      ["expansion", expansion],
    ] as const;
  assert.deepEqual(outline(space, subnet).slice(0, 5), [
    part("layers.1.0", 0, 32, 2, chosen(3, 3), 0),
    part("layers.1.1", 0, 32, 1, chosen(3, 3), 0),
    part("layers.1.2", 0, 32, 1, chosen(5, 6), 5),
    { ...part("layers.1.3", 0, 32, 1, chosen(3, 3), 0), skipped: true },
    part("layers.2.0", 1, 32, 2, chosen(3, 3), 0),
  ]);
});

test("shows the token width of a transformer, and the heads and ratio of each block", () => {
  const space = autoFormerTiny({ imageSize: 64, depth: [2, 3] });
  const subnet = { ...firstSubnet(space), width: 216, "blocks.1.heads": 4, "blocks.1.ratio": 3.5 };
  const chosen = (heads: number, ratio: number) =>
    [
      ["heads", heads],
      ["ratio", ratio],
    ] as const;
  assert.deepEqual(outline(space, subnet), [
    part("patch_embed", 0, 216, 16, [], 0),
    part("blocks.0", 0, 216, 1, chosen(3, 3), 0),
    part("blocks.1", 0, 216, 1, chosen(4, 3.5), 4),
    { ...part("blocks.2", 0, 216, 1, chosen(3, 3), 0), skipped: true },
  ]);
});

function part(
  name: string,
  stage: number,
  channels: number,
  stride: number,
  choices: readonly (readonly [decision: string, choice: string | number])[],
  index: number,
) {
  const named = choices.map(([decision, choice]) => ({ decision, choice }));
  return { name, stage, channels, stride, choices: named, index, skipped: false };
}
