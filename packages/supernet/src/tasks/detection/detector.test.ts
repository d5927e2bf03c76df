import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Random } from "@supernet/base";
import { elasticMobileNet, type NetworkSpace, sampleSubnet, sposShuffleNetV2 } from "@supernet/nas";
import { activeStateDict, SpaceBackbone } from "@supernet/nas/supernet";
import { manualSeed, noGrad, randn, tidy } from "@supernet/torch";
import { buildDetector } from "@supernet/vision";
import type { DetectorSettings } from "@supernet/vision/detector-settings";
import { detnasQuickstart } from "../../recipes/detnas-quickstart.js";

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
