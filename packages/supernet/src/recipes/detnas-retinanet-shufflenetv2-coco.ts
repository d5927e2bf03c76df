import { defineRecipe } from "./define.js";
import { detnasFrcnnShufflenetv2Coco as frcnn } from "./detnas-frcnn-shufflenetv2-coco.js";

/** Learning rate of section 4.1 of "Focal Loss for Dense Object Detection" (https://arxiv.org/abs/1708.02002). */
const lr = { base: 0.01, batchSize: 16 };

/**
 * DetNAS with RetinaNet instead of Faster R-CNN: the published detector on a pyramid with normalization. Everything
 * else is as in detnas-frcnn-shufflenetv2-coco.
 */
export const detnasRetinanetShufflenetv2Coco = defineRecipe({
  ...frcnn,
  name: "detnas-retinanet-shufflenetv2-coco",
  description: "DetNAS on ImageNet and COCO 2017 with RetinaNet, under 300 M FLOPs",
  detector: {
    kind: "retinanet",
    pyramid: { strides: [8, 16, 32, 64, 128], channels: 256, norm: "batch", extraLevels: "conv-on-input" },
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
    detectionsPerImage: 100,
  },
  steps: {
    ...frcnn.steps,
    finetune: { ...frcnn.steps.finetune, lr },
    detector: { ...frcnn.steps.detector!, lr },
  },
});
