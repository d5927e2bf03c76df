import { exportClassifier } from "@supernet/nas/onnx";
import { backboneModel, classifierModel } from "../../network/space-models.js";
import { searchedSpace } from "../../task/run-context.js";
import type { TaskNetwork } from "../../task/task.js";
import { classifierWeights, labeledClasses, profiledClassifier } from "../shared/classifier-network.js";
import type { ClassificationRecipe } from "./settings.js";

/** The classifier, and if the space hands out maps, its backbone. */
export const networks: readonly TaskNetwork<ClassificationRecipe>[] = [
  {
    name: "classifier",
    search: {
      prefix: "",
      open: async (run) => classifierModel(await run.get(searchedSpace), await labeledClasses(run)),
    },
    profile: profiledClassifier,
    weights: classifierWeights({ subnetSteps: ["search", "retrain"], supernetSteps: ["train"] }),
    onnx: {
      input: ({ classification: { imageSize } }) => [3, imageSize, imageSize],
      normalization: ({ classification }) => classification,
      export: exportClassifier,
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
