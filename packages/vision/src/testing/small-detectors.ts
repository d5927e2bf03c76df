import {
  type DetectorsByKind,
  type ElasticDetectorSettings,
  elasticDetectorSchema,
} from "../detection/detectors.settings.js";
import { torchvisionDetectors } from "../detection/torchvision.settings.js";

const { "faster-rcnn": fasterRcnn, retinanet: retinaNet, fcos } = torchvisionDetectors;

/** Small settings for every built-in detector, which overfit two images in seconds. */
export const smallDetectors: DetectorsByKind = {
  "faster-rcnn": {
    ...fasterRcnn,
    pyramid: { ...fasterRcnn.pyramid, channels: 16, norm: "group" },
    anchors: { ...fasterRcnn.anchors, scales: [4] },
    rpn: {
      ...fasterRcnn.rpn,
      preNms: { train: 100, test: 50 },
      postNms: { train: 60, test: 30 },
      samplesPerImage: 32,
    },
    head: {
      ...fasterRcnn.head,
      convs: [16, 16],
      norm: "group",
      fcs: [64],
      samplingRatio: 0,
      aligned: true,
      finestScale: 16,
      samplesPerImage: 32,
    },
  },
  retinanet: {
    ...retinaNet,
    pyramid: { ...retinaNet.pyramid, strides: [8, 16, 32, 64], channels: 16 },
    anchors: { scales: [2, 3], ratios: [0.5, 1, 2] },
    head: { ...retinaNet.head, convs: [64, 64], norm: "group" },
    preNms: 100,
    detectionsPerImage: 100,
  },
  fcos: {
    ...fcos,
    pyramid: { ...fcos.pyramid, strides: [8, 16, 32, 64], channels: 16 },
    head: { ...fcos.head, convs: [64, 64] },
    preNms: 100,
  },
};

/** The small detectors with open sizes. */
export const elasticDetectors: readonly ElasticDetectorSettings[] = Object.values(smallDetectors).map(
  (settings) =>
    elasticDetectorSchema.parse({
      ...settings,
      pyramid: {
        ...settings.pyramid,
        channels: [8, 12, 16],
        strides: [settings.pyramid.strides, settings.pyramid.strides.slice(1)],
        norm: "batch",
      },
      head: {
        ...settings.head,
        convs: { depth: [0, 1, 2], width: [16, 32] },
        ...("fcs" in settings.head && { fcs: [[], [16], [32, 16]] }),
      },
      ...("rpn" in settings && {
        rpn: { ...settings.rpn, postNms: { train: 60, test: [10, 30] } },
      }),
    }),
);
