import { backboneModel } from "../../network/space-models.js";
import { searchedSpace } from "../../task/run-context.js";
import type { TaskNetwork } from "../../task/task.js";
import { labeledClassifier } from "../shared/labeled-classifier.js";
import type { ClassificationRecipe } from "./settings.js";

/** The classifier and, if the space has feature maps, its backbone. */
export const networks: readonly TaskNetwork<ClassificationRecipe>[] = [
  labeledClassifier({
    steps: { subnetSteps: ["search", "calibrate", "retrain"], supernetSteps: ["train"] },
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
