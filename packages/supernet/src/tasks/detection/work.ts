import type { Space } from "@supernet/nas";
import { addActivities } from "../../plan/activities.js";
import { trainingWork } from "../../plan/training-work.js";
import { randomCandidates, searchLength } from "../../recipe/strategy.js";
import type { PerActivity, StepWork } from "../../task/plan.js";
import { CALIBRATION_BATCHES, EVALUATED_SUBNETS } from "../../training/sampling.js";
import type { DataFacts } from "./counts.js";
import type { DetectionRecipe } from "./settings.js";
import { type StepName, stepNames } from "./step-names.js";

type Work = Omit<StepWork, "step">;

/**
 * The work of every step of a run of which nothing is done yet.
 * @throws UserError where a setting has no effect at these numbers of images, as the run would throw
 */
export function workOf(
  recipe: DetectionRecipe,
  space: Space,
  { classification, detection }: DataFacts,
): StepWork[] {
  const { steps } = recipe;
  const { strategy, batchNorm } = steps.search;
  const calibration = batchNorm.mode === "recalibrate" ? batchNorm.images : 0;
  const { candidates, refinement, evaluations } = searchLength(strategy);
  const searched = Math.min(detection.search, steps.search.images ?? Number.POSITIVE_INFINITY);
  const validated = Math.min(
    classification.val,
    recipe.classification.evalImages ?? Number.POSITIVE_INFINITY,
  );

  /** A training of a classifier, whose evaluations take `each` images. */
  const classifying = (step: "pretrain" | "retrain", each: number): Work => {
    const { iterations, trained, evaluated } = trainingWork(
      steps[step],
      space,
      classification.train,
      each,
      step,
    );
    return { iterations, images: { classifierTraining: trained, classifierInference: evaluated } };
  };
  const training = (step: "finetune" | "detector", each: number): Work => {
    const { iterations, trained, evaluated } = trainingWork(steps[step], space, detection.train, each, step);
    return { iterations, images: { detectorTraining: trained, detectorInference: evaluated } };
  };
  const detecting = (images: number): PerActivity => ({ detectorInference: images });
  /** Of subnets of the supernet, each with its own batch-norm statistics. */
  const scoring = (subnets: number, images: number): number => subnets * (calibration + images);
  const retrain = classifying("retrain", validated);
  const detector = training("detector", searched);

  const works: Readonly<Record<StepName, () => Work>> = {
    pretrain: () =>
      classifying(
        "pretrain",
        EVALUATED_SUBNETS * (validated + CALIBRATION_BATCHES * steps.pretrain.batchSize),
      ),
    finetune: () => training("finetune", calibration + searched),
    search: () => {
      const subnets = candidates + refinement;
      return {
        iterations: subnets,
        images: detecting(subnets * calibration + Math.ceil(evaluations * searched)),
      };
    },
    retrain: () => retrain,
    detector: () => detector,
    test: () => {
      const subnets = 1 + steps.test.randomSubnets;
      return { iterations: subnets, images: detecting(detection.test + scoring(subnets, detection.test)) };
    },
    compare: () => {
      const trainings = 1 + (steps.compare?.handMade == null ? 0 : 1) + (steps.compare?.randomSubnets ?? 0);
      const trained = Array.from({ length: trainings }, () => [retrain, detector]).flat();
      const networks = 1 + trainings;
      const scored =
        scoring(randomCandidates(strategy) + networks, searched) +
        scoring(networks, detection.test) +
        trainings * detection.test;
      const images = trained.map((work) => work.images).reduce(addActivities, detecting(scored));
      return { iterations: trainings, images };
    },
  };
  return stepNames(recipe).map((name) => ({ step: name, ...works[name]() }));
}
