import type { Subnet } from "@supernet/nas";
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
  const { run, world } = context;
  if (world && !world.isMainRank) return helpSearch(context);
  const images = run.get(trainingImages);
  const problem = await withPrefilter(context, await searchProblem(run), () => images);
  await using scorer = await openScorer(context);
  const found = await searchByRecipe(context, problem, scorer);
  await saveInherited(context, found);
}

/** Saves the weights that a subnet inherits from the supernet, with batch-norm statistics of its own. */
export async function saveInherited(context: ClassificationContext, subnet: Subnet): Promise<void> {
  const { run, device, space } = context;
  using supernet = openSupernet(context);
  await supernet.prepare(subnet);
  const classes = run.get(trainingImages).classes.length;
  const standalone = new SpaceClassifier(space, classes, subnet).to({ device });
  standalone.loadStateDict(activeStateDict(supernet.model));
  saveWeights(context, standalone, subnet);
}
