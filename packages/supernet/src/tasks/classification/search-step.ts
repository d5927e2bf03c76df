import { activeStateDict, SpaceClassifier } from "@supernet/nas/supernet";
import { helpSearch, openScorer } from "../../search/open-scorer.js";
import { searchProblem } from "../../search/problem.js";
import { searchByRecipe } from "../../search/run-search.js";
import { saveWeights } from "../../task/step-context.js";
import { withPrefilter } from "../shared/prefilter.js";
import { trainingImages } from "./images.js";
import { openSupernet } from "./scoring.js";
import type { ClassificationContext } from "./settings.js";

/**
 * Step 2: searches the trained supernet for the subnet with the highest accuracy on held-out images. The found subnet's
 * weights are extracted from the supernet.
 */
export async function search(context: ClassificationContext): Promise<void> {
  const { run, device, space, world } = context;
  if (world && !world.isMainRank) return helpSearch(context);
  const images = run.get(trainingImages);
  const problem = await withPrefilter(context, await searchProblem(run), () => images);
  await using scorer = await openScorer(context);
  const found = await searchByRecipe(context, problem, scorer);
  using supernet = openSupernet(context);
  await supernet.prepare(found);
  const standalone = new SpaceClassifier(space, images.classes.length, found).to({ device });
  standalone.loadStateDict(activeStateDict(supernet.model));
  saveWeights(context, standalone);
}
