import { searchProblem } from "../../search/problem.js";
import { labeledImages } from "../common/labelled-images.js";
import { withPrefilter } from "../common/prefilter.js";
import { helpSearch, openScorer } from "../common/scorer.js";
import { searchByRecipe } from "../common/search.js";
import type { DetectionContext } from "./settings.js";

/** Step 3 of DetNAS: search over the fine-tuned supernet, scored by box AP on held-out images. */
export async function search(context: DetectionContext): Promise<void> {
  const { run, world } = context;
  if (world && !world.first) return helpSearch(context);
  const problem = await withPrefilter(context, await searchProblem(run), run.get(labeledImages));
  await using scorer = await openScorer(context);
  await searchByRecipe(context, problem, scorer);
}
