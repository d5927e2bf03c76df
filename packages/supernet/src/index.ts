export {
  batchNorm2d,
  concat,
  conv2d,
  defineSpace,
  depthwiseConv2d,
  fixedPart,
  globalAveragePool,
  identity,
  type Layer,
  linear,
  type NetworkSpace,
  type Part,
  relu,
  relu6,
  residual,
  type Sharing,
  type Subnet,
  sequential,
  splitShuffle,
} from "@supernet/nas";
export type { Recipe } from "./recipe/common.js";
export { defineRecipe } from "./recipes/define.js";
export { detnasFrcnnShufflenetv2Coco } from "./recipes/detnas-frcnn-shufflenetv2-coco.js";
export { detnasQuickstart } from "./recipes/detnas-quickstart.js";
export { detnasRetinanetQuickstart } from "./recipes/detnas-retinanet-quickstart.js";
export { detnasRetinanetShufflenetv2Coco } from "./recipes/detnas-retinanet-shufflenetv2-coco.js";
export { mixedQuickstart } from "./recipes/mixed-quickstart.js";
