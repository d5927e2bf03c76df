import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Random, UserError } from "@supernet/base";
import { zeros } from "@supernet/torch";
import { z } from "zod";
import * as vision from "./index.js";
import { smallDetectors } from "./testing/small-detectors.js";
import { TinyBackbone } from "./testing/tiny-backbone.js";

type Callable = (...args: readonly unknown[]) => unknown;

/** All public functions and classes, callable without types. */
const callables = new Map(
  Object.entries(vision).flatMap(([name, value]): [string, Callable][] => {
    if (typeof value !== "function") return [];
    const isClass = value.toString().startsWith("class");
    const call: Callable = isClass
      ? (...args) => Reflect.construct(value, args)
      : (...args) => Reflect.apply(value, undefined, args);
    return [[name, call]];
  }),
);

/** Checks that a call throws an error that names the function, the parameter or option, and the mistake. */
async function assertRefused(name: string, args: readonly unknown[], problem = ""): Promise<void> {
  await assert.rejects(
    async () => callables.get(name)!(...args),
    (error) => {
      const expected =
        error instanceof UserError || error instanceof TypeError || error instanceof RangeError;
      assert.ok(expected, String(error));
      assert.equal(error.message.slice(0, `${name}: ${problem}`.length), `${name}: ${problem}`);
      return true;
    },
  );
}

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
const crop = { scale: [0.1, 1], ratio: [1, 1] };
const canvas = { interpolation: "bilinear", fill: [0, 0, 0] };
const backbone = new TinyBackbone(8);
const { "faster-rcnn": fasterRcnn, retinanet: retinaNet, fcos } = smallDetectors;
const anchors = { scales: [4], ratios: [1] };
const boxes = new Float32Array(4);
const truth = { boxes, labels: new Int32Array(1), crowd: new Uint8Array(1) };
const tensor = zeros([1]);
const candidates = { scores: tensor, boxes: tensor, images: tensor, labels: tensor };
const regions = { boxes, images: new Int32Array(1), levelCounts: [1] };
const selection = { scoreThreshold: 0.1, nms: 0.5, detectionsPerImage: 1 };
const exported = {
  ...{ backbone: () => [], strides: [8], settings: retinaNet, classes: ["cell"], size: "any" },
  ...{ mean: [0, 0, 0], std: [1, 1, 1], weights: new Map() },
};
const definition = { kind: "mine", settings: z.strictObject({}), build: () => assert.fail() };
const source = { worker: new URL("file:///worker.js"), createSpec: async () => null, images: 3 };

