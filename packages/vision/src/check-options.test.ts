import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Random } from "@supernet/base";
import { z } from "zod";
import { checkOptions } from "./check-options.js";
import * as vision from "./index.js";
import { smallDetectors } from "./testing/small-detectors.js";
import { TinyBackbone } from "./testing/tiny-backbone.js";

/** The functions as plain JavaScript sees them. */
// biome-ignore lint/suspicious/noExplicitAny: wrong arguments are the point
const untyped = vision as any;

const image = { width: 4, height: 4, data: new Uint8Array(48) };
const random = Random.of(0);
const raw = {
  kind: "raw",
  pixels: new Uint8Array(48),
  count: 3,
  height: 4,
  width: 4,
  labels: new Uint8Array(3),
};
const sample = {
  ...{ id: 1, file: "1.jpg", width: 4, height: 4 },
  ...{ boxes: new Float32Array(), labels: new Int32Array(), crowd: new Uint8Array() },
};
const scenes = {
  ...{ items: "items", canvas: 64, train: 1, search: 1, test: 1, seed: 0 },
  ...{ itemsPerScene: [1, 2], itemSize: [8, 16] },
};
const slot = { batch: new Float32Array(48), index: 0, height: 4, width: 4 };

/** What each call throws. */
const CASES: readonly (readonly [call: () => unknown, message: RegExp])[] = [
  [
    () => untyped.classificationBatches(undefined, {}, { batchSize: 1 }),
    /^classificationBatches: samples is missing: expected object$/,
  ],
  [
    () =>
      untyped.classificationBatches({ kind: "files", files: ["a.jpg"], labels: [] }, {}, { batchSize: 1 }),
    /^classificationBatches: samples\.labels is \[\]: expected one label for each file$/,
  ],
  [
    () => untyped.classificationBatches(raw, {}, {}),
    /^classificationBatches: options\.batchSize is missing: expected number$/,
  ],
  [
    () => untyped.classificationBatches(raw, {}, { batchSize: "8" }),
    /^classificationBatches: options\.batchSize is '8': expected number$/,
  ],
  [
    () => untyped.classificationBatches(raw, { imageSize: 0 }, { batchSize: 8 }),
    /^classificationBatches: settings\.imageSize is 0: expected number to be >=1$/,
  ],
  [
    () =>
      untyped.classificationBatches(raw, { augmentation: { erasing: { probability: 1 } } }, { batchSize: 8 }),
    /^classificationBatches: settings\.augmentation\.erasing\.area is missing: /,
  ],
  [
    () => untyped.detectionBatches([{ ...sample, boxes: [] }], {}, { batchSize: 1 }),
    /^detectionBatches: samples is \[ \[Object\] \]: expected an array of samples: \{ id, file, /,
  ],
  [
    () => untyped.detectionBatches([sample], { size: { short: 64 } }, { batchSize: 1 }),
    /^detectionBatches: settings\.size\.long is missing: expected number$/,
  ],
  [
    () => untyped.detectionBatches([sample], {}, { batchSize: 1, cache: { folder: "x" } }),
    /^detectionBatches: options\.cache\.log is missing: expected a function$/,
  ],
  [() => untyped.openCoco(), /^openCoco: folder is missing: expected string$/],
  [() => untyped.readCoco("x.json"), /^readCoco: imageFolder is missing: expected string$/],
  [() => untyped.openIdx(3), /^openIdx: folder is 3: expected string$/],
  [() => untyped.openImageFolder(null), /^openImageFolder: folder is null: expected string$/],
  [() => untyped.holdOut(raw, "0.2", 0), /^holdOut: arguments\.fraction is '0\.2': expected number$/],
  [
    () => untyped.splitSet({ samples: [sample] }, 0.5),
    /^splitSet: arguments\.seed is missing: expected number$/,
  ],
  [
    () => untyped.buildDetector(undefined, smallDetectors.retinanet, 2),
    /^buildDetector: backbone is missing: expected a module with forward, outChannels and strides$/,
  ],
  [
    () => untyped.buildDetector(new TinyBackbone(8), smallDetectors.retinanet),
    /^buildDetector: classes is missing: expected number$/,
  ],
  [
    () => untyped.buildDetector(new TinyBackbone(8), { ...smallDetectors.retinanet, preNms: undefined }, 2),
    /^buildDetector: settings\.preNms is missing: expected number$/,
  ],
  [() => untyped.resNetClassifier(20, 10), /^ResNet: depth is 20: expected one of 18\|34\|50\|101\|152$/],
  [() => untyped.resNetClassifier(18), /^resNetClassifier: classes is missing: expected number$/],
  [() => untyped.shuffleNetV2Classifier(1, 10), /^ShuffleNetV2: width is 1: expected one of "0\.5"\|/],
  [() => untyped.mobileNetV2Classifier("10"), /^mobileNetV2Classifier: classes is '10': expected number$/],
  [() => untyped.evaluateCoco({ images: [] }, []), /^evaluateCoco: groundTruth\.annotations is missing: /],
  [
    () => untyped.evaluateCoco({ images: [], annotations: [], categories: [] }),
    /^evaluateCoco: detections is missing: expected an array$/,
  ],
  [
    () => untyped.fromTorchvision(vision.torchvisionModels.resnet19, new Map()),
    /^fromTorchvision: model is missing: expected one of torchvisionModels$/,
  ],
  [() => untyped.fromTorchvision(vision.torchvisionModels.resnet18, {}), /^fromTorchvision: state is \{\}: /],
  [() => untyped.randomCrop(image, { scale: [0.1, 1] }, random), /^randomCrop: crop\.ratio is missing: /],
  [
    () => untyped.jitterColors(image, { brightness: 0.4 }, random),
    /^jitterColors: settings\.contrast is missing: expected number$/,
  ],
  [
    () => untyped.writeNormalized(image, { mean: [0, 0, 0], std: 1 }, slot),
    /^writeNormalized: normalization\.std is 1: expected array$/,
  ],
  [
    () => untyped.eraseRandomRegion(slot, {}, random),
    /^eraseRandomRegion: settings\.probability is missing: /,
  ],
  [() => untyped.drawMix({ kind: "blend" }, image, random), /^drawMix: settings\.kind is 'blend': /],
  [
    () => untyped.applyPolicy(image, { kind: "auto-augment" }, {}, random),
    /^applyPolicy: policy\.learnedOn is missing: expected one of "imagenet"\|"cifar10"\|"svhn"$/,
  ],
  [() => untyped.fittedSize(image, { short: 8 }), /^fittedSize: limits\.long is missing: expected number$/],
  [() => untyped.resize(image, { width: 8 }), /^resize: options\.height is missing: expected number$/],
];

describe("options of public functions", () => {
  for (const [call, message] of CASES) {
    it(`throws ${message.source}`, () => {
      assert.throws(call, (error) => {
        assert.ok(error instanceof TypeError, String(error));
        assert.match(error.message, message);
        return true;
      });
    });
  }

  it("are checked before scenes are composed and batches are loaded", async () => {
    await assert.rejects(untyped.composeScenes("x", { ...scenes, canvas: undefined }), {
      name: "TypeError",
      message: "composeScenes: settings.canvas is missing: expected number",
    });
    using batches = vision.classificationBatches(raw as vision.RawSamples, {}, { batchSize: 2 });
    await assert.rejects(untyped.Batches.prototype.train.call(batches, 0).next(), {
      name: "TypeError",
      message: "Batches.train: iterations.to is missing: expected number",
    });
  });

  it("get their defaults", () => {
    assert.deepEqual(checkOptions("f: options", z.object({ a: z.number().default(3) }), {}), { a: 3 });
  });
});
