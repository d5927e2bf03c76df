import { isDeepStrictEqual } from "node:util";
import { Random } from "@supernet/base";
import { createEstimator, type Space, sampleSubnet, scaledSubnets } from "@supernet/nas";
import { randn, tidy } from "@supernet/torch";
import { fittedSize, type GroundTruth, type ImageSize, paddedSide, sampleCount } from "@supernet/vision";
import { CALIBRATE_STEP } from "../../candidates/step.js";
import type { CompareRecipe } from "../../compare/settings.js";
import { imagesPerPass, meanFlops, measureSecondsPerImage, trainingPass } from "../../plan/measure.js";
import { countImages, unusedCount } from "../../plan/plan.js";
import { addActivities, trainingWork } from "../../plan/work.js";
import { randomCandidates, searchLength } from "../../recipe/strategy.js";
import type { GivenCounts, PerActivity, PlannedNetwork, StepWork, TaskPlan } from "../../task/plan.js";
import { searchedSpace } from "../../task/run-context.js";
import { CALIBRATION_BATCHES, EVALUATED_SUBNETS } from "../../training/sampling.js";
import { labeledImages, labeledVal } from "../shared/labeled-images.js";
import { plannedClassifier } from "../shared/planned-classifier.js";
import { calibrationScorings, detectionOutline, HELD_OUT, trainedCount } from "./data.js";
import { detectorBuilder, detectorNetworks, surroundingCost } from "./detector.js";
import {
  CANDIDATE_TRAINING,
  comparedTraining,
  type DetectionRecipe,
  type DetectionRun,
  type FrontRecipe,
  type MemberTrainingRecipe,
  memberTraining,
  recalibratedImages,
} from "./settings.js";
import { imageSizes, openDecisions } from "./space.js";
import { wholeEstimator } from "./whole.js";

/** Properties of the data that a plan depends on. */
export interface DataFacts {
  /** Numbers of labeled images; null if the recipe has none. */
  readonly classification: { readonly train: number; readonly val: number } | null;
  readonly detection: DetectionFacts;
}

/** Properties of the images with boxes. */
export interface DetectionFacts {
  readonly train: number;
  readonly trainAndSearch: number;
  readonly search: number;
  readonly test: number;
  readonly classes: number;
  /** Mean size of the detector's input images, in pixels, with padding. */
  readonly size: ImageSize;
}

/** Number of classes for data that is missing. */
const COCO_CLASSES = 80;

/** Plans a run of a detection recipe. */
export async function planDetection(run: DetectionRun, given: GivenCounts): Promise<TaskPlan> {
  const { recipe } = run;
  const { classification, seed, steps } = recipe;
  if (classification === null && given.images) throw unusedCount(recipe, "images");
  const space = await run.get(searchedSpace);
  const facts = await countImages(() => countData(run, given));
  const training = steps.pretrain ?? steps.retrain;
  return {
    networks: [
      ...(classification && training
        ? [plannedClassifier(space, { imageSize: classification.imageSize, training, seed })]
        : []),
      await plannedDetector(run, facts.detection),
    ],
    work: computeWork(recipe, space, facts),
  };
}

/**
 * Describes a detector for a plan. The FLOPs outside the backbone are counted in one run with the largest workload that
 * inference can have. The seconds are those of one random subnet on random images: forward and backward for training,
 * forward and post-processing for inference. They do not include reading images and the optimizer step.
 */
async function plannedDetector(run: DetectionRun, facts: DetectionFacts): Promise<PlannedNetwork> {
  const { recipe } = run;
  const space = await run.get(searchedSpace);
  const networks = await run.get(detectorNetworks);
  const { size, classes } = facts;
  const { seed, steps } = recipe;
  const { height, width } = size;
  const input = [3, height, width] as const;
  const countFlops = async () =>
    openDecisions(recipe).length > 0
      ? meanFlops(wholeEstimator({ recipe, space, classes, input }), { space, seed })
      : meanFlops(createEstimator("backbone", space.backbone, input), { space, seed }) +
        surroundingCost(await run.get(detectorBuilder), { space, classes, input }).flops;
  return {
    name: "detector",
    size,
    flops: await countFlops(),
    seconds(device) {
      const subnet = sampleSubnet(space, Random.of(seed, "plan"));
      const detector = networks.around(networks.backbone(subnet), classes, subnet).detector.to({ device });
      const n = imagesPerPass(steps.finetune, height * width);
      const scenes = randn([n, 3, height, width], { device });
      const sizes = Array.from({ length: n }, () => size);
      const truth = sizes.map(() => middleBox(height, width));
      const detect = (pass: number) => detector.forward(scenes, sizes, truth, ["plan", pass]);
      return {
        training: measureSecondsPerImage(
          n,
          trainingPass(detector, { settings: steps.finetune, device, losses: detect }),
        ),
        inference: measureSecondsPerImage(n, () => {
          detector.eval();
          tidy(() => void detector.detect(scenes, sizes));
        }),
      };
    },
  };
}

