import { loadWeights } from "../../task/step-context.js";
import type { OpenScorer } from "../../task/task.js";
import { openDetection } from "./data.js";
import { scoreDetectors } from "./scoring.js";
import type { DetectionContext } from "./settings.js";
import { buildModel } from "./training.js";

/** Opens what scores candidates: box AP on the search images with the fine-tuned supernet's weights. */
export async function openDetectorScorer(context: DetectionContext): Promise<OpenScorer> {
  const { recipe, device } = context;
  const { batchNorm } = recipe.steps.search;
  const data = await openDetection(context);
  const model = await buildModel(context, data, "finetune");
  loadWeights(context, "finetune", model.detector);
  return {
    score: (task, checkStop) => {
      const images = { calibration: data.calibration, scored: data.searchPart(task.fraction) };
      return scoreDetectors(model, task, images, { batchNorm, device, checkStop });
    },
    [Symbol.dispose]: () => data[Symbol.dispose](),
  };
}
