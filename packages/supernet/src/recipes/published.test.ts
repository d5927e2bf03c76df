import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Recipe } from "../recipe/common.js";
import { searchProblem } from "../search/problem.js";
import {
  autoFormerBaseImageNet,
  autoFormerSmallImageNet,
  autoFormerTinyImageNet,
} from "./autoformer-imagenet.js";
import { detnasFrcnnShufflenetv2Coco } from "./detnas-frcnn-shufflenetv2-coco.js";
import { detnasFrcnnShufflenetv2CocoMmrazor } from "./detnas-frcnn-shufflenetv2-coco-mmrazor.js";
import { createRun } from "./load.js";

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
        [
          training.batchSize,
          Math.round(1251 * training.epochs),
          training.schedule,
          training.warmup,
          training.labelSmoothing,
        ],
        [1024, 300_000, { kind: "linear" }, null, 0.1],
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
    assert.deepEqual(steps.search.input, [3, 224, 224]);
  });

  it("limit the convolutions of the backbone to 300 M, which the published subnets meet", async () => {
    assert.deepEqual(steps.search.constraints, { backbone: { macs: { max: 300e6 } } });
    const of = await measured(detnasFrcnnShufflenetv2Coco, "backbone.macs");
    // By their numbers in the original code: DetNAS's subnet for Faster R-CNN, its alternative, and that for RetinaNet.
    const subnets = ["21202112331300313132", "00012033122233313232", "23113213311133203333"];
    assert.deepEqual(subnets.map(of), [288_082_368, 299_936_448, 291_205_824]);
    // The next larger choice of a block exceeds the limit.
    assert.ok(of("10012033122233313232") > 300e6);
  });
});

describe("MMRazor's settings of DetNAS", () => {
  const { space, steps } = detnasFrcnnShufflenetv2CocoMmrazor;

  it("have its wiring, and train for 300 epochs on ImageNet", () => {
    assert.ok(space.name === "spos-shufflenetv2" && space.wiring === "mmrazor");
    assert.deepEqual([steps.pretrain!.epochs, steps.retrain!.epochs], [300, 300]);
  });

  it("limit the backbone to 330 M, with normalization and activation functions", async () => {
    assert.deepEqual(steps.search.constraints, { backbone: { operations: { max: 330e6 } } });
    const of = await measured(detnasFrcnnShufflenetv2CocoMmrazor, "backbone.operations");
    const subnet = of("10003032223302132221");
    assert.ok(subnet < 330e6, `MMRazor's published subnet has ${subnet}`);
  });
});

/** Returns a function that measures a resource of a subnet, which is given as a digit per block: 3x3, 5x5, 7x7, Xception. */
async function measured(recipe: Recipe, resource: string): Promise<(digits: string) => number> {
  const { space, measure } = await searchProblem(createRun(recipe));
  return (digits) =>
    measure(
      Object.fromEntries(space.decisions.map(({ name, choices }, i) => [name, choices[Number(digits[i])]!])),
    )[resource]!;
}

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
