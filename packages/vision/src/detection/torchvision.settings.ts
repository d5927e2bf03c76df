import type { DetectorsByKind } from "./detectors.settings.js";

/**
 * Settings of torchvision 0.14's fasterrcnn_resnet50_fpn, retinanet_resnet50_fpn and fcos_resnet50_fpn. torchvision
 * divides the size of the padded image by the size of a map to get the anchors' stride. The strides are the same if the
 * image's sides are multiples of the last one.
 */
export const torchvisionDetectors: DetectorsByKind = {
  "faster-rcnn": {
    kind: "faster-rcnn",
    pyramid: { strides: [4, 8, 16, 32, 64], channels: 256, norm: "none", extraLevels: "pool" },
    anchors: { scales: [8], ratios: [0.5, 1, 2] },
    rpn: {
      preNms: { train: 2000, test: 1000 },
      postNms: { train: 2000, test: 1000 },
      nms: 0.7,
      positiveIou: 0.7,
      negativeIou: 0.3,
      lowQualityIou: 0,
      samplesPerImage: 256,
      positiveFraction: 0.5,
      smoothL1Beta: 1 / 9,
    },
    head: {
      convs: [],
      norm: "none",
      fcs: [1024, 1024],
      roiSize: 7,
      samplingRatio: 2,
      aligned: false,
      finestScale: 56,
      positiveIou: 0.5,
      negativeIou: 0.5,
      samplesPerImage: 512,
      positiveFraction: 0.25,
      smoothL1Beta: 1 / 9,
    },
    scoreThreshold: 0.05,
    nms: 0.5,
    detectionsPerImage: 100,
  },
  retinanet: {
    kind: "retinanet",
    pyramid: { strides: [8, 16, 32, 64, 128], channels: 256, norm: "none", extraLevels: "conv-on-output" },
    anchors: { scales: [0, 1, 2].map((octave) => 4 * 2 ** (octave / 3)), ratios: [0.5, 1, 2] },
    head: {
      convs: [256, 256, 256, 256],
      norm: "none",
      prior: 0.01,
      focal: { gamma: 2, alpha: 0.25 },
      positiveIou: 0.5,
      negativeIou: 0.4,
      smoothL1Beta: 0,
    },
    preNms: 1000,
    scoreThreshold: 0.05,
    nms: 0.5,
    detectionsPerImage: 300,
  },
  fcos: {
    kind: "fcos",
    pyramid: { strides: [8, 16, 32, 64, 128], channels: 256, norm: "none", extraLevels: "conv-on-output" },
    head: {
      convs: [256, 256, 256, 256],
      norm: "group",
      prior: 0.01,
      focal: { gamma: 2, alpha: 0.25 },
      radius: 1.5,
    },
    preNms: 1000,
    scoreThreshold: 0.2,
    nms: 0.6,
    detectionsPerImage: 100,
  },
};
