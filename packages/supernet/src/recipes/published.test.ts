import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  autoFormerBaseImageNet,
  autoFormerSmallImageNet,
  autoFormerTinyImageNet,
} from "./autoformer-imagenet.js";
import { detnasFrcnnShufflenetv2Coco } from "./detnas-frcnn-shufflenetv2-coco.js";

describe("the published settings of DetNAS", () => {
  const { classification, detection, detector, steps } = detnasFrcnnShufflenetv2Coco;

  it("are used for ImageNet", () => {
    for (const training of [steps.pretrain!, steps.retrain!]) {
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
    assert.equal(steps.pretrain!.candidates, "independent");
    const { imageSize, evalResize, evalImages, interpolation, augmentation } = classification!;
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

  it("are used for COCO, 1x", () => {
    for (const training of [steps.finetune, steps.detector!]) {
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
    assert.deepEqual([steps.detector!.data, steps.detector!.evaluateEvery], ["train+search", null]);
    assert.deepEqual(
      [detection.size, detection.padTo, detection.flip],
      [{ short: 800, long: 1333 }, 32, 0.5],
    );
    assert.ok(detector.kind === "faster-rcnn");
    assert.deepEqual([detection.filterEmpty, detector.rpn.lowQualityIou], [true, 0.3]);
    assert.deepEqual([detector.pyramid.norm, detector.head.norm], ["batch", "batch"]);
  });

  it("are used for the search", () => {
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

describe("AutoFormer's published settings", () => {
  const { classification, steps } = autoFormerTinyImageNet;

  it("are used for the training of the supernet", () => {
    const { train } = steps;
    assert.deepEqual(train.optimizer, {
      kind: "adamw",
      betas: [0.9, 0.999],
      weightDecay: 0.05,
      noDecay: ["bias", "norm", "token", "position"],
    });
    assert.deepEqual([train.epochs, train.batchSize], [500, 1024]);
    const peak = (train.lr.base * train.batchSize) / train.lr.batchSize;
    const { schedule, warmup } = train;
    assert.ok(schedule.kind === "cosine" && warmup);
    assert.deepEqual([peak, peak * schedule.endFactor, peak * warmup.startFactor], [1e-3, 1e-5, 1e-6]);
    assert.equal(warmup.epochs, 20);
    assert.deepEqual(
      [train.labelSmoothing, train.dropPath, train.clipGradNorm, train.sampling.kind],
      [0.1, 0.1, null, "uniform"],
    );
  });

  it("are used for fine-tuning the found subnet on all training images", () =>
    assert.deepEqual([steps.retrain!.data, steps.retrain!.epochs], ["train+search", 40]));

  it("are used for the images", () => {
    const { imageSize, evalResize, interpolation, augmentation } = classification;
    assert.deepEqual([imageSize, evalResize, interpolation], [224, 256, "bicubic"]);
    assert.deepEqual(augmentation, {
      repeats: 3,
      crop: { kind: "random-resized", scale: [0.08, 1], ratio: [3 / 4, 4 / 3] },
      flip: 0.5,
      policy: {
        kind: "rand-augment",
        operations: 2,
        probability: 0.5,
        magnitude: 9,
        magnitudeStd: 0.5,
        increasing: true,
      },
      colorJitter: null,
      erasing: { probability: 0.25, area: [0.02, 1 / 3], ratio: [0.3, 1 / 0.3], fill: "noise" },
      mix: { kind: "mixup-or-cutmix", mixupAlpha: 0.8, cutmixAlpha: 1, cutmixProbability: 0.5 },
    });
  });

  it("are used for the search, whose limits include the published subnet", () => {
    assert.deepEqual(steps.search.strategy, {
      kind: "evolution",
      populationSize: 50,
      generations: 20,
      topK: 10,
      mutations: { children: 25, probability: 0.2, perDecision: { depth: 0.4, width: 0.4 } },
      crossovers: 25,
      maxTries: 10,
    });
    for (const [recipe, published] of [
      [autoFormerTinyImageNet, 5_867_944],
      [autoFormerSmallImageNet, 22_891_432],
      [autoFormerBaseImageNet, 53_691_688],
    ] as const) {
      const { min, max } = recipe.steps.search.constraints.params!;
      assert.ok(min! < published && published < max!);
    }
  });
});
