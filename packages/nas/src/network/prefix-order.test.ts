import assert from "node:assert/strict";
import { it } from "node:test";
import { Random } from "@supernet/base";
import { sampleSubnet } from "../space/sample.js";
import { sposShuffleNetV2 } from "../spaces/spos-shufflenetv2.js";
import { byPrefix } from "./prefix-order.js";

it("sorts by decisions of no part last", () => {
  const backbone = sposShuffleNetV2({ stem: 8, blocks: [1], channels: [16], last: 16 });
  const space = { ...backbone, decisions: [{ name: "head", choices: [1, 2] }, ...backbone.decisions] };
  const subnets = [2, 1].flatMap((head) =>
    ["shuffle_3x3", "shuffle_7x7"].map((block) => ({ head, "layers.0.0": block })),
  );
  assert.deepEqual(
    subnets.toSorted(byPrefix(space)).map((subnet) => Object.values(subnet).join(" ")),
    ["1 shuffle_3x3", "2 shuffle_3x3", "1 shuffle_7x7", "2 shuffle_7x7"],
  );
});

it("sorts subnets with equal first parts next to each other, whatever their order", () => {
  const space = sposShuffleNetV2();
  const subnets = Array.from({ length: 60 }, (_, i) => sampleSubnet(space, Random.of("prefix", i)));
  const ordered = subnets.toSorted(byPrefix(space));
  assert.deepEqual(subnets.toReversed().sort(byPrefix(space)), ordered);
  for (const depth of [1, 2, 3]) {
    const names = space.decisions.slice(0, depth).map(({ name }) => name);
    const prefixes = ordered.map((subnet) => names.map((name) => subnet[name]).join());
    const runs = prefixes.filter((prefix, i) => prefix !== prefixes[i - 1]);
    assert.equal(runs.length, new Set(prefixes).size);
  }
});
