import type { Space } from "@supernet/nas";
import { trainingWork } from "../../plan/training-work.js";
import { searchLength } from "../../recipe/strategy.js";
import type { StepWork } from "../../task/plan.js";
import { CALIBRATION_BATCHES, EVALUATED_SUBNETS } from "../../training/sampling.js";
import type { ClassificationRecipe } from "./settings.js";
import { type StepName, stepNames } from "./step-names.js";

/** Images of a recipe's data. */
export interface ImageCounts {
  readonly train: number;
  readonly heldOut: number;
  readonly test: number;
}

type Work = Omit<StepWork, "step">;

/**
 * The work of every step of a run of which nothing is done yet.
 * @param batchNorm whether the networks have it, whose statistics take images
 * @throws UserError where a setting has no effect at these numbers of images, as the run would throw
 */
export function workOf(
  recipe: ClassificationRecipe,
  space: Space,
  counts: ImageCounts,
  batchNorm: boolean,
): StepWork[] {
  const { steps, classification } = recipe;
  const { strategy } = steps.search;
  const calibration = steps.search.batchNorm?.images ?? 0;
  const { candidates, refinement, evaluations } = searchLength(strategy);
  const atMost = (there: number, most: number | null) => Math.min(there, most ?? Number.POSITIVE_INFINITY);
  const validated = atMost(counts.heldOut, classification.evalImages);
  const searched = atMost(counts.heldOut, steps.search.images);
  const tested = atMost(counts.test, steps.test.images);

  const training = (settings: Parameters<typeof trainingWork>[0], each: number, step: StepName): Work => {
    const { iterations, trained, evaluated } = trainingWork(settings, space, counts.train, each, step);
    return { iterations, images: { classifierTraining: trained, classifierInference: evaluated } };
  };
  const workIn = (step: StepName): Work => {
    switch (step) {
      case "train": {
        const calibrated = batchNorm ? CALIBRATION_BATCHES * steps.train.batchSize : 0;
        return training(steps.train, EVALUATED_SUBNETS * (validated + calibrated), step);
      }
      case "search": {
        const subnets = candidates + refinement;
        // The found one is prepared once more.
        const images = (subnets + 1) * calibration + Math.ceil(evaluations * searched);
        return { iterations: subnets, images: { classifierInference: images } };
      }
      case "retrain":
        return training(steps.retrain!, validated, step);
      case "test": {
        const alone = steps.retrain ? 2 : 1;
        const scored = alone * tested + steps.test.randomSubnets * (calibration + tested);
        return { iterations: alone + steps.test.randomSubnets, images: { classifierInference: scored } };
      }
    }
  };
  return stepNames(recipe).map((step) => ({ step, ...workIn(step) }));
}
