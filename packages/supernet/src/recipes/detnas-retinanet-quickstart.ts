import { defineRecipe } from "./define.js";
import { detnasQuickstart as quickstart } from "./detnas-quickstart.js";

const lr = { base: 0.06, batchSize: 8 };

/**
 * The quickstart with RetinaNet instead of Faster R-CNN. Its training needs more iterations to separate the classes,
 * but each is cheaper.
 */
export const detnasRetinanetQuickstart = defineRecipe({
  ...quickstart,
  name: "detnas-retinanet-quickstart",
  description: "All five steps of DetNAS with RetinaNet on the quickstart's data, in minutes on two cores",
  detector: {
    kind: "retinanet",
    pyramid: { strides: [8, 16, 32, 64], channels: 48, norm: "batch", extraLevels: "conv-on-input" },
    anchors: { scales: [0, 1, 2].map((octave) => 2 * 2 ** (octave / 3)), ratios: [0.5, 1, 2] },
    head: {
      convs: [48, 48],
      // The levels share the head, but their batch statistics differ.
      norm: "group",
      prior: 0.01,
      focal: { gamma: 2, alpha: 0.25 },
      positiveIou: 0.5,
      negativeIou: 0.4,
      smoothL1Beta: 0,
    },
    preNms: 100,
    scoreThreshold: 0.05,
    nms: 0.5,
    detectionsPerImage: 30,
  },
  steps: {
    ...quickstart.steps,
    finetune: { ...quickstart.steps.finetune, lr, epochs: 4 },
    detector: { ...quickstart.steps.detector!, lr, epochs: 8 },
  },
});
