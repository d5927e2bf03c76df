import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Random } from "@supernet/base";
import { sampleSubnet } from "@supernet/nas";
import { SpaceClassifier } from "@supernet/nas/supernet";
import type { nn } from "@supernet/torch";
import { withSettings } from "../../recipes/define.js";
import { detnasQuickstart } from "../../recipes/detnas-quickstart.js";
import { createRun } from "../../recipes/load.js";
import { searchedSpace } from "../../task/run-context.js";
import { buildSeeded } from "../../task/step-context.js";
import type { DetectionData } from "./data.js";
import type { DetectionContext } from "./settings.js";
import { buildModel, inheritWeights } from "./training.js";

const data = { classes: ["a", "b"] } as unknown as DetectionData;

const contextOf = async (...settings: string[]) => {
  const recipe = withSettings(detnasQuickstart, settings);
  const run = createRun(recipe);
  return { run, recipe, device: "cpu", space: await run.get(searchedSpace) } as DetectionContext;
};
const values = (module: nn.Module) =>
  [...module.stateDict()].map(([name, tensor]) => [name, tensor.toTypedArray().join()]);

describe("buildModel", () => {
  it("starts a backbone as a training for classification would", async () => {
    const context = await contextOf();
    const { space } = context;
    const subnet = sampleSubnet(space, Random.of(1));
    for (const [step, own] of [
      ["pretrain", undefined],
      ["retrain", subnet],
    ] as const) {
      const { backbone } = await buildModel(context, { step: "finetune", data, subnet: own });
      const classifier = buildSeeded(context, step, () => new SpaceClassifier(space, 3, own));
      assert.deepEqual(values(backbone), values(classifier.backbone), step);
    }
  });
});

describe("inheritWeights", () => {
  for (const [name, settings] of [
    ["the supernet of a backbone", []],
    [
      "the supernet of whole detectors",
      ["detector.pyramid.channels=[8, 16]", "detector.head.convs={depth: [0, 1], width: [8, 16]}"],
    ],
  ] as const) {
    it(`gives a subnet its part of ${name}`, async () => {
      const context = await contextOf(...settings);
      const supernet = await buildModel(context, { step: "finetune", data });
      for (let seed = 0; seed < 2; seed++) {
        const subnet = sampleSubnet(context.space, Random.of(seed));
        const own = await buildModel(context, { step: "detector", data, subnet });
        inheritWeights(own, { supernet, subnet });
        const state = supernet.activeState();
        for (const [key, value] of values(own.detector))
          assert.equal(value, state.get(key!)!.toTypedArray().join(), key);
        // The names are of all its tensors: no part kept the weights that it was built with.
        assert.deepEqual([...own.detector.stateDict().keys()].sort(), [...state.keys()].sort());
      }
    });
  }
});
