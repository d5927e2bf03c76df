import { activeStateDict } from "@supernet/nas/supernet";
import { architectureOf } from "../common/architecture.js";
import { saveWeights } from "../common/context.js";
import { withPrefilter } from "../common/prefilter.js";
import { helpSearch, openScorer } from "../common/scorer.js";
import { searchByRecipe } from "../common/search.js";
import type { ClassificationContext } from "./context.js";
import { trainingImages } from "./images.js";
import { searchProblem } from "./problem.js";
import { classifierScorer } from "./scorer.js";
import { openSupernet } from "./supernet.js";

/**
 * Step 2: search over the trained supernet, scored by accuracy on images that are held out of the training
 * ones. The found subnet's weights are cut out of the supernet.
 */
export async function search(context: ClassificationContext): Promise<void> {
  const { recipe, device, space, world } = context;
  if (world && !world.isMainRank) return helpSearch(context, classifierScorer);
  const images = trainingImages(recipe);
  const problem = await withPrefilter(context, await searchProblem(recipe, space), () => images);
  await using scorer = await openScorer(context, classifierScorer);
  const found = await searchByRecipe(context, problem, "accuracy", scorer);
  using supernet = openSupernet(context, images);
  await supernet.prepare(found);
  const alone = architectureOf(space, images.classes.length).classifier(found).to({ device });
  alone.loadStateDict(activeStateDict(supernet.model));
  saveWeights(context, alone);
}
