import type { Subnet } from "@supernet/nas";
import { SpaceClassifier } from "@supernet/nas/supernet";
import type { ClassificationBatch } from "@supernet/vision";
import { buildSeeded, loadWeights } from "../../task/step-context.js";
import { prepareSubnet } from "../shared/classifier-training.js";
import { scoringImages, trainingImages } from "./images.js";
import type { ClassificationContext } from "./settings.js";

/** The trained supernet, ready to be scored; close it to end the loading threads. */
export interface OpenSupernet extends Disposable {
  readonly model: SpaceClassifier;
  /** Training images over which batch-norm statistics are computed; null where the space has no batch-norm. */
  readonly calibration: AsyncIterable<ClassificationBatch> | null;
  /** Makes a subnet the one that runs, with batch-norm statistics of its own. */
  prepare(subnet: Subnet): Promise<void>;
}

export function openSupernet(context: ClassificationContext): OpenSupernet {
  const { run, recipe, device, space } = context;
  const images = run.get(trainingImages);
  const { batchNorm } = recipe.steps.search;
  const model = buildSeeded(context, "train", () => new SpaceClassifier(space, images.classes.length));
  loadWeights(context, "train", model);
  const calibration = batchNorm && scoringImages(recipe, images.train, batchNorm);
  return {
    model,
    calibration,
    prepare: (subnet) => prepareSubnet(model, subnet, { calibration, device }),
    [Symbol.dispose]: () => calibration?.[Symbol.dispose](),
  };
}
