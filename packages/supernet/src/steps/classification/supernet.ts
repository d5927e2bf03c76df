import type { Subnet } from "@supernet/nas";
import type { SpaceClassifier } from "@supernet/nas/supernet";
import type { ClassificationBatch } from "@supernet/vision";
import { prepareSubnet } from "../../training/classification.js";
import { architectureOf } from "../common/architecture.js";
import { loadWeights, seeded } from "../common/context.js";
import type { ClassificationContext } from "./context.js";
import { scoringImages, type TrainingImages } from "./images.js";

/** The trained supernet, ready to be scored; close it to end the loading threads. */
export interface OpenSupernet extends Disposable {
  readonly model: SpaceClassifier;
  /** Training images over which batch-norm statistics are computed; null where the space has no batch-norm. */
  readonly calibration: AsyncIterable<ClassificationBatch> | null;
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
    calibration,
    prepare: (subnet) => prepareSubnet(model, subnet, calibration, device),
    [Symbol.dispose]: () => calibration?.[Symbol.dispose](),
  };
}
