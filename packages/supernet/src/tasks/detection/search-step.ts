import { helpSearch, openScorer } from "../../search/open-scorer.js";
import { searchProblem } from "../../search/problem.js";
import { searchByRecipe } from "../../search/run-search.js";
import { labeledImages } from "../shared/labeled-images.js";
import { withPrefilter } from "../shared/prefilter.js";
import type { DetectionContext } from "./settings.js";

/** Step 3 of DetNAS: searches the fine-tuned supernet for the subnet with the highest box AP on held-out images. */
export async function search(context: DetectionContext): Promise<void> {
  const { run, world } = context;
  if (world && !world.isMainRank) return helpSearch(context);
  const problem = await withPrefilter(context, await searchProblem(run, context.folder), () =>
    run.get(labeledImages),
  );
  await using scorer = await openScorer(context);
  await searchByRecipe(context, problem, scorer);
}
