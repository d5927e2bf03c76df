import type { DetectionRecipe } from "../../recipe/schema.js";
import { scoreDetectors } from "../../scoring/detectors.js";
import { loadWeights } from "../common/context.js";
import type { OpenScorer, ScorerSource } from "../common/scorer.js";
import type { DetectionContext } from "./context.js";
import { openDetection } from "./data.js";
import { detectorModel } from "./finetune.js";

async function open(context: DetectionContext): Promise<OpenScorer> {
  const { recipe, device } = context;
  const { batchNorm } = recipe.steps.search;
  const data = await openDetection(context);
  const model = detectorModel(context, data, "finetune");
  loadWeights(context, "finetune", model.detector);
  return {
    score: (task, checkStop) => {
      const images = { calibration: data.calibration, scored: data.searchPart(task.fraction) };
      return scoreDetectors(model, task, images, { batchNorm, device, checkStop });
    },
    [Symbol.dispose]: () => data[Symbol.dispose](),
  };
}

/** Box AP on the search images with the fine-tuned supernet's weights. */
export const detectorScorer: ScorerSource<DetectionRecipe> = {
  trained: "finetune",
  open,
  thread: new URL("./scoring-thread.js", import.meta.url),
};
