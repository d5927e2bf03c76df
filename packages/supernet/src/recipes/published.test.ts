import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { detnasFrcnnShufflenetv2Coco } from "./detnas-frcnn-shufflenetv2-coco.js";

describe("the published settings", () => {
  const { classification, detection, detector, steps } = detnasFrcnnShufflenetv2Coco;

  it("of ImageNet", () => {
    for (const training of [steps.pretrain, steps.retrain]) {
      assert.deepEqual(training.optimizer, {
        kind: "sgd",
        momentum: 0.9,
        nesterov: false,
        weightDecay: 4e-5,
        noDecay: ["bias", "norm", "depthwise"],
      });
      assert.deepEqual(training.lr, { base: 0.5, batchSize: 1024 });
      assert.deepEqual(
        [training.batchSize, training.epochs, training.schedule, training.warmup, training.labelSmoothing],
        [1024, 300, { kind: "linear" }, null, 0.1],
      );
    }
    assert.equal(steps.pretrain.candidates, "independent");
    const { imageSize, evalResize, evalImages, interpolation, augmentation } = classification;
    assert.deepEqual([imageSize, evalResize, evalImages, interpolation], [224, 256, null, "bilinear"]);
    assert.deepEqual(augmentation, {
      repeats: 1,
      crop: { kind: "random-resized", scale: [0.08, 1], ratio: [3 / 4, 4 / 3] },
      flip: 0.5,
      policy: null,
      colorJitter: { brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0 },
      erasing: null,
      mix: null,
    });
  });

  it("of COCO, 1x", () => {
    for (const training of [steps.finetune, steps.detector]) {
      assert.deepEqual(training.optimizer, {
        kind: "sgd",
        momentum: 0.9,
        nesterov: false,
        weightDecay: 1e-4,
        noDecay: [],
      });
      assert.deepEqual(training.lr, { base: 0.02, batchSize: 16 });
      assert.deepEqual([training.epochs, training.batchSize, training.microBatch], [12, 16, null]);
      assert.deepEqual(training.schedule, { kind: "multi-step", milestones: [8, 11], gamma: 0.1 });
      assert.equal(training.warmup?.iterations, 500);
    }
    assert.deepEqual(
      [detection.size, detection.padTo, detection.flip],
      [{ short: 800, long: 1333 }, 32, 0.5],
    );
    assert.ok(detector.kind === "faster-rcnn");
    assert.deepEqual([detector.pyramid.norm, detector.head.norm], ["batch", "batch"]);
  });

  it("of the search", () => {
    assert.deepEqual(steps.search.strategy, {
      kind: "evolution",
      populationSize: 50,
      generations: 20,
      topK: 10,
      mutations: { children: 20, probability: 0.1 },
      crossovers: 20,
      maxTries: 10,
    });
    assert.deepEqual(steps.search.constraints, { macs: { max: 330e6 } });
    assert.deepEqual(steps.search.input, [3, 224, 224]);
  });
});
