import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "@supernet/base";
import { type Cost, sampleSubnet } from "@supernet/nas";
import { traceCost } from "@supernet/nas/supernet";
import { zeros } from "@supernet/torch";
import { elasticDetectors } from "../testing/small-detectors.js";
import { TinyBackbone } from "../testing/tiny-backbone.js";
import { chosenDetector, detectorDecisions } from "./choices.js";
import { estimateDetector } from "./cost.js";
import { buildDetector } from "./detectors.js";

const CLASSES = 3;

test("the estimated cost of a detector is that of its modules when it runs", () => {
  const backbone = new TinyBackbone(8);
  for (const settings of elasticDetectors) {
    const space = { name: settings.kind, decisions: detectorDecisions(settings) };
    for (let i = 0; i < 10; i++) {
      const chosen = chosenDetector(settings, sampleSubnet(space, Random.of("cost", i)));
      const [height, width] = [
        [64, 96],
        [128, 64],
      ][i % 2] as [number, number];
      const shapes = backbone.strides.map((stride, m) => [
        backbone.outChannels[m]!,
        height / stride,
        width / stride,
      ]);
      const estimated = estimateDetector(chosen, { strides: backbone.strides, shapes }, CLASSES);
      const detector = buildDetector(backbone, chosen, CLASSES).eval();
      const traced = traceCost("detector", detector, () =>
        detector.runWorstCase(zeros([1, 3, height, width])),
      );
      for (const part of estimated.children!) {
        const expected = traced.children!.find(({ name }) => name === part.name)!;
        const of = ({ memory: _, name: __, children: ___, ...counts }: Cost) => counts;
        assert.deepEqual(of(part), of(expected), `${settings.kind} ${part.name}`);
      }
      assert.equal(estimated.children!.length, traced.children!.length - 1);
      assert.ok(estimated.memory > 4 * estimated.params);
    }
  }
});