/** Returns the ground truth of one object in the middle of the image, half as high and half as wide. */
function middleBox(height: number, width: number): GroundTruth {
  const boxes = Float32Array.of(width / 4, height / 4, (3 * width) / 4, (3 * height) / 4);
  return { boxes, labels: new Int32Array(1), crowd: new Uint8Array(1) };
}

/**
 * Counts the images of a recipe's data without composing or decoding any.
 * @throws UserError if data is missing and `given` has no counts for it
 */
async function countData(run: DetectionRun, given: GivenCounts): Promise<DataFacts> {
  const { images, detectionImages } = given;
  return {
    classification: run.recipe.classification && (images ?? countLabeledImages(run)),
    detection: detectionImages ? splitCounts(run.recipe, detectionImages) : await countDetectionImages(run),
  };
}

const countLabeledImages = (run: DetectionRun) => ({
  train: sampleCount(run.get(labeledImages).train),
  val: sampleCount(run.get(labeledVal)),
});

async function countDetectionImages(run: DetectionRun): Promise<DetectionFacts> {
  const { classes, sizes, ...counts } = await run.get(detectionOutline);
  return { ...counts, classes: classes.length, size: meanSize(run.recipe, sizes) };
}

/** Computes the facts of missing data from the counts that the user passed; every image has the largest size. */
function splitCounts(
  recipe: DetectionRecipe,
  { train, test }: { train: number; test: number },
): DetectionFacts {
  const { data, size } = recipe.detection;
  const heldOut = typeof data === "object" && data.kind === "coco" ? data.heldOut : HELD_OUT;
  const search = Math.round(train * heldOut);
  const largest = { height: Math.max(...[size.short].flat()), width: size.long };
  return {
    train: train - search,
    trainAndSearch: train,
    search,
    test,
    classes: COCO_CLASSES,
    size: meanSize(recipe, [largest]),
  };
}

/** Returns the mean size of the detector's input images, over all image sizes of the recipe. */
function meanSize(recipe: DetectionRecipe, originals: readonly ImageSize[]): ImageSize {
  const { detection } = recipe;
  const fitted = imageSizes(recipe).flatMap((size) =>
    originals.map((original) => fittedSize(original, size)),
  );
  const mean = (side: "height" | "width") => {
    const pixels = fitted.reduce((sum, size) => sum + size[side], 0) / fitted.length;
    return paddedSide(pixels, detection.padTo);
  };
  return { height: mean("height"), width: mean("width") };
}

/**
 * Computes the work of every step of a run that has not started.
 * @throws UserError if the run would refuse a setting with these image counts
 */
