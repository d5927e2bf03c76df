import type { ClassifierTraining } from "../tasks/shared/classifier-training.settings.js";
import type { TrainingSettings } from "../training/settings.js";
import { defineRecipe } from "./define.js";

/**
 * Training on ImageNet for 300k iterations, of the supernet and of the found subnet. Batch-norm uses the 128 images of a micro-batch, an
 * eighth of the batch, as in training on eight devices without synchronized statistics.
 */
const imageNetTraining: ClassifierTraining = {
  // 300k iterations with 1,281,167 images.
  epochs: 300_000 / Math.floor(1_281_167 / 1024),
  batchSize: 1024,
  microBatch: 128,
  syncBatchNorm: false,
  optimizer: {
    kind: "sgd",
    momentum: 0.9,
    nesterov: false,
    weightDecay: 4e-5,
    noDecay: ["bias", "norm", "depthwise"],
  },
  lr: { base: 0.5, batchSize: 1024 },
  schedule: { kind: "linear" },
  warmup: null,
  clipGradNorm: null,
  emaDecay: null,
  dropPath: null,
  precision: "float32",
  evaluateEvery: 10,
  result: "last",
  checkpointEvery: 1000,
  keepLast: 2,
  labelSmoothing: 0.1,
};

/**
 * Training on COCO for 12 epochs (the "1x" schedule). Batch-norm is trained in backbone, neck and head with
 * synchronized statistics, as published for eight devices with two images each. One device with the complete batch
 * computes the same.
 */
const cocoTraining: TrainingSettings = {
  epochs: 12,
  batchSize: 16,
  microBatch: null,
  syncBatchNorm: true,
  optimizer: { kind: "sgd", momentum: 0.9, nesterov: false, weightDecay: 1e-4, noDecay: [] },
  lr: { base: 0.02, batchSize: 16 },
  schedule: { kind: "multi-step", milestones: [8, 11], gamma: 0.1 },
  warmup: { iterations: 500, startFactor: 0.001 },
  clipGradNorm: null,
  emaDecay: null,
  dropPath: null,
  precision: "float32",
  evaluateEvery: 1,
  result: "last",
  checkpointEvery: 1000,
  keepLast: 2,
};

/**
 * DetNAS with the published settings (https://arxiv.org/abs/1903.10979): Faster R-CNN on a feature pyramid, and the
 * 300M ShuffleNetV2 space. Expects ImageNet in data/imagenet (train/CLASS, val/CLASS) and COCO 2017 in data/coco
 * (annotations, train2017, val2017).
 */
export const detnasFrcnnShufflenetv2Coco = defineRecipe({
  task: "detection",
  name: "detnas-frcnn-shufflenetv2-coco",
  description: "DetNAS as published: ImageNet and COCO 2017, Faster R-CNN with FPN, under 300 M FLOPs",
  seed: 0,
  device: "auto",
  threads: 0,
  workers: 16,
  scorers: 1,
  space: {
    name: "spos-shufflenetv2",
    stem: 16,
    blocks: [4, 4, 8, 4],
    channels: [64, 160, 320, 640],
    last: 1024,
    initialization: "spos",
  },
  classification: {
    data: "data/imagenet",
    imageSize: 224,
    evalResize: 256,
    evalImages: null,
    interpolation: "bilinear",
    augmentation: {
      repeats: 1,
      crop: { kind: "random-resized", scale: [0.08, 1], ratio: [3 / 4, 4 / 3] },
      flip: 0.5,
      policy: null,
      colorJitter: { brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0 },
      erasing: null,
      mix: null,
    },
    mean: [0.485, 0.456, 0.406],
    std: [0.229, 0.224, 0.225],
  },
  detection: {
    data: { kind: "coco", folder: "data/coco", heldOut: 0.04 },
    size: { short: 800, long: 1333 },
    padTo: 32,
    flip: 0.5,
    mean: [0.485, 0.456, 0.406],
    std: [0.229, 0.224, 0.225],
  },
  detector: {
    kind: "faster-rcnn",
    pyramid: { strides: [4, 8, 16, 32, 64], channels: 256, norm: "batch", extraLevels: "pool" },
    anchors: { scales: [8], ratios: [0.5, 1, 2] },
    rpn: {
      preNms: { train: 2000, test: 1000 },
      postNms: { train: 1000, test: 1000 },
      nms: 0.7,
      positiveIou: 0.7,
      negativeIou: 0.3,
      lowQualityIou: 0.3,
      samplesPerImage: 256,
      positiveFraction: 0.5,
      smoothL1Beta: 0,
    },
    head: {
      convs: [256, 256, 256, 256],
      norm: "batch",
      fcs: [1024],
      roiSize: 7,
      samplingRatio: 0,
      aligned: true,
      finestScale: 56,
      positiveIou: 0.5,
      negativeIou: 0.5,
      samplesPerImage: 512,
      positiveFraction: 0.25,
      smoothL1Beta: 0,
    },
    scoreThreshold: 0.05,
    nms: 0.5,
    detectionsPerImage: 100,
  },
  steps: {
    pretrain: { ...imageNetTraining, candidates: "independent", sampling: { kind: "uniform" } },
    finetune: { ...cocoTraining, sampling: { kind: "uniform" } },
    search: {
      strategy: {
        kind: "evolution",
        populationSize: 50,
        generations: 20,
        topK: 10,
        mutations: { children: 20, probability: 0.1 },
        crossovers: 20,
        maxTries: 10,
      },
      // The paper's limit counts the multiply-accumulates of the backbone's convolutions. Its subnet has 288.1 M.
      constraints: { backbone: { macs: { max: 300e6 } } },
      latency: null,
      input: [3, 224, 224],
      batchNorm: { mode: "recalibrate", images: 500, batchSize: 16 },
      batchSize: 16,
      images: null,
    },
    retrain: imageNetTraining,
    detector: { ...cocoTraining, data: "train+search", evaluateEvery: null },
    test: { batchSize: 16, randomSubnets: 0, sampleImages: 6 },
    compare: null,
  },
});
