import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Random } from "@supernet/base";
import { allSubnets, type Space, sampleSubnet } from "@supernet/nas";
import { manualSeed, nn, noGrad, type Tensor, tidy } from "@supernet/torch";
import type { Backbone } from "../backbones/backbone.js";
import { draw, SIZES, TRUTH } from "../testing/drawn-images.js";
import { elasticDetectors, smallDetectors } from "../testing/small-detectors.js";
import { TinyBackbone } from "../testing/tiny-backbone.js";
import { chosenDetector, detectorDecisions, largestDetector } from "./choices.js";
import type { DetectorDefinition } from "./detector.js";
import { buildDetector, builtInDetectors } from "./detectors.js";
import { buildElasticDetector } from "./elastic.js";

const CLASSES = 2;

/** Backbone whose maps have only their first channels, like that of a subnet. */
class Narrowed extends nn.Module implements Backbone {
  readonly backbone: Backbone;
  readonly strides: readonly number[];
  channels: readonly number[];

  constructor(backbone: Backbone, channels: readonly number[]) {
    super();
    this.backbone = backbone;
    this.strides = backbone.strides;
    this.channels = channels;
  }

  get outChannels(): readonly number[] {
    return this.channels;
  }

  get minChannels(): readonly number[] {
    return this.channels.map((channels) => channels / 2);
  }

  forward(images: Tensor): Tensor[] {
    return this.backbone.forward(images).map((map, i) => map.narrow(1, 0, this.channels[i]!));
  }
}

for (const settings of elasticDetectors) {
  const decisions = detectorDecisions(settings);
  const space: Space = { name: settings.kind, decisions };

  describe(`elastic ${settings.kind}`, () => {
    test("has a decision for every list of choices", () => {
      assert.deepEqual(
        decisions.map(({ name, choices }) => `${name} ${choices.length}`),
        [
          "detector.pyramid.strides 2",
          "detector.pyramid.channels 3",
          ...(settings.kind === "faster-rcnn" ? ["detector.rpn.postNms.test 2"] : []),
          "detector.head.convs.depth 3",
          "detector.head.convs.width 2",
          ...(settings.kind === "faster-rcnn" ? ["detector.head.fcs 3"] : []),
        ],
      );
      assert.deepEqual(detectorDecisions(smallDetectors[settings.kind]), []);
    });

    test("has settings of a detector for every subnet", () => {
      const { settings: schema } = builtInDetectors[settings.kind];
      for (const subnet of allSubnets(space)) schema.parse(chosenDetector(settings, subnet));
      schema.parse(largestDetector(settings));
    });

    test("lists every size that a layer depends on", () => {
      const { sections } = builtInDetectors[settings.kind] as DetectorDefinition;
      const maps = new TinyBackbone(8);
      for (const { sizes, layers } of sections!) {
        const describe = (subnet: Parameters<typeof chosenDetector>[1]) =>
          layers(maps, chosenDetector(settings, subnet), CLASSES);
        for (let i = 0; i < 40; i++) {
          const [a, b] = ["a", "b"].map((key) => sampleSubnet(space, Random.of(key, i)));
          const own = Object.fromEntries(
            Object.entries(a!).filter(([name]) => sizes.includes(name.replace("detector.", ""))),
          );
          assert.deepEqual(describe({ ...b!, ...own }), describe(a!));
        }
      }
    });

    test("computes what the stand-alone detector of each subnet computes", () => {
      manualSeed(3);
      const inner = new TinyBackbone(8);
      const backbone = new Narrowed(inner, inner.outChannels);
      const { detector, activate, activeState } = buildElasticDetector(backbone, settings, CLASSES);
      const images = draw(TRUTH);
      const subnets = Array.from({ length: 18 }, (_, i) => sampleSubnet(space, Random.of("subnet", i)));
      for (const { name, choices } of decisions)
        assert.deepEqual(new Set(subnets.map((subnet) => subnet[name])), new Set(choices), name);
      for (const [i, subnet] of subnets.entries()) {
        const share = i % 2 === 0 ? 1 : 2;
        backbone.channels = inner.outChannels.map((channels) => channels / share);
        activate(subnet, backbone.channels);
        const own = buildDetector(
          new Narrowed(inner, backbone.channels),
          chosenDetector(settings, subnet),
          CLASSES,
        );
        const state = activeState();
        const names = [...own.stateDict().keys()].filter((name) => !name.startsWith("backbone."));
        assert.deepEqual([...state.keys()].sort(), names.sort());
        own.loadStateDict(
          new Map([
            ...state,
            ...[...inner.stateDict()].map(([n, t]) => [`backbone.backbone.${n}`, t] as const),
          ]),
        );
        for (const training of [true, false]) {
          const [a, b] = [detector, own].map((model) =>
            noGrad(() =>
              tidy(() => {
                const losses = model.train(training).forward(images, SIZES, TRUTH, ["seed"]);
                return Object.entries(losses).map(([name, loss]) => [name, loss.item()]);
              }),
            ),
          );
          assert.deepEqual(a, b, JSON.stringify(subnet));
        }
        assert.deepEqual(detector.detect(images, SIZES), own.detect(images, SIZES), JSON.stringify(subnet));
      }
    });
  });
}
