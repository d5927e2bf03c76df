import { defineRecipe } from "./define.js";
import { detnasFrcnnShufflenetv2Coco as paper } from "./detnas-frcnn-shufflenetv2-coco.js";

const { pretrain, retrain } = paper.steps;

/**
 * DetNAS as MMRazor's configurations have it: its wiring of the blocks, 300 epochs on ImageNet, and a limit of 330 M on
 * what MMRazor counts as FLOPs of the backbone. Everything else is as in detnas-frcnn-shufflenetv2-coco.
 */
export const detnasFrcnnShufflenetv2CocoMmrazor = defineRecipe({
  ...paper,
  name: "detnas-frcnn-shufflenetv2-coco-mmrazor",
  description:
    "DetNAS as MMRazor configures it: ImageNet and COCO 2017, Faster R-CNN with FPN, under 330 M FLOPs",
  space: { ...paper.space, name: "spos-shufflenetv2", wiring: "mmrazor" },
  steps: {
    ...paper.steps,
    pretrain: { ...pretrain!, epochs: 300 },
    retrain: { ...retrain!, epochs: 300 },
    // MMRazor counts normalization and activation functions, too.
    search: { ...paper.steps.search, constraints: { backbone: { operations: { max: 330e6 } } } },
  },
});
