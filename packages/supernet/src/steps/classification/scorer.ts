import type { ClassificationRecipe } from "../../recipe/schema.js";
import { scoreClassifiers } from "../../scoring/classifiers.js";
import type { OpenScorer, ScorerSource } from "../common/scorer.js";
import type { ClassificationContext } from "./context.js";
import { scoringImages, trainingImages } from "./images.js";
import { openSupernet } from "./supernet.js";

async function open(context: ClassificationContext): Promise<OpenScorer> {
  const { recipe, device } = context;
  const images = trainingImages(recipe);
  const scored = scoringImages(recipe, images.heldOut, recipe.steps.search);
  const supernet = openSupernet(context, images);
  const { model, calibration } = supernet;
  return {
    score: (task, checkStop) => {
      const images = { calibration, scored: scored.part(task.fraction) };
      return scoreClassifiers(model, task, images, { device, checkStop });
    },
    [Symbol.dispose]() {
      scored[Symbol.dispose]();
      supernet[Symbol.dispose]();
    },
  };
}

/** Accuracy on the images held out, with the trained supernet's weights. */
export const classifierScorer: ScorerSource<ClassificationRecipe> = {
  trained: "train",
  open,
  thread: new URL("./scoring-thread.js", import.meta.url),
};
