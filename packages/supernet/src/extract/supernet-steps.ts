import type { Recipe } from "../recipe/schema.js";

/** The steps of a recipe that train a supernet, of which subnets can be cut out. */
export function supernetSteps({ task }: Recipe): readonly string[] {
  switch (task) {
    case "detection":
      return ["pretrain", "finetune"];
    case "classification":
      return ["train"];
  }
}
