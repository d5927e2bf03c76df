import { UserError } from "@supernet/base";
import { hasLayer, type NetworkSpace } from "@supernet/nas";
import { sampleCount } from "@supernet/vision";
import type { ClassificationRecipe } from "../../recipe/schema.js";
import { trainingImages } from "../../steps/classification/images.js";
import { classificationSet } from "../../steps/common/labelled-images.js";
import { classifierFlops } from "../flops.js";
import { counted, type GivenCounts, type Plan } from "../plan.js";
import { timeClassifier } from "../timing.js";
import { type ImageCounts, workOf } from "./work.js";

export async function planClassification(
  recipe: ClassificationRecipe,
  space: NetworkSpace,
  { images, detectionImages }: GivenCounts,
): Promise<Plan> {
  if (detectionImages !== undefined) {
    throw new UserError(`--detection-images: ${recipe.name} has no images with boxes: leave it away`, {
      exitCode: 2,
    });
  }
  const counts = images ? assumed(recipe, images) : await counted("--images", () => countsOf(recipe));
  const { imageSize } = recipe.classification;
  return {
    networks: `classifier at ${imageSize}x${imageSize}`,
    work: workOf(recipe, space, counts, hasLayer(space, "batch-norm")),
    flopsPerImage: classifierFlops(recipe, space),
    secondsPerImage: (device) => timeClassifier(recipe, space, recipe.steps.train, device),
  };
}

function countsOf(recipe: ClassificationRecipe): ImageCounts {
  const { train, heldOut } = trainingImages(recipe);
  const test = classificationSet(recipe).openVal();
  return { train: sampleCount(train), heldOut: sampleCount(heldOut), test: sampleCount(test) };
}

function assumed(
  { classification }: ClassificationRecipe,
  { train, val }: NonNullable<GivenCounts["images"]>,
): ImageCounts {
  const heldOut = Math.round(train * classification.heldOut);
  return { train: train - heldOut, heldOut, test: val };
}
