import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Random } from "@supernet/base";
import { allSubnets, type Choice, type Space, sampleSubnet } from "@supernet/nas";
import { manualSeed, nn, noGrad, Tensor, tidy } from "@supernet/torch";
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

/** Replaces the tensors of a value by their elements. */
function plainNumbers(value: unknown): unknown {
  if (value instanceof Tensor) return value.toArray();
  if (Array.isArray(value)) return value.map(plainNumbers);
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plainNumbers(inner)]));
}

for (const settings of elasticDetectors) {
  const decisions = detectorDecisions(settings);
  const space: Space = { name: settings.kind, decisions };

  describe(`elastic ${settings.kind}`, () => {
    test("has stages that compute the same if their keys and those of all stages before are equal", () => {
      manualSeed(3);
      const backbone = new Narrowed(new TinyBackbone(8), new TinyBackbone(8).outChannels);
      const { detector, activate } = buildElasticDetector(backbone, settings, CLASSES);
      detector.eval();
      const maps = backbone.forward(draw(TRUTH));
      /** Runs the stages of a subnet. Returns all keys up to each, and its result. */
      const run = (subnet: Readonly<Record<string, Choice>>) => {
        activate(subnet, backbone.outChannels);
        const path: string[] = [];
        let value: unknown = maps;
        return detector.stages().map(({ key, run }) => {
          value = run(value, SIZES);
          path.push(key);
          return { path: path.join(), result: plainNumbers(value) };
        });
      };
      const results = new Map<string, unknown>();
      let shared = 0;
      noGrad(() =>
        tidy(() => {
          for (let i = 0; i < 24; i++) {
            const stages = run(sampleSubnet(space, Random.of("stages", i)));
            for (const { path, result } of stages) {
              if (results.has(path)) shared++;
              assert.deepEqual(result, results.get(path) ?? result, path);
              results.set(path, result);
            }
          }
          // Different sizes have different keys.
          const all = [...allSubnets(space)].map((subnet) => chosenDetector(settings, subnet));
          const keys = [...allSubnets(space)].map((subnet) => {
            activate(subnet, backbone.outChannels);
            return detector
              .stages()
              .map(({ key }) => key)
              .join();
          });
          const sizes = all.map((chosen) => JSON.stringify(chosen));
          assert.equal(new Set(keys).size, new Set(sizes).size);
        }),
      );
      assert.ok(shared > 10, `${shared}`);
    });

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
