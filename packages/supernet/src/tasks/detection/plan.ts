import { Random } from "@supernet/base";
import { type NetworkSpace, sampleSubnet } from "@supernet/nas";
import { SpaceBackbone } from "@supernet/nas/supernet";
import { randn, tidy } from "@supernet/torch";
import type { GroundTruth } from "@supernet/vision";
import { meanFlops } from "../../plan/flops.js";
import { countImages } from "../../plan/plan.js";
import { backward, imagesAPass, timed } from "../../plan/timing.js";
import type { GivenCounts, PlannedNetwork, TaskPlan } from "../../task/plan.js";
import { searchedSpace } from "../../task/run-context.js";
import { plannedClassifier } from "../shared/planned-classifier.js";
import { type DetectionFacts, dataFacts } from "./counts.js";
import { type DetectorBuilder, detectorBuilder, surroundingCost } from "./detector.js";
import type { DetectionRecipe, DetectionRun } from "./settings.js";
import { workOf } from "./work.js";

export async function planDetection(run: DetectionRun, given: GivenCounts): Promise<TaskPlan> {
  const { recipe } = run;
  const space = await run.get(searchedSpace);
  const facts = await countImages(() => dataFacts(run, given));
  return {
    networks: [
      plannedClassifier(space, {
        imageSize: recipe.classification.imageSize,
        training: recipe.steps.pretrain,
        seed: recipe.seed,
      }),
      plannedDetector(recipe, space, await run.get(detectorBuilder), facts.detection),
    ],
    work: workOf(recipe, space, facts),
  };
}

/**
 * A detector as a plan counts it. FLOPs of what surrounds its backbone are counted by running it once, at the most that
 * inference can ask of it. Seconds are those of one random subnet on images of noise: forward and backward as in
 * training, forward and post-processing as in inference. Neither reading images nor the optimizer's step is counted.
 */
function plannedDetector(
  recipe: DetectionRecipe,
  space: NetworkSpace,
  build: DetectorBuilder,
  { size, classes }: DetectionFacts,
): PlannedNetwork {
  const { seed, steps } = recipe;
  const { height, width } = size;
  const input = [3, height, width] as const;
  const backboneFlops = meanFlops(space.backbone, input, space, seed);
  return {
    name: "detector",
    size,
    flops: backboneFlops + surroundingCost(build, { space, classes, input }).flops,
    seconds(device) {
      const subnet = sampleSubnet(space, Random.of(seed, "plan"));
      const detector = build(new SpaceBackbone(space, subnet), classes).to({ device });
      const n = imagesAPass(steps.finetune, height * width);
      const scenes = randn([n, 3, height, width], { device });
      const sizes = Array.from({ length: n }, () => size);
      const truth = sizes.map(() => middleBox(height, width));
      const detect = (pass: number) => detector.forward(scenes, sizes, truth, ["plan", pass]);
      return {
        training: timed(n, backward(detector, steps.finetune, device, detect)),
        inference: timed(n, () => {
          detector.eval();
          tidy(() => void detector.detect(scenes, sizes));
        }),
      };
    },
  };
}

/** One object in the middle, half as high and wide as the image. */
function middleBox(height: number, width: number): GroundTruth {
  const boxes = Float32Array.of(width / 4, height / 4, (3 * width) / 4, (3 * height) / 4);
  return { boxes, labels: new Int32Array(1), crowd: new Uint8Array(1) };
}
