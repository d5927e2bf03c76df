import { Random, requireInteger, requireObject, requireOptions } from "@supernet/base";
import {
  createEstimator,
  featureParts,
  type NetworkSpace,
  type Subnet,
  sampleSubnet,
  splitByImageSize,
} from "@supernet/nas";
import { SpaceClassifier } from "@supernet/nas/supernet";
import { nn, noGrad, randn, tidy, zeros } from "@supernet/torch";
import { byInput } from "../../network/by-input.js";
import { requireSpace } from "../../network/space-models.js";
import { imagesPerPass, meanFlops, measureSecondsPerImage, trainingPass } from "../../plan/measure.js";
import type { PlannedNetwork } from "../../task/plan.js";
import type { TrainingSettings } from "../../training/settings.js";

/** Number of classes; fixed, because the data set may be missing. */
const CLASSES = 1000;

export interface PlannedClassifierOptions {
  /** Side of the square images, in pixels, or a function that returns that of a subnet's images. */
  readonly imageSize: number | ((subnet: Subnet) => number);
  /** Settings of the training whose passes are timed. */
  readonly training: TrainingSettings;
  readonly seed: number;
}

/**
 * Describes a classifier for a plan. Its FLOPs are without the last layer; its seconds are for random images. With
 * several image sizes, its size and its seconds are means over them.
 * @example
 * const network = plannedClassifier(space, { imageSize: 224, training: recipe.steps.train, seed: recipe.seed });
 */
export function plannedClassifier(space: NetworkSpace, options: PlannedClassifierOptions): PlannedNetwork {
  requireSpace("plannedClassifier: space", space);
  requireOptions<PlannedClassifierOptions>("plannedClassifier", options, ["imageSize", "training", "seed"]);
  const { imageSize, training, seed } = options;
  if (typeof imageSize !== "function") requireInteger("plannedClassifier: imageSize", imageSize, { min: 1 });
  requireObject("plannedClassifier: training", training);
  requireInteger("plannedClassifier: seed", seed, { min: 0 });
  const sideOf = typeof imageSize === "number" ? () => imageSize : imageSize;
  const estimatorOf = byInput(
    (subnet) => {
      const side = sideOf(subnet);
      return [3, side, side];
    },
    (input) => createEstimator("features", featureParts(space), input),
  );
  /** A subnet of each image size. */
  const subnets = [
    ...new Map(
      splitByImageSize(space).map((own) => {
        const subnet = sampleSubnet(own, Random.of(seed, "plan"));
        return [sideOf(subnet), subnet];
      }),
    ),
  ];
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const side = Math.round(mean(subnets.map(([own]) => own)));
  return {
    name: "classifier",
    size: { height: side, width: side },
    flops: meanFlops({ measure: (subnet) => estimatorOf(subnet).measure(subnet) }, { space, seed }),
    seconds(device) {
      const measured = subnets.map(([own, subnet]) =>
        measureSeconds(space, subnet, { training, side: own, device }),
      );
      return {
        training: mean(measured.map((seconds) => seconds.training)),
        inference: mean(measured.map((seconds) => seconds.inference)),
      };
    },
  };
}

/** Measures the seconds per image that a subnet takes. */
function measureSeconds(
  space: NetworkSpace,
  subnet: Subnet,
  {
    training,
    side,
    device,
  }: { readonly training: TrainingSettings; readonly side: number; readonly device: string },
): ReturnType<PlannedNetwork["seconds"]> {
  const classifier = new SpaceClassifier(space, CLASSES, subnet).to({ device });
  const n = imagesPerPass(training, side * side);
  const images = randn([n, 3, side, side], { device });
  const labels = zeros([n], { dtype: "int64", device });
  const losses = () => ({ loss: nn.crossEntropy(classifier.forward(images), labels) });
  return {
    training: measureSecondsPerImage(n, trainingPass(classifier, { settings: training, device, losses })),
    inference: measureSecondsPerImage(n, () => {
      classifier.eval();
      noGrad(() => tidy(() => void classifier.forward(images).sum().item()));
    }),
  };
}
