import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { describe, it } from "node:test";
import { checkFeasible, parseSubnet, sampleSubnet } from "@supernet/nas";
import { Random } from "@supernet/torch/random";
import { openSpace } from "../../recipe/open-space.js";
import { withSettings } from "../../recipe/set.js";
import { detnasFrcnnShufflenetv2Coco } from "../../recipes/detnas-frcnn-shufflenetv2-coco.js";
import { detnasQuickstart } from "../../recipes/detnas-quickstart.js";
import { detnasRetinanetQuickstart } from "../../recipes/detnas-retinanet-quickstart.js";
import { detectorCost, detectorOf } from "./detector-cost.js";
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
  const problem = await searchProblem(recipe, space);

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

  it("can be set on the backbone alone, which has less than the classifier", async () => {
    const subnet = sampleSubnet(space, Random.of(1));
    const measured = problem.measure(subnet);
    // The last 1x1 convolution to 1024 channels at 7x7.
    assert.equal(measured.macs! - measured["backbone.macs"]!, 640 * 1024 * 49);
    const limited = withSettings(recipe, ["steps.search.constraints.backbone.macs.max=1e6"]);
    const impossible = await searchProblem(limited, space);
    assert.throws(
      () => checkFeasible(impossible),
      /backbone\.macs at most 1000000: .* has backbone\.macs from \d+ to \d+/,
    );
  });
});

const fashion = "/usr/share/datasets/fashion-mnist";

describe("a limit on the whole detector", { skip: !existsSync(fashion) && `${fashion} is missing` }, () => {
  for (const quickstart of [detnasQuickstart, detnasRetinanetQuickstart]) {
    it(`counts what the detector costs that has the subnet for its backbone: ${quickstart.name}`, async () => {
      const recipe = withSettings(quickstart, ["steps.search.constraints.detector.flops.max=1e9"]);
      const space = await openSpace(recipe.space);
      const { measure, constraints } = await searchProblem(recipe, space);
      assert.deepEqual(constraints["detector.flops"], { max: 1e9 });
      for (let i = 0; i < 3; i++) {
        const subnet = sampleSubnet(space, Random.of(i));
        const measured = measure(subnet);
        const whole = detectorCost(detectorOf(recipe, space, subnet, 10), recipe.steps.search.input);
        for (const resource of ["params", "macs", "flops", "activations"] as const) {
          assert.equal(measured[`detector.${resource}`], whole[resource], resource);
        }
      }
    });
  }
});
