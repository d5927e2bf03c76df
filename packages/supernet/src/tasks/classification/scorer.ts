import type { OpenScorer } from "../../task/task.js";
import { scoreClassifiers } from "../shared/classifier-scoring.js";
import { scoringImages, trainingImages } from "./images.js";
import type { ClassificationContext } from "./settings.js";
import { openSupernet } from "./supernet.js";

/** Opens what scores candidates: accuracy on the images held out, with the trained supernet's weights. */
export function openClassifierScorer(context: ClassificationContext): OpenScorer {
  const { run, recipe, device } = context;
  const scored = scoringImages(recipe, run.get(trainingImages).heldOut, recipe.steps.search);
  const supernet = openSupernet(context);
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
