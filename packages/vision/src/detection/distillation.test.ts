import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Random } from "@supernet/base";
import { type Space, sampleSubnet } from "@supernet/nas";
import { manualSeed, noGrad, rand, type Tensor, tensor, tidy } from "@supernet/torch";
import { draw, NOTHING, SIZES, TRUTH } from "../testing/drawn-images.js";
import { elasticDetectors, smallDetectors } from "../testing/small-detectors.js";
import { TinyBackbone } from "../testing/tiny-backbone.js";
import { detectorDecisions } from "./choices.js";
import type { DetectorDefinition } from "./detector.js";
import { builtInDetectors } from "./detectors.js";
import { buildElasticDetector } from "./elastic.js";
import { Distillation, distillDense } from "./parts/distillation.js";

const CLASSES = 2;
const total = (losses: Record<string, Tensor>): Tensor =>
  Object.values(losses).reduce((sum, loss) => sum.add(loss));
const near = (a: number, b: number, tolerance: number, what: string) =>
  assert.ok(Math.abs(a - b) <= tolerance, `${what}: ${a}, not ${b}`);

describe("distillDense", () => {
  const outputs = (...rows: [logit: number, box: number][]) => ({
    logits: tensor([rows.map(([logit]) => [logit])]),
    boxes: tensor([rows.map(([, box]) => [box, box, 0, 0])]),
  });
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

  test("compares positions of the levels that both have, weighted by the teacher's probability of an object", () => {
    const teacher = outputs([3, 1], [-2, 5], [2, 2]);
    const student = outputs([1, 1.5]);
    const { classification, box, centerness } = distillDense(
      student,
      { strides: [8], counts: [1] },
      teacher,
      { strides: [4, 8], counts: [2, 1] },
    );
    const [own, p] = [sigmoid(1), sigmoid(2)];
    const crossEntropy = -p * Math.log(own) - (1 - p) * Math.log(1 - own);
    // The sum of the probabilities, below 1, counts as 1.
    near(classification.item(), (own - p) ** 2 * crossEntropy, 1e-6, "classification");
    near(box.item(), p * (0.5 + 0.5), 1e-6, "box");
    assert.equal(centerness.item(), 0);
  });

  test("is divided by the number of objects that the teacher sees", () => {
    const teacher = outputs([9, 1], [9, 5], [9, 0]);
    const student = outputs([9, 2], [9, 5], [9, 0]);
    const levels = { strides: [8], counts: [3] };
    near(distillDense(student, levels, teacher, levels).box.item(), 2 / 3, 1e-4, "box");
  });

  test("refuses levels that the teacher does not have", () => {
    const one = outputs([1, 1]);
    assert.throws(
      () => distillDense(one, { strides: [4], counts: [1] }, one, { strides: [8], counts: [1] }),
      /no level of stride 4 with 1 positions/,
    );
  });
});

for (const settings of Object.values(smallDetectors)) {
  describe(`distillation of ${settings.kind}`, () => {
    const definition = builtInDetectors[settings.kind] as DetectorDefinition;

    test("leaves a subnet unchanged that already predicts what the largest does", () => {
      manualSeed(4);
      const detector = definition.build(new TinyBackbone(8), settings, CLASSES).train();
      const images = draw(TRUTH);
      const distillation = new Distillation();
      const plain = detector.forward(images, SIZES, TRUTH, [1]);
      const taught = detector.forward(images, SIZES, TRUTH, [1], distillation);
      for (const [name, loss] of Object.entries(plain))
        near(taught[name]!.item(), loss.item(), 1e-6, `${name} of the largest`);
      distillation.teaches = false;
      const learned = detector.forward(images, SIZES, TRUTH, [2], distillation);
      assert.deepEqual(Object.keys(learned).sort(), Object.keys(plain).sort());
      near(learned.lossBox!.item(), 0, 1e-5, "lossBox");
      total(learned).backward();
      for (const [name, parameter] of detector.namedParameters())
        if (parameter.grad) near(parameter.grad.abs().max().item(), 0, 2e-4, `gradient of ${name}`);
    });

    test("moves a subnet toward the largest, not toward the ground truth", () => {
      manualSeed(4);
      const detector = definition.build(new TinyBackbone(8), settings, CLASSES).train();
      const distillation = new Distillation();
      noGrad(() => tidy(() => void detector.forward(draw(TRUTH), SIZES, TRUTH, [1], distillation)));
      distillation.teaches = false;
      noGrad(() =>
        tidy(() => {
          for (const parameter of detector.parameters()) parameter.add_(rand(parameter.shape).mul(0.05));
        }),
      );
      const loss = (truth: typeof TRUTH, key: number) =>
        noGrad(() =>
          tidy(() => total(detector.forward(draw(TRUTH), SIZES, truth, [key], distillation)).item()),
        );
      assert.ok(loss(TRUTH, 2) > 0);
      assert.equal(
        loss(
          TRUTH.map(() => NOTHING),
          3,
        ),
        loss(TRUTH, 2),
      );
    });
  });
}

for (const settings of elasticDetectors) {
  const space: Space = { name: settings.kind, decisions: detectorDecisions(settings) };

  test(`every subnet of ${settings.kind} learns from the largest, with other levels too`, () => {
    manualSeed(5);
    const backbone = new TinyBackbone(8);
    const { detector, activate } = buildElasticDetector(
      Object.assign(backbone, { minChannels: backbone.outChannels }),
      settings,
      CLASSES,
    );
    detector.train();
    const largest = Object.fromEntries(
      space.decisions.map(({ name, choices }) => [
        name,
        choices.toSorted((a, b) => String(b).length - String(a).length || Number(b) - Number(a))[0]!,
      ]),
    );
    const distillation = new Distillation();
    for (let i = 0; i < 8; i++) {
      tidy(() => {
        distillation.teaches = true;
        activate(largest, backbone.outChannels);
        total(detector.forward(draw(TRUTH), SIZES, TRUTH, [i], distillation)).backward();
        distillation.teaches = false;
        activate(sampleSubnet(space, Random.of("distilled", i)), backbone.outChannels);
        const losses = detector.forward(draw(TRUTH), SIZES, TRUTH, [i, 1], distillation);
        for (const [name, loss] of Object.entries(losses)) assert.ok(Number.isFinite(loss.item()), name);
        total(losses).backward();
      });
    }
  });
}
