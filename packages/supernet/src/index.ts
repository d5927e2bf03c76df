export { defineRecipe } from "./recipe/define.js";
export type { Recipe, RecipeInput } from "./recipe/schema.js";
export { detnasFrcnnShufflenetv2Coco } from "./recipes/detnas-frcnn-shufflenetv2-coco.js";
export { detnasQuickstart } from "./recipes/detnas-quickstart.js";
export { detnasRetinanetQuickstart } from "./recipes/detnas-retinanet-quickstart.js";
export { detnasRetinanetShufflenetv2Coco } from "./recipes/detnas-retinanet-shufflenetv2-coco.js";
