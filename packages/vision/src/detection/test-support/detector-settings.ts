import type { DetectorSettings } from "../detectors.settings.js";

/** For each detector, settings of its own. */
type Settings = { readonly [S in DetectorSettings as S["kind"]]: S };

/** torchvision 0.14's fasterrcnn_resnet50_fpn and retinanet_resnet50_fpn. */
export const torchvisionDetectors: Settings = {
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
      batchSize: 256,
      positiveFraction: 0.5,
      smoothL1Beta: 1 / 9,
    },
    head: {
      convs: 0,
      convChannels: 256,
      norm: "none",
      fcs: 2,
      fcChannels: 1024,
      roiSize: 7,
      samplingRatio: 2,
      aligned: false,
      finestScale: 56,
      positiveIou: 0.5,
      negativeIou: 0.5,
      batchSize: 512,
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
      convs: 4,
      convChannels: 256,
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
};

const { "faster-rcnn": fasterRcnn, retinanet: retinaNet } = torchvisionDetectors;

/** Every detector at a size that learns two pictures by heart in seconds. A new one needs its own here. */
export const smallDetectors: Settings = {
  "faster-rcnn": {
    ...fasterRcnn,
    pyramid: { ...fasterRcnn.pyramid, channels: 16, norm: "group" },
    anchors: { ...fasterRcnn.anchors, scales: [4] },
    rpn: {
      ...fasterRcnn.rpn,
      preNms: { train: 100, test: 50 },
      postNms: { train: 60, test: 30 },
      batchSize: 32,
    },
    head: {
      ...fasterRcnn.head,
      convs: 2,
      convChannels: 16,
      norm: "group",
      fcs: 1,
      fcChannels: 64,
      samplingRatio: 0,
      aligned: true,
      finestScale: 16,
      batchSize: 32,
    },
  },
  retinanet: {
    ...retinaNet,
    pyramid: { ...retinaNet.pyramid, strides: [8, 16, 32, 64], channels: 16 },
    anchors: { scales: [2, 3], ratios: [0.5, 1, 2] },
    head: { ...retinaNet.head, convs: 2, convChannels: 64, norm: "group" },
    preNms: 100,
    detectionsPerImage: 100,
  },
};
