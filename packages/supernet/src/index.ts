export { Random, UserError } from "@supernet/base";
export * from "@supernet/nas";
export { z } from "zod";
export { backboneModel, classifierModel, featuresModel } from "./network/space-models.js";
export { openPredictor, type PredictorSource } from "./predict/open-predictor.js";
export type { Recipe } from "./recipe/common.js";
export { candidatesShape, checkSearch, latencySchema, resourceShape } from "./recipe/search.js";
export { searchLength } from "./recipe/strategy.js";
export {
  autoFormerBaseImageNet,
  autoFormerSmallImageNet,
  autoFormerTinyImageNet,
} from "./recipes/autoformer-imagenet.js";
export { autoFormerPhotographs } from "./recipes/autoformer-photographs.js";
export { autoFormerQuickstart } from "./recipes/autoformer-quickstart.js";
export { defineRecipe } from "./recipes/define.js";
export { detnasFrcnnShufflenetv2Coco } from "./recipes/detnas-frcnn-shufflenetv2-coco.js";
export { detnasFrcnnShufflenetv2CocoMmrazor } from "./recipes/detnas-frcnn-shufflenetv2-coco-mmrazor.js";
export { detnasPhotographs } from "./recipes/detnas-photographs.js";
export { detnasQuickstart } from "./recipes/detnas-quickstart.js";
export { detnasRetinanetQuickstart } from "./recipes/detnas-retinanet-quickstart.js";
export { detnasRetinanetShufflenetv2Coco } from "./recipes/detnas-retinanet-shufflenetv2-coco.js";
export { mixedQuickstart } from "./recipes/mixed-quickstart.js";
export type { Finding, Prediction, Predictor } from "./task/predictor.js";
export { searchedSpace } from "./task/run-context.js";
export { defineTask, type RunContext, type StepContext, type Task } from "./task/task.js";
export { classifierNetwork } from "./tasks/shared/classifier-network.js";
export { supernetTrainingSchema } from "./training/settings.js";
