import { hasLayer, type Space, scaledSubnets } from "@supernet/nas";
import { sampleCount } from "@supernet/vision";
import { equalScorings } from "../../candidates/settings.js";
import { CALIBRATE_STEP } from "../../candidates/step.js";
import type { CompareRecipe } from "../../compare/settings.js";
import { countImages } from "../../plan/plan.js";
import { addActivities, mapActivities, trainingWork } from "../../plan/work.js";
import { randomCandidates, searchLength } from "../../recipe/strategy.js";
import type { GivenCounts, StepWork, TaskPlan } from "../../task/plan.js";
import { searchedSpace } from "../../task/run-context.js";
import { CALIBRATION_BATCHES, EVALUATED_SUBNETS } from "../../training/sampling.js";
import { imageSizeOf } from "../shared/image-sizes.js";
import { labeledVal } from "../shared/labeled-images.js";
import { plannedClassifier } from "../shared/planned-classifier.js";
import type { TrainedOn } from "../shared/trained-on.settings.js";
import { trainingImages } from "./images.js";
import {
  type ClassificationRecipe,
  type ClassificationRun,
  type ComparedTraining,
  comparedTraining,
} from "./settings.js";

/** Number of images in each part of a recipe's data. */
export interface ImageCounts {
  readonly train: number;
  readonly heldOut: number;
  readonly test: number;
}

/** Plans a run of a classification recipe. */
export async function planClassification(run: ClassificationRun, { images }: GivenCounts): Promise<TaskPlan> {
  const { recipe } = run;
  const space = await run.get(searchedSpace);
  const counts = images ? splitCounts(recipe, images) : await countImages(() => countData(run));
  return {
    networks: [
      plannedClassifier(space, {
        imageSize: (subnet) => imageSizeOf(recipe, subnet),
        training: recipe.steps.train,
        seed: recipe.seed,
      }),
    ],
    work: computeWork(recipe, { space, counts, batchNorm: hasLayer(space, "batch-norm") }),
  };
}

/** Counts the images of a run's data. */
function countData(run: ClassificationRun): ImageCounts {
  const { train, heldOut } = run.get(trainingImages);
  return { train: sampleCount(train), heldOut: sampleCount(heldOut), test: sampleCount(run.get(labeledVal)) };
}

/** Computes the image counts of missing data from the counts that the user passed. */
function splitCounts(
  { classification }: ClassificationRecipe,
  { train, val }: NonNullable<GivenCounts["images"]>,
): ImageCounts {
  const heldOut = Math.round(train * classification.heldOut);
  return { train: train - heldOut, heldOut, test: val };
}

/** Inputs of a run's work besides its recipe. */
export interface WorkOptions {
  readonly space: Space;
  readonly counts: ImageCounts;
  /** Whether the networks have batch-norms, whose statistics are recomputed over images. */
  readonly batchNorm: boolean;
}

/**
 * Computes the work of every step of a run that has not started.
 * @throws UserError if the run would refuse a setting with these image counts
 */
export function computeWork(
  { steps, classification }: ClassificationRecipe,
  { space, counts, batchNorm }: WorkOptions,
): StepWork[] {
  const { train, search, calibrate, retrain, test, compare } = steps;
  const calibration = search.batchNorm?.images ?? 0;
  const { candidates, refinement, evaluations } = searchLength(search.strategy);
  const atMost = (count: number, max: number | null) => Math.min(count, max ?? Number.POSITIVE_INFINITY);
  const validated = atMost(counts.heldOut, classification.evalImages);
  const searched = atMost(counts.heldOut, search.images);
  const tested = atMost(counts.test, test.images);

  const training = (
    step: string,
    settings: Parameters<typeof trainingWork>[0] & { readonly data?: TrainedOn },
    imagesPerEvaluation: number,
  ): StepWork => {
    const both = settings.data === "train+search";
    const options = {
      ...{ step, space },
      images: both ? counts.train + counts.heldOut : counts.train,
      imagesPerEvaluation: both ? 0 : imagesPerEvaluation,
    };
    const { iterations, trained, evaluated } = trainingWork(settings, options);
    return { step, iterations, images: { classifierTraining: trained, classifierInference: evaluated } };
  };
  const scoring = (step: string, subnets: number, images: number): StepWork => ({
    step,
    iterations: subnets,
    images: { classifierInference: images },
  });

  /** Returns the work of training candidates alone and scoring each. */
  const candidatesAlone = (
    step: string,
    settings: ComparedTraining,
    networks: number,
    scored: number,
  ): StepWork => {
    const { images } = training(step, settings, validated);
    const each = addActivities(images, { classifierInference: scored });
    return { step, iterations: networks, images: mapActivities(each, (count) => networks * count) };
  };
  const comparison = (settings: CompareRecipe): StepWork => {
    const { budgets, handMade, randomSubnets, randomSearch, largest } = settings;
    const scales = scaledSubnets(space).length > 1;
    const each = [retrain === null, scales, handMade !== null, randomSearch, largest].filter(Boolean).length;
    const networks = (budgets?.length ?? 1) * (each + randomSubnets);
    const more = calibrate
      ? equalScorings(calibrate, { trained: counts.train, scored: searched + calibration })
      : 0;
    const random = randomSearch ? randomCandidates(search.strategy) + more : 0;
    const alone = candidatesAlone("compare", comparedTraining(steps)!, networks, searched + tested);
    const scored = { classifierInference: (random + networks) * (searched + calibration) };
    return { ...alone, images: addActivities(alone.images, scored) };
  };

  const recalibrated = batchNorm ? CALIBRATION_BATCHES * train.batchSize : 0;
  const scored = candidates + refinement;
  const standalone = retrain ? 2 : 1;
  return [
    training("train", train, EVALUATED_SUBNETS * (validated + recalibrated)),
    // One more calibration prepares the found subnet.
    scoring("search", scored, (scored + 1) * calibration + Math.ceil(evaluations * searched)),
    ...(calibrate
      ? [candidatesAlone(CALIBRATE_STEP, calibrate.training, calibrate.candidates, searched)]
      : []),
    ...(retrain ? [training("retrain", retrain, validated)] : []),
    scoring(
      "test",
      standalone + test.randomSubnets,
      standalone * tested + test.randomSubnets * (calibration + tested),
    ),
    ...(compare ? [comparison(compare)] : []),
  ];
}
