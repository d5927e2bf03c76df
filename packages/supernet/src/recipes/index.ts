import type { Recipe } from "../recipe/schema.js";
import { detnasFrcnnShufflenetv2Coco } from "./detnas-frcnn-shufflenetv2-coco.js";
import { detnasPhotographs } from "./detnas-photographs.js";
import { detnasQuickstart } from "./detnas-quickstart.js";

/** The recipes that come with supernet, by name. */
export const recipes: Readonly<Record<string, Recipe>> = Object.fromEntries(
  [detnasQuickstart, detnasPhotographs, detnasFrcnnShufflenetv2Coco].map((recipe) => [recipe.name, recipe]),
);