/** Calls with one mistake, and the start of the message after the function's name. */
const CASES: readonly (readonly [name: string, args: readonly unknown[], problem: string])[] = [
  ["classificationBatches", [undefined, {}, { batchSize: 1 }], "samples is missing; expected an object"],
  [
    "classificationBatches",
    [{ kind: "files", files: ["a.jpg"], labels: [] }, {}, { batchSize: 1 }],
    "samples.labels is []; expected one label for each file",
  ],
  [
    "classificationBatches",
    [{ kind: "fils" }, {}, { batchSize: 1 }],
    'samples.kind is "fils"; expected one of',
  ],
  ["classificationBatches", [raw, {}, {}], "options.batchSize is missing; expected a number"],
  ["classificationBatches", [raw, {}, { batchSize: "8" }], 'options.batchSize is "8"; expected a number'],
  [
    "classificationBatches",
    [raw, {}, { batchSize: 8, worker: 2 }],
    "unknown option options.worker, did you mean options.workers?",
  ],
  [
    "classificationBatches",
    [raw, { imageSize: 0 }, { batchSize: 8 }],
    "settings.imageSize is 0; expected at least 1",
  ],
  [
    "classificationBatches",
    [raw, { imagSize: 32 }, { batchSize: 8 }],
    "unknown option settings.imagSize, did you mean settings.imageSize?",
  ],
  [
    "classificationBatches",
    [raw, { augmentation: { flips: 0 } }, { batchSize: 8 }],
    "unknown option settings.augmentation.flips, did you mean settings.augmentation.flip?",
  ],
  [
    "classificationBatches",
    [raw, { augmentation: { crop: { kind: "shifted", shift: 1, shfit: 1 } } }, { batchSize: 8 }],
    "unknown option settings.augmentation.crop.shfit, did you mean settings.augmentation.crop.shift?",
  ],
  [
    "classificationBatches",
    [raw, { augmentation: { erasing: { probability: 1 } } }, { batchSize: 8 }],
    "settings.augmentation.erasing.area is missing; expected an array",
  ],
  [
    "detectionBatches",
    [[{ ...sample, boxes: [] }], {}, { batchSize: 1 }],
    'samples is [{"id":1,"file":"1.jpg"',
  ],
  [
    "detectionBatches",
    [[sample], { size: { short: 64 } }, { batchSize: 1 }],
    "settings.size.long is missing; expected a number",
  ],
  ["detectionBatches", [[sample], { padto: 8 }, { batchSize: 1 }], "unknown option settings.padto, did you"],
  [
    "detectionBatches",
    [[sample], {}, { batchSize: 1, cache: { folder: "x" } }],
    "options.cache.log is missing; expected a function",
  ],
  ["detectionBatches", [[sample], {}, { batchSize: 1, shuffle: true }], "unknown option options.shuffle"],
  ["Batches", [{ ...source, images: -1 }, { batchSize: 1 }], "source.images is -1; expected at least 0"],
  ["Batches", [{ ...source, repeat: 2 }, { batchSize: 1 }], "unknown option source.repeat, did you mean"],
  [
    "Batches",
    [source, { batchSize: 1, seeds: 1 }],
    "unknown option options.seeds, did you mean options.seed?",
  ],
  ["readCoco", ["x.json"], "imageFolder must be a string, got undefined"],
  ["openIdx", [3], "folder must be a string, got 3"],
  ["holdOut", [raw, "0.2", 0], 'fraction is "0.2"; expected a number'],
  ["splitSet", [{ samples: [sample] }, 0.5], "seed is missing; expected a number"],
  ["sampleCount", [{ kind: "fils" }], 'samples.kind must be one of files, raw, got "fils"'],
  ["composeScenes", ["x", { ...scenes, canvas: undefined }], "canvas is missing; expected a number"],
  ["composeScenes", ["x", { ...scenes, seeds: 1 }], "unknown option seeds, did you mean seed?"],
  ["composeScenes", ["x", scenes, 3], "onScene must be a function, got 3"],
  ["buildDetector", [undefined, retinaNet, 2], "backbone must be an object, got undefined"],
  ["buildDetector", [{ outChannels: [8] }, retinaNet, 2], "backbone.strides must be an array, got undefined"],
  ["buildDetector", [backbone, retinaNet], "classes must be an integer of at least 1, got undefined"],
  [
    "buildDetector",
    [backbone, { ...retinaNet, preNms: undefined }, 2],
    "preNms is missing; expected a number",
  ],
  [
    "buildDetector",
    [backbone, { ...fasterRcnn, rpn: { ...fasterRcnn.rpn, batchSize: 4 } }, 2],
    "rpn.batchSize is now called rpn.samplesPerImage",
  ],
  ["exportDetector", [{ ...exported, size: undefined }], "size is missing; expected"],
  ["exportDetector", [exported], "backbone returned 0 maps for 1 strides"],
  ["exportDetector", [{ ...exported, std: [1, 1, 0] }], "std[2] is 0; expected"],
  ["exportDetector", [{ ...exported, padd: true }], "unknown option padd, did you mean padded?"],
  [
    "exportDetector",
    [{ ...exported, settings: { ...retinaNet, nms: 2 } }],
    "settings.nms is 2; expected at most 1",
  ],
  ["FasterRcnn", [backbone, { ...fasterRcnn, nmsIou: 1 }, 2], "unknown option nmsIou"],
  ["FasterRcnn", [backbone, fasterRcnn, 0], "classes must be an integer of at least 1, got 0"],
  ["RetinaNet", [backbone, { ...retinaNet, prenms: 1 }, 2], "unknown option prenms, did you mean preNms?"],
  ["Fcos", [backbone, { ...fcos, anchors }, 2], "unknown option anchors"],
  [
    "Fcos",
    [backbone, { ...fcos, head: { ...fcos.head, radiu: 1 } }, 2],
    "unknown option head.radiu, did you mean head.radius?",
  ],
  ["FeaturePyramid", [backbone, { ...retinaNet.pyramid, stride: 2 }], "unknown option stride, did you mean"],
  ["BoxHead", [8, { ...fasterRcnn.head, roisize: 7 }, 2], "unknown option roisize, did you mean roiSize?"],
  ["convNorm", [8, 3, { norm: "none", strid: 2 }], "unknown option strid, did you mean stride?"],
  ["convNorm", [8, 3, { norm: "none", bias: 1 }], "bias is 1; expected true or false"],
  [
    "buildConvNorm",
    [3, 8, 3, { norm: "layer" }],
    'norm is "layer"; expected one of "none", "batch", "group"',
  ],
  ["ConvStack", [3, { convs: [8], norms: "none" }], "unknown option norms, did you mean norm?"],
  ["Classifier", [backbone, 3], "head must be a Module, got 3"],
  ["defineDetector", [{ ...definition, builds: 1 }], "unknown option builds, did you mean build?"],
  ["gridAnchors", [[], [], { ...anchors, scale: 1 }], "unknown option scale, did you mean scales?"],
  ["cellAnchors", [8, { scales: [1] }], "ratios is missing; expected an array"],
  ["anchorsPerPosition", [{ scales: [1], ratio: [1] }], "unknown option ratio, did you mean ratios?"],
  ["boxIou", [boxes, [0, 0, 1, 1]], "b must be a Float32Array, got an array"],
  ["encodeBoxes", [boxes, boxes], "weights must be an array, got undefined"],
  ["decodeBoxes", [tensor, boxes], "references must be a Tensor, got an object (Float32Array)"],
  ["encodeDistances", [boxes], "references must be a Float32Array, got undefined"],
  ["decodeDistances", [tensor, boxes], "references must be a Tensor, got an object (Float32Array)"],
  ["matchBoxes", [boxes, {}], "groundTruth.boxes must be a Float32Array, got undefined"],
  [
    "matchBoxes",
    [boxes, truth, { positiveIou: 0.5, negativeIou: 0.5, lowqualityIou: 0 }],
    "unknown option lowqualityIou, did you mean lowQualityIou?",
  ],
  [
    "sampleBalanced",
    [new Int32Array(1), { batchSize: 4, positiveFraction: 0.5 }, random],
    "unknown option batchSize; valid: samplesPerImage, positiveFraction",
  ],
  [
    "boxLoss",
    [tensor, { indices: [], targets: boxes, betas: 0 }],
    "unknown option betas, did you mean beta?",
  ],
  ["boxLoss", [tensor, { indices: [], targets: [], beta: 0 }], "targets is []; expected a Float32Array"],
  ["giouLoss", [tensor, boxes], "targets must be a Tensor, got an object (Float32Array)"],
  ["focalLoss", [tensor, tensor, { gamma: 2, alfa: 0.25 }], "unknown option alfa, did you mean alpha?"],
  ["poolRegions", [[], regions, { roiSize: 7, stride: [4] }], "unknown option stride, did you mean strides?"],
  ["selectDetections", [candidates, [], { ...selection, nmss: 1 }], "unknown option nmss, did you mean nms?"],
  [
    "selectDetections",
    [candidates, [], { ...selection, nms: undefined }],
    "nms must be a number of at least 0 and at most 1, got undefined",
  ],
  ["bestOfLevels", [{ logits: tensor, deltas: tensor }], "anchors.counts must be an array, got undefined"],
  [
    "bestOfLevels",
    [{ logits: tensor, deltas: tensor }, { boxes, counts: [1] }, 1, "linear"],
    'decode must be a function, got "linear"',
  ],
  ["ResNet", [20], "depth is 20; expected one of 18, 34, 50, 101, 152"],
  ["resNetClassifier", [18], "classes must be an integer of at least 1, got undefined"],
  ["ShuffleNetV2", [1], "width must be one of 0.5, 1.0, 1.5, 2.0, got 1"],
  ["mobileNetV2Classifier", ["10"], 'classes must be an integer of at least 1, got "10"'],
  ["evaluateCoco", [{ images: [] }, []], "groundTruth.annotations must be an array, got undefined"],
  [
    "evaluateCoco",
    [{ images: [], annotations: [], categories: [] }],
    "detections must be an array, got undefined",
  ],
  ["readDetections", ["x.json"], "truth.images must be an array, got undefined"],
  ["fromTorchvision", [undefined, new Map()], "model is missing; expected one of torchvisionModels"],
  ["fromTorchvision", [vision.torchvisionModels.resnet18, {}], "state is {}; expected Map"],
  ["toTorchvision", [vision.torchvisionModels.resnet18, {}], "network is {}; expected"],
  ["centerCrop", [image, { width: 2, heigth: 2 }], "unknown option heigth, did you mean height?"],
  ["centerCrop", [image, { width: 2, height: 2, dX: 1 }], "unknown option dX, did you mean dx?"],
  ["randomCrop", [image, { scale: [0.1, 1] }, random], "ratio is missing; expected an array"],
  ["randomCrop", [image, { ...crop, ratios: [1, 1] }, random], "unknown option ratios, did you mean ratio?"],
  [
    "randomRegion",
    [image, { ...crop, ratios: [1, 1] }, random],
    "unknown option ratios, did you mean ratio?",
  ],
  ["randomRegion", [image, crop], "random.uniform must be a function, got undefined"],
  ["jitterColors", [image, { brightness: 0.4 }, random], "contrast is missing; expected a number"],
  ["writeNormalized", [image, { mean: [0, 0, 0], std: 1 }, slot], "std is 1; expected an array"],
  ["eraseRandomRegion", [slot, {}, random], "probability is missing; expected a number"],
  ["drawMix", [{ kind: "blend" }, image, random], 'kind is "blend"; expected one of "mixup", "cutmix"'],
  [
    "mixPairs",
    [new Float32Array(2), [2, 1, 1, 1], { weight: 1, bx: {} }],
    "unknown option bx, did you mean box?",
  ],
  [
    "applyPolicy",
    [image, { kind: "auto-augment" }, canvas, random],
    'learnedOn is missing; expected one of "imagenet", "cifar10", "svhn"',
  ],
  [
    "applyPolicy",
    [image, { kind: "auto-augment", learnedOn: "svhn" }, { fill: [0, 0, 0] }, random],
    'canvas: interpolation is missing; expected one of "bilinear", "bicubic"',
  ],
  [
    "applyOperation",
    [image, { name: "rotat", value: 1 }, canvas],
    "operation.name must be one of autoContrast,",
  ],
  ["fittedSize", [image, { short: 8 }], "long is missing; expected a number"],
  ["resize", [image, { width: 8 }], "height is missing; expected a number"],
  [
    "resize",
    [image, { width: 8, height: 8, interpolation: "bilinear", windw: {} }],
    "unknown option windw, did you mean window?",
  ],
];

