import { defineRecipe } from "./define.js";
import { detnasFrcnnShufflenetv2Coco } from "./detnas-frcnn-shufflenetv2-coco.js";

const { detection, detector, steps } = detnasFrcnnShufflenetv2Coco;
if (detector.kind !== "faster-rcnn") throw new Error("the published detector is Faster R-CNN");

/**
 * A search of whole detectors at published size, for a GPU cluster: image size, backbone, pyramid, heads and proposals
 * of the Faster R-CNN of DetNAS, on COCO 2017 with a supernet that is pre-trained on ImageNet. As in RF-DETR
 * (https://arxiv.org/abs/2511.09554), thousands of configurations are compared, and the front is not retrained.
 */
export const detectorCoco = defineRecipe({
  ...detnasFrcnnShufflenetv2Coco,
  name: "detector-coco",
  description: "Whole detectors at published size: ImageNet and COCO 2017, by box AP and measured latency",
  detection: { ...detection, size: { short: [800, 640, 480, 320], long: 1333 } },
  detector: {
    ...detector,
    pyramid: {
      ...detector.pyramid,
      strides: [
        [4, 8, 16, 32, 64],
        [8, 16, 32, 64],
      ],
      channels: [256, 192, 128],
    },
    rpn: { ...detector.rpn, postNms: { ...detector.rpn.postNms, test: [1000, 300, 100] } },
    head: {
      ...detector.head,
      convs: { depth: [4, 2, 1, 0], width: [256, 128] },
      fcs: [[1024], [512]],
    },
  },
  steps: {
    ...steps,
    finetune: {
      ...steps.finetune,
      sampling: { kind: "sandwich", random: 2, largestFirst: 0.25 },
      epochs: 36,
      schedule: { kind: "multi-step", milestones: [27, 33], gamma: 0.1 },
    },
    search: {
      ...steps.search,
      strategy: {
        kind: "predictor-front",
        minimize: ["detector.latency"],
        candidates: 1200,
        initial: 400,
        batch: 80,
        pool: 5000,
        siblings: 7,
        exploration: 1,
      },
      constraints: {},
      latency: { measure: "onnxruntime", threads: 8 },
      input: [3, 800, 1088],
      images: 2000,
    },
    front: { members: 12, finetune: null },
    retrain: null,
    detector: null,
  },
});
