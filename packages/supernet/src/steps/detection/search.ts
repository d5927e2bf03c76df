import { evaluateSubnet } from "../../training/detection.js";
import { loadWeights } from "../common/context.js";
import { searchByRecipe } from "../common/search.js";
import type { DetectionContext } from "./context.js";
import { openDetection } from "./data.js";
import { detectorModel } from "./finetune.js";
import { searchProblem } from "./problem.js";

/** Step 3 of DetNAS: search over the fine-tuned supernet, scored by box AP on held-out images. */
export async function search(context: DetectionContext): Promise<void> {
  const { recipe, device, space } = context;
  const { strategy, batchNorm } = recipe.steps.search;
  const problem = await searchProblem(recipe, space);
  using data = await openDetection(context);
  const model = detectorModel(context, data, "finetune");
  loadWeights(context, "finetune", model.detector);
  await searchByRecipe(context, problem, strategy, "AP", async ({ subnet, fraction }) => {
    const split = data.searchPart(fraction);
    const { metrics } = await evaluateSubnet(model, subnet, split, data.calibration, batchNorm, device);
    return metrics.AP;
  });
}
