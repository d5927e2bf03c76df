import { defineRecipe } from "./define.js";
import { detnasQuickstart } from "./detnas-quickstart.js";

const { detection, detector, steps } = detnasQuickstart;
if (detector.kind !== "faster-rcnn") throw new Error("the quickstart's detector is Faster R-CNN");

/**
 * A search of whole detectors in minutes on two cores: image size, backbone, pyramid and heads of a Faster R-CNN, by
 * box AP and measured latency, on scenes composed from Fashion-MNIST. It ends in a front of detectors that are
 * fine-tuned from the supernet's weights. The first choice of each size is that of `detnas-quickstart`.
 */
export const detectorQuickstart = defineRecipe({
  ...detnasQuickstart,
  name: "detector-quickstart",
  description: "Whole detectors by box AP and measured latency on scenes, in minutes on two cores",
  classification: null,
  detection: { ...detection, size: { short: [128, 112, 96, 80, 64], long: 176 }, padTo: 16 },
  detector: {
    ...detector,
    pyramid: {
      ...detector.pyramid,
      strides: [
        [4, 8, 16, 32, 64],
        [8, 16, 32, 64],
      ],
      channels: [48, 40, 32, 24, 16],
    },
    rpn: { ...detector.rpn, postNms: { ...detector.rpn.postNms, test: [32, 16, 8] } },
    head: {
      ...detector.head,
      convs: { depth: [4, 2, 1, 0], width: [32, 24, 16] },
      fcs: [[128], [64], [32]],
    },
  },
  steps: {
    ...steps,
    pretrain: null,
    finetune: { ...steps.finetune, sampling: { kind: "uniform", largestFirst: 0.4 }, epochs: 14 },
    search: {
      ...steps.search,
      strategy: {
        kind: "predictor-front",
        minimize: ["detector.latency"],
        candidates: 160,
        initial: 96,
        batch: 16,
        pool: 1250,
        siblings: 7,
        exploration: 1,
      },
      constraints: {},
      latency: { measure: "onnxruntime" },
    },
    calibrate: {
      candidates: 8,
      batch: 4,
      training: { ...steps.detector!, start: "inherited", epochs: 2 },
    },
    front: { members: 5 },
    retrain: null,
    detector: null,
    test: { ...steps.test, randomSubnets: 0 },
    compare: { budgets: [0.25, 0.5, 0.75], randomSubnets: 1, randomSearch: false, largest: false },
  },
});
