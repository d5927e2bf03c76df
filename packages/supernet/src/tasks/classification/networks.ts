import type { SpaceClassifier } from "@supernet/nas/supernet";
import { backboneModel } from "../../network/space-models.js";
import { searchedSpace } from "../../task/run-context.js";
import type { TaskNetwork } from "../../task/task.js";
import { labeledClassifier } from "../shared/labeled-classifier.js";
import type { ClassificationRecipe } from "./settings.js";

const classifier = labeledClassifier<ClassificationRecipe>({
  steps: { subnetSteps: ["search", "calibrate", "retrain"], supernetSteps: ["train"] },
  searched: true,
});

/** The classifier and, if the space has feature maps, its backbone. */
export const networks: readonly TaskNetwork<ClassificationRecipe>[] = [
  {
    ...classifier,
    weights: {
      ...classifier.weights!,
      async prepare(context, { network }, subnet) {
        const { withCalibration } = await import("./scoring.js");
        using supernet = withCalibration(context, network as SpaceClassifier);
        await supernet.prepare(subnet);
      },
    },
  },
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
