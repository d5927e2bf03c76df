import { hasLayer } from "@supernet/nas";
import { sampleCount } from "@supernet/vision";
import { countImages } from "../../plan/plan.js";
import type { GivenCounts, TaskPlan } from "../../task/plan.js";
import { searchedSpace } from "../../task/run-context.js";
import { labeledVal } from "../shared/labeled-images.js";
import { plannedClassifier } from "../shared/planned-classifier.js";
import { trainingImages } from "./images.js";
import type { ClassificationRecipe, ClassificationRun } from "./settings.js";
import { type ImageCounts, workOf } from "./work.js";

export async function planClassification(run: ClassificationRun, { images }: GivenCounts): Promise<TaskPlan> {
  const { recipe } = run;
  const space = await run.get(searchedSpace);
  const counts = images ? assumed(recipe, images) : await countImages(() => countsOf(run));
  return {
    networks: [
      plannedClassifier(space, {
        imageSize: recipe.classification.imageSize,
        training: recipe.steps.train,
        seed: recipe.seed,
      }),
    ],
    work: workOf(recipe, space, counts, hasLayer(space, "batch-norm")),
  };
}

function countsOf(run: ClassificationRun): ImageCounts {
  const { train, heldOut } = run.get(trainingImages);
  return { train: sampleCount(train), heldOut: sampleCount(heldOut), test: sampleCount(run.get(labeledVal)) };
}

function assumed(
  { classification }: ClassificationRecipe,
  { train, val }: NonNullable<GivenCounts["images"]>,
): ImageCounts {
  const heldOut = Math.round(train * classification.heldOut);
  return { train: train - heldOut, heldOut, test: val };
}
