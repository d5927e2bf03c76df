import type { NetworkSpace } from "@supernet/nas";
import type { DetectionRecipe } from "../../recipe/schema.js";
import { costRoundBackbone } from "../../steps/detection/detector-cost.js";
import type { PerActivity } from "../activities.js";
import { classifierFlops, meanFlops, TRAINING } from "../flops.js";
import { counted, type GivenCounts, type Plan } from "../plan.js";
import { type DetectionFacts, dataFacts } from "./counts.js";
import { secondsPerImage } from "./speed.js";
import { workOf } from "./work.js";

export async function planDetection(
  recipe: DetectionRecipe,
  space: NetworkSpace,
  given: GivenCounts,
): Promise<Plan> {
  const facts = await counted("--images and --detection-images", () => dataFacts(recipe, given));
  const { imageSize } = recipe.classification;
  const { height, width } = facts.detection.size;
  return {
    networks: `classifier at ${imageSize}x${imageSize}, detector at ${height}x${width}`,
    work: workOf(recipe, space, facts),
    flopsPerImage: flopsPerImage(recipe, space, facts.detection),
    secondsPerImage: (device) => secondsPerImage(recipe, space, facts.detection, device),
  };
}

/**
 * Mean FLOPs that an image takes. Those of the detector round its backbone are counted by running it once, at the
 * most that inference can ask of it.
 */
function flopsPerImage(recipe: DetectionRecipe, space: NetworkSpace, detection: DetectionFacts): PerActivity {
  const input = [3, detection.size.height, detection.size.width];
  const backbone = meanFlops(space.backbone, input, space, recipe.seed);
  const detector = backbone + costRoundBackbone(recipe, space, detection.classes, input).flops;
  return {
    ...classifierFlops(recipe, space),
    detectorTraining: TRAINING * detector,
    detectorInference: detector,
  };
}
