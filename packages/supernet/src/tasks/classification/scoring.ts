import type { Subnet } from "@supernet/nas";
import { SpaceClassifier } from "@supernet/nas/supernet";
import type { ClassificationBatch } from "@supernet/vision";
import { scoreByData } from "../../scoring/groups.js";
import { buildSeeded, loadWeights } from "../../task/step-context.js";
import type { OpenScorer } from "../../task/task.js";
import { scoreClassifiers } from "../shared/classifier-scoring.js";
import { prepareSubnet } from "../shared/classifier-training.js";
import { scoringImages, trainingImages } from "./images.js";
import type { ClassificationContext } from "./settings.js";

/** Trained supernet whose subnets can be scored. Dispose it to stop the loading threads. */
export interface OpenSupernet extends Disposable {
  readonly model: SpaceClassifier;
  /** Returns training images to recompute a subnet's batch-norm statistics over; null if there is no batch-norm. */
  calibration(subnet: Subnet): AsyncIterable<ClassificationBatch> | null;
  /** Activates a subnet, with its own batch-norm statistics. */
  prepare(subnet: Subnet): Promise<void>;
}

/** Opens the trained supernet of a run. */
export function openSupernet(context: ClassificationContext): OpenSupernet {
  const { run, space } = context;
  const classes = run.get(trainingImages).classes.length;
  const model = buildSeeded(context, "train", () => new SpaceClassifier(space, classes));
  loadWeights(context, "train", model);
  return withCalibration(context, model);
}

/** Adds the images that batch-norm statistics are recomputed over to a supernet. */
export function withCalibration(
  { run, recipe, device }: ClassificationContext,
  model: SpaceClassifier,
): OpenSupernet {
  const images = run.get(trainingImages);
  const { batchNorm } = recipe.steps.search;
  const calibrated = batchNorm && scoringImages(recipe, images.train, batchNorm);
  const calibration = (subnet: Subnet) => calibrated?.of(subnet) ?? null;
  return {
    model,
    calibration,
    prepare: (subnet) => prepareSubnet(model, subnet, { calibration: calibration(subnet), device }),
    [Symbol.dispose]: () => calibrated?.[Symbol.dispose](),
  };
}

/** Opens the scorer of candidates: their accuracy on the held-out images with the trained supernet's weights. */
export function openClassifierScorer(context: ClassificationContext): OpenScorer {
  const { run, recipe, device } = context;
  const scored = scoringImages(recipe, run.get(trainingImages).heldOut, recipe.steps.search);
  const supernet = openSupernet(context);
  const { model, calibration } = supernet;
  return {
    score: (task, checkStop) =>
      scoreByData(
        task,
        (subnet) => scored.of(subnet),
        (part, images) =>
          scoreClassifiers(model, part, {
            calibration: calibration(part.subnets[0]!),
            scored: images.part(part.fraction),
            device,
            checkStop,
          }),
      ),
    [Symbol.dispose]() {
      scored[Symbol.dispose]();
      supernet[Symbol.dispose]();
    },
  };
}
