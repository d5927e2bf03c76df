import { Random } from "@supernet/base";
import { type NetworkSpace, sampleSubnet } from "@supernet/nas";
import { randn, tidy } from "@supernet/torch";
import { buildDetector, type GroundTruth } from "@supernet/vision";
import type { DetectionRecipe } from "../../recipe/schema.js";
import { architectureOf } from "../../steps/common/architecture.js";
import type { PerActivity } from "../activities.js";
import { backward, imagesAPass, timeClassifier, timed } from "../timing.js";
import type { DetectionFacts } from "./counts.js";

/**
 * Seconds that an image takes on this machine, by networks of one random subnet on images of noise: forward and
 * backward as in training, forward and post-processing as in inference. Neither reading images nor the optimiser's
 * step is counted.
 */
export function secondsPerImage(
  recipe: DetectionRecipe,
  space: NetworkSpace,
  { size, classes }: DetectionFacts,
  device: string,
): PerActivity {
  const { pretrain, finetune } = recipe.steps;
  const subnet = sampleSubnet(space, Random.of(recipe.seed, "plan"));
  const backbone = architectureOf(space, 1).backbone(subnet);
  const detector = buildDetector(backbone, recipe.detector, classes).to({ device });
  const n = imagesAPass(finetune, size.height * size.width);
  const scenes = randn([n, 3, size.height, size.width], { device });
  const sizes = Array.from({ length: n }, () => size);
  const truth = sizes.map(() => middleBox(size.height, size.width));
  const detect = (pass: number) => detector.forward(scenes, sizes, truth, ["plan", pass]);
  return {
    ...timeClassifier(recipe, space, pretrain, device),
    detectorTraining: timed(n, backward(detector, finetune, device, detect)),
    detectorInference: timed(n, () => {
      detector.eval();
      tidy(() => void detector.detect(scenes, sizes));
    }),
  };
}

/** One object in the middle, half as high and wide as the image. */
function middleBox(height: number, width: number): GroundTruth {
  const boxes = Float32Array.of(width / 4, height / 4, (3 * width) / 4, (3 * height) / 4);
  return { boxes, labels: new Int32Array(1), crowd: new Uint8Array(1) };
}
