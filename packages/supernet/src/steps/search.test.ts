import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkFeasible, parseSubnet, sampleSubnet } from "@supernet/nas";
import { Random } from "@supernet/torch/random";
import { openSpace } from "../recipe/open-space.js";
import { withSettings } from "../recipe/set.js";
import { detnasFrcnnShufflenetv2Coco } from "../recipes/detnas-frcnn-shufflenetv2-coco.js";
import { searchProblem } from "./problem.js";

const KINDS: Readonly<Record<string, string>> = {
  3: "shuffle_3x3",
  5: "shuffle_5x5",
  7: "shuffle_7x7",
  X: "shuffle_xception",
};

describe("the published limit", async () => {
  const recipe = detnasFrcnnShufflenetv2Coco;
  const space = await openSpace(recipe.space);
  const problem = searchProblem(recipe, space);

  it("admits the subnet that DetNAS found under it", () => {
    const lines = ["5333", "X3X7", "77XX375X", "7775"].flatMap((stage, s) =>
      [...stage].map((kind, b) => `layers.${s}.${b}: ${KINDS[kind]}`),
    );
    const subnet = parseSubnet(space, lines.join("\n"), "published");
    const { macs } = problem.measure(subnet);
    assert.equal(macs, 325923008 - 1024 * 1000);
    assert.ok(macs! <= problem.constraints.macs!.max!);
  });

  it("can be met", () => checkFeasible(problem));

  it("can be set on the backbone alone, which has less than the classifier", () => {
    const subnet = sampleSubnet(space, Random.of(1));
    const measured = problem.measure(subnet);
    // The last 1x1 convolution to 1024 channels at 7x7.
    assert.equal(measured.macs! - measured["backbone.macs"]!, 640 * 1024 * 49);
    const limited = withSettings(recipe, ["steps.search.constraints.backbone.macs.max=1e6"]);
    const impossible = searchProblem(limited, space);
    assert.throws(
      () => checkFeasible(impossible),
      /backbone\.macs at most 1000000: .* has backbone\.macs from \d+ to \d+/,
    );
  });
});