/** Public functions that can be called without arguments, and the reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  MobileNetV2: "has no parameters",
  Distillation: "has no parameters",
};

describe("public functions called from untyped code", () => {
  for (const name of callables.keys()) {
    if (name in EXCEPTIONS) continue;
    it(`${name} names what is missing`, () => assertRefused(name, []));
    it(`${name} refuses null`, () => assertRefused(name, [null, null, null, null]));
  }

  for (const [name, args, problem] of CASES) {
    it(`${name} throws "${problem}"`, () => assertRefused(name, args, problem));
  }

  it("check arguments when batches are loaded and images are decoded", async () => {
    using batches = vision.classificationBatches(raw as vision.RawSamples, {}, { batchSize: 2 });
    const train = batches.train as (...args: readonly unknown[]) => AsyncGenerator;
    await assert.rejects(train.call(batches, 0).next(), {
      name: "UserError",
      message: "Batches.train: to is missing; expected a number",
    });
    await assert.rejects(train.call(batches, 0, 1, { rank: 0, sizes: 2 }).next(), {
      name: "UserError",
      message: "Batches.train: shard.size is missing; expected a number",
    });
    assert.throws(() => batches.evaluate("3" as never), {
      message: 'Batches.evaluate: max must be an integer of at least 0, got "3"',
    });
    assert.throws(() => vision.wrapImage(image).decodeResized({ width: 3 } as never), {
      message: "resize: height is missing; expected a number",
    });
  });
});