export function computeWork(
  recipe: DetectionRecipe,
  space: Space,
  { classification, detection }: DataFacts,
): StepWork[] {
  const { steps } = recipe;
  const { front } = steps;
  const { strategy } = steps.search;
  const recalibrated = recalibratedImages(recipe);
  const { candidates, refinement, evaluations } = searchLength(strategy);
  const searched = Math.min(detection.search, steps.search.images ?? Number.POSITIVE_INFINITY);
  const { train: labeled, val } = classification ?? { train: 0, val: 0 };
  const validated = Math.min(val, recipe.classification?.evalImages ?? Number.POSITIVE_INFINITY);

  const classifierTraining = (step: "pretrain" | "retrain", imagesPerEvaluation: number): StepWork => {
    const options = { step, space, images: labeled, imagesPerEvaluation };
    const { iterations, trained, evaluated } = trainingWork(steps[step]!, options);
    return { step, iterations, images: { classifierTraining: trained, classifierInference: evaluated } };
  };
  const detectorTraining = (
    step: string,
    training: Parameters<typeof trainingWork>[0],
    imagesPerEvaluation: number,
    images = detection.train,
  ): StepWork => {
    const options = { step, space, images, imagesPerEvaluation };
    const { iterations, trained, evaluated } = trainingWork(training, options);
    return { step, iterations, images: { detectorTraining: trained, detectorInference: evaluated } };
  };
  const detecting = (images: number): PerActivity => ({ detectorInference: images });
  /** Returns the number of images for scoring subnets of the supernet, each with its own batch-norm statistics. */
  const scoring = (subnets: number, images: number): number => subnets * (recalibrated + images);
  const retrain = steps.retrain && classifierTraining("retrain", validated);
  const isEvaluated = steps.detector?.data !== "train+search";
  const detector =
    steps.detector &&
    detectorTraining(
      "detector",
      steps.detector,
      isEvaluated ? searched : 0,
      trainedCount(detection, steps.detector),
    );

  const { calibrate, compare } = steps;
  const repeated = (count: number, each: readonly PerActivity[]): PerActivity =>
    Array.from({ length: count }, () => each)
      .flat()
      .reduce(addActivities, {});
  /** Returns the images of training networks alone. Null trains them by the steps of the found one. */
  const trainAlone = (count: number, training: MemberTrainingRecipe | null): PerActivity => {
    const own = training
      ? [detectorTraining("a candidate", training, searched)]
      : [...(retrain ? [retrain] : []), ...(detector ? [detector] : [])];
    return repeated(
      count,
      own.map(({ images }) => images),
    );
  };
  const testing = (count: number): PerActivity => detecting(count * (searched + detection.test));

  const calibration = (settings: NonNullable<typeof calibrate>): StepWork => {
    const { images } = detectorTraining(CANDIDATE_TRAINING, settings.training, searched);
    return {
      step: CALIBRATE_STEP,
      iterations: settings.candidates,
      images: repeated(settings.candidates, [images, detecting(searched)]),
    };
  };

  const readyFront = ({ members }: FrontRecipe): StepWork => {
    // The default detector is made in the same way.
    const made = members + 1;
    const training = memberTraining(steps);
    // Members that the calibration has trained in the same way are not trained again.
    const isTrained = calibrate !== null && isDeepStrictEqual(calibrate.training, training);
    const images = [
      detecting(scoring(made, searched) + scoring(made, detection.test)),
      ...(training ? [testing(made)] : []),
      ...(training && !isTrained ? [trainAlone(made, training)] : []),
    ].reduce(addActivities);
    return { step: "front", iterations: made, images };
  };

  const comparison = ({
    budgets,
    handMade,
    randomSubnets,
    randomSearch,
    largest,
  }: CompareRecipe): StepWork => {
    // The steps before have trained the found subnet.
    const isFoundTrained = steps.detector !== null;
    const scales = scaledSubnets(space).length > 1;
    const each = [!isFoundTrained, scales, handMade !== null, randomSearch, largest].filter(Boolean).length;
    const trainings = (budgets?.length ?? 1) * (each + randomSubnets);
    const random = randomSearch ? randomCandidates(strategy) + calibrationScorings(recipe, detection) : 0;
    const images = [
      trainAlone(trainings, comparedTraining(steps)),
      testing(trainings),
      detecting(scoring(random + trainings, searched)),
    ].reduce(addActivities);
    return { step: "compare", iterations: trainings, images };
  };

  const calibrated = CALIBRATION_BATCHES * (steps.pretrain?.batchSize ?? 0);
  const scored = candidates + refinement;
  const tested = 1 + steps.test.randomSubnets;
  return [
    ...(steps.pretrain ? [classifierTraining("pretrain", EVALUATED_SUBNETS * (validated + calibrated))] : []),
    detectorTraining("finetune", steps.finetune, recalibrated + searched),
    {
      step: "search",
      iterations: scored,
      images: detecting(scored * recalibrated + Math.ceil(evaluations * searched)),
    },
    ...(calibrate === null ? [] : [calibration(calibrate)]),
    ...(front === null ? [] : [readyFront(front)]),
    ...(retrain ? [retrain] : []),
    ...(detector ? [detector] : []),
    {
      step: "test",
      iterations: tested,
      images: detecting(detection.test + scoring(tested, detection.test)),
    },
    ...(compare === null ? [] : [comparison(compare)]),
  ];
}
