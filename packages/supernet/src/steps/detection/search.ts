import { classificationSet } from "../common/labelled-images.js";
import { withPrefilter } from "../common/prefilter.js";
import { helpSearch, openScorer } from "../common/scorer.js";
import { searchByRecipe } from "../common/search.js";
import type { DetectionContext } from "./context.js";
import { searchProblem } from "./problem.js";
import { detectorScorer } from "./scorer.js";

/** Step 3 of DetNAS: search over the fine-tuned supernet, scored by box AP on held-out images. */
export async function search(context: DetectionContext): Promise<void> {
  const { recipe, space, world } = context;
  if (world && !world.isMainRank) return helpSearch(context, detectorScorer);
  const problem = await withPrefilter(context, await searchProblem(recipe, space), () =>
    classificationSet(recipe),
  );
  await using scorer = await openScorer(context, detectorScorer);
  await searchByRecipe(context, problem, "AP", scorer);
}
