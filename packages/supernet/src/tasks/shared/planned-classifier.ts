import { Random, requireInteger, requireObject, requireOptions } from "@supernet/base";
import { createEstimator, featureParts, type NetworkSpace, sampleSubnet } from "@supernet/nas";
import { SpaceClassifier } from "@supernet/nas/supernet";
import { nn, noGrad, randn, tidy, zeros } from "@supernet/torch";
import { requireSpace } from "../../network/space-models.js";
import { imagesPerPass, meanFlops, measureSecondsPerImage, trainingPass } from "../../plan/measure.js";
import type { PlannedNetwork } from "../../task/plan.js";
import type { TrainingSettings } from "../../training/settings.js";

/** Number of classes; fixed, because the data set may be missing. */
const CLASSES = 1000;

export interface PlannedClassifierOptions {
  /** Side of the square images, in pixels. */
  readonly imageSize: number;
  /** Settings of the training whose passes are timed. */
  readonly training: TrainingSettings;
  readonly seed: number;
}

/**
 * Describes a classifier for a plan. Its FLOPs are without the last layer; its seconds are for random images.
 * @example
 * const network = plannedClassifier(space, { imageSize: 224, training: recipe.steps.train, seed: recipe.seed });
 */
export function plannedClassifier(space: NetworkSpace, options: PlannedClassifierOptions): PlannedNetwork {
  requireSpace("plannedClassifier: space", space);
  requireOptions<PlannedClassifierOptions>("plannedClassifier", options, ["imageSize", "training", "seed"]);
  const { imageSize, training, seed } = options;
  requireInteger("plannedClassifier: imageSize", imageSize, { min: 1 });
  requireObject("plannedClassifier: training", training);
  requireInteger("plannedClassifier: seed", seed, { min: 0 });
  return {
    name: "classifier",
    size: { height: imageSize, width: imageSize },
    flops: meanFlops(createEstimator("features", featureParts(space), [3, imageSize, imageSize]), {
      space,
      seed,
    }),
    seconds(device) {
      const subnet = sampleSubnet(space, Random.of(seed, "plan"));
      const classifier = new SpaceClassifier(space, CLASSES, subnet).to({ device });
      const n = imagesPerPass(training, imageSize * imageSize);
      const images = randn([n, 3, imageSize, imageSize], { device });
      const labels = zeros([n], { dtype: "int64", device });
      const losses = () => ({ loss: nn.crossEntropy(classifier.forward(images), labels) });
      return {
        training: measureSecondsPerImage(n, trainingPass(classifier, { settings: training, device, losses })),
        inference: measureSecondsPerImage(n, () => {
          classifier.eval();
          noGrad(() => tidy(() => void classifier.forward(images).sum().item()));
        }),
      };
    },
  };
}
