import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Random } from "@supernet/base";
import { elasticMobileNet, type NetworkSpace, sampleSubnet, sposShuffleNetV2 } from "@supernet/nas";
import { activeStateDict, SpaceBackbone } from "@supernet/nas/supernet";
import { manualSeed, noGrad, randn, tidy } from "@supernet/torch";
import { buildDetector } from "@supernet/vision";
import type { DetectorSettings } from "@supernet/vision/detector-settings";
import { withSettings } from "../../recipes/define.js";
import { detnasQuickstart } from "../../recipes/detnas-quickstart.js";
import { createRun } from "../../recipes/load.js";
import { createSampler } from "../../training/sampling.js";
import { detectorBuilder } from "./detector.js";
import { detectorSpace, openDecisions } from "./space.js";
import { wholeEstimator } from "./whole.js";

const SPACES: readonly NetworkSpace[] = [
  sposShuffleNetV2({ stem: 8, blocks: [1, 1, 1, 1], channels: [16, 24, 32, 48] }),
  elasticMobileNet({
    stem: 8,
    first: 8,
    widths: [[8, 12], [16, 24], [24], [24, 32], [48], [40, 64]],
    depths: [[1, 2], [1], [1], [1, 2], [1], [1]],
  }),
];

describe("a subnet extracted from a detector with the supernet", () => {
  for (const space of SPACES) {
    it(`equals the standalone detector bit for bit: ${space.name}`, () => {
      manualSeed(1);
      const build = (body: SpaceBackbone) =>
        buildDetector(body, detnasQuickstart.detector as DetectorSettings, 3);
      const supernet = new SpaceBackbone(space);
      const shared = build(supernet);
      const sizes = [{ height: 64, width: 64 }];
      const truth = [
        { boxes: Float32Array.of(8, 8, 40, 40), labels: Int32Array.of(1), crowd: Uint8Array.of(0) },
      ];
      for (let i = 0; i < 3; i++) {
        const subnet = sampleSubnet(space, Random.of("detector", i));
        const own = build(new SpaceBackbone(space, subnet));
        supernet.activate(subnet);
        own.loadStateDict(activeStateDict(shared));
        tidy(() => {
          const images = randn([1, 3, 64, 64]);
          const losses = noGrad(() =>
            [shared, own].map((detector) =>
              Object.entries(detector.train().forward(images, sizes, truth, [i])).map(([name, loss]) => [
                name,
                loss.item(),
              ]),
            ),
          );
          assert.deepEqual(losses[0], losses[1]);
          const found = [shared, own].map((detector) => detector.eval().detect(images, sizes));
          assert.deepEqual(found[0], found[1]);
        });
      }
    });
  }
});

describe("the sizes of a detector in a recipe", () => {
  it("may be a depth and a width that are not searched", async () => {
    const recipe = withSettings(detnasQuickstart, ["detector.head.convs={depth: 2, width: 24}"]);
    const build = await createRun(recipe).get(detectorBuilder);
    const [space] = SPACES;
    const names = [...build(new SpaceBackbone(space!), 3).stateDict().keys()];
    assert.deepEqual(names.filter((name) => /shared_convs\.\d\.conv\.weight/.test(name)).length, 2);
    assert.deepEqual(openDecisions(recipe), []);
  });

  it("count in the largest and smallest detectors of the sandwich rule", async () => {
    const recipe = withSettings(detnasQuickstart, [
      "detector.pyramid.channels=[24, 48, 36]",
      "detector.head.convs={depth: [1, 0, 2], width: [16, 32]}",
    ]);
    const [backbone] = SPACES;
    const space = detectorSpace(recipe, backbone!);
    const { measure } = wholeEstimator({ recipe, space, classes: 3, input: [3, 64, 64] });
    const sampler = createSampler(
      space,
      { kind: "sandwich", random: 0 },
      { seed: 1, step: "finetune", imageSize: 32, flops: (subnet) => measure(subnet).flops },
    );
    const sizes = sampler
      .at(0)
      .map((subnet) =>
        ["pyramid.channels", "head.convs.depth", "head.convs.width"].map((key) => subnet[`detector.${key}`]),
      );
    assert.deepEqual(sizes, [
      [48, 2, 32],
      [24, 0, 16],
    ]);
  });
});
