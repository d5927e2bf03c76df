import { backboneModel } from "../../network/space-models.js";
import { searchedSpace } from "../../task/run-context.js";
import type { TaskNetwork } from "../../task/task.js";
import { classifierNetwork, labeledClasses } from "../shared/classifier-network.js";
import { imageShapeOf } from "../shared/image-sizes.js";
import type { ClassificationRecipe } from "./settings.js";

/** The classifier and, if the space has feature maps, its backbone. */
export const networks: readonly TaskNetwork<ClassificationRecipe>[] = [
  classifierNetwork<ClassificationRecipe>({
    outputs: labeledClasses,
    input: imageShapeOf,
    normalization: ({ classification }) => classification,
    steps: { subnetSteps: ["search", "retrain"], supernetSteps: ["train"] },
    searched: true,
  }),
  {
    name: "backbone",
    search: {
      prefix: null,
      async open(run) {
        const space = await run.get(searchedSpace);
        return space.maps.length > 0 ? backboneModel(space) : undefined;
      },
    },
  },
];
