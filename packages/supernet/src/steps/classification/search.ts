import type { Subnet } from "@supernet/nas";
import { activeStateDict, type WeightSharing } from "@supernet/nas/supernet";
import { type Classifier, classifierFigures, prepareSubnet } from "../../training/classification.js";
import { architectureOf } from "../common/architecture.js";
import { loadWeights, saveWeights, seeded } from "../common/context.js";
import { searchByRecipe } from "../common/search.js";
import type { ClassificationContext } from "./context.js";
import { scoringImages, type TrainingImages, trainingImages } from "./images.js";
import { searchProblem } from "./problem.js";

/**
 * Step 2: search over the trained supernet, scored by accuracy on images that are held out of the training
 * ones. The found subnet's weights are cut out of the supernet.
 */
export async function search(context: ClassificationContext): Promise<void> {
  const { recipe, device, space } = context;
  const settings = recipe.steps.search;
  const images = trainingImages(recipe);
  using scored = scoringImages(recipe, images.heldOut, settings);
  using supernet = openSupernet(context, images);
  const problem = await searchProblem(recipe, space);
  const found = await searchByRecipe(
    context,
    problem,
    settings.strategy,
    "accuracy",
    async ({ subnet, fraction }) => {
      await supernet.prepare(subnet);
      return (await classifierFigures(supernet.model, scored.part(fraction), device)).accuracy;
    },
  );
  await supernet.prepare(found);
  const alone = architectureOf(space, images.classes.length).classifier(found).to({ device });
  alone.loadStateDict(activeStateDict(supernet.model));
  saveWeights(context, alone);
}

/** The trained supernet, ready to be scored; close it to end the loading threads. */
export interface OpenSupernet extends Disposable {
  readonly model: WeightSharing<Classifier>;
  /** Makes a subnet the one that runs, with batch-norm statistics of its own. */
  prepare(subnet: Subnet): Promise<void>;
}

export function openSupernet(context: ClassificationContext, images: TrainingImages): OpenSupernet {
  const { recipe, device, space } = context;
  const { batchNorm } = recipe.steps.search;
  const model = seeded(context, "train", () => architectureOf(space, images.classes.length).classifier());
  loadWeights(context, "train", model);
  const calibration = batchNorm && scoringImages(recipe, images.train, batchNorm);
  return {
    model,
    prepare: (subnet) => prepareSubnet(model, subnet, calibration, device),
    [Symbol.dispose]: () => calibration?.[Symbol.dispose](),
  };
}
