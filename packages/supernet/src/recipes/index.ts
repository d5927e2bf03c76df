import type { Recipe } from "../recipe/common.js";
import {
  autoFormerBaseImageNet,
  autoFormerSmallImageNet,
  autoFormerTinyImageNet,
} from "./autoformer-imagenet.js";
import { autoFormerPhotographs } from "./autoformer-photographs.js";
import { autoFormerQuickstart } from "./autoformer-quickstart.js";
import { detectorCoco } from "./detector-coco.js";
import { detectorPhotographs } from "./detector-photographs.js";
import { detectorQuickstart } from "./detector-quickstart.js";
import { detnasFrcnnShufflenetv2Coco } from "./detnas-frcnn-shufflenetv2-coco.js";
import { detnasFrcnnShufflenetv2CocoMmrazor } from "./detnas-frcnn-shufflenetv2-coco-mmrazor.js";
import { detnasPhotographs } from "./detnas-photographs.js";
import { detnasQuickstart } from "./detnas-quickstart.js";
import { detnasRetinanetQuickstart } from "./detnas-retinanet-quickstart.js";
import { detnasRetinanetShufflenetv2Coco } from "./detnas-retinanet-shufflenetv2-coco.js";
import { mixedQuickstart } from "./mixed-quickstart.js";

/** The built-in recipes, by name. */
export const recipes: Readonly<Record<string, Recipe>> = Object.fromEntries(
  [
    detectorQuickstart,
    detectorPhotographs,
    detnasQuickstart,
    detnasRetinanetQuickstart,
    detnasPhotographs,
    mixedQuickstart,
    autoFormerQuickstart,
    autoFormerPhotographs,
    autoFormerTinyImageNet,
    autoFormerSmallImageNet,
    autoFormerBaseImageNet,
    detnasFrcnnShufflenetv2Coco,
    detnasFrcnnShufflenetv2CocoMmrazor,
    detnasRetinanetShufflenetv2Coco,
    detectorCoco,
  ].map((recipe) => [recipe.name, recipe]),
);
