import { readScores } from "../../candidates/calibrate.js";
import { calibratedSubnets } from "../../candidates/reuse.js";
import { compareNetworks } from "../../compare/compare-step.js";
import { minimized } from "../../recipe/strategy.js";
import { readSubnet } from "../../search/found-subnet.js";
import { calibrationScorings } from "./images.js";
import { type ClassificationContext, comparedTraining } from "./settings.js";

/** Compares the found classifiers with others that are trained in the same way. */
export async function compare(context: ClassificationContext): Promise<void> {
  const { recipe, run } = context;
  const { calibrate, compare: settings, retrain, search } = recipe.steps;
  if (settings === null) throw new Error("compare: steps.compare is null");
  const training = comparedTraining(recipe.steps);
  const found = readSubnet(context);
  const isFront = minimized(search.strategy).length > 0;
  await compareNetworks(context, {
    settings,
    training,
    found: isFront ? readScores(context) : [{ subnet: found, score: 0 }],
    moreCandidates: calibrationScorings(run),
    trained: [
      ...(retrain === null ? [] : [{ subnet: found, folder: context.folder("retrain") }]),
      ...calibratedSubnets(context, calibrate, training),
    ],
  });
}
