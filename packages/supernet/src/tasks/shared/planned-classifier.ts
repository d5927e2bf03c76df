import { Random } from "@supernet/base";
import { featureParts, type NetworkSpace, sampleSubnet } from "@supernet/nas";
import { SpaceClassifier } from "@supernet/nas/supernet";
import { nn, noGrad, randn, tidy, zeros } from "@supernet/torch";
import { meanFlops } from "../../plan/flops.js";
import { backward, imagesAPass, timed } from "../../plan/timing.js";
import type { PlannedNetwork } from "../../task/plan.js";
import type { TrainingSettings } from "../../training/settings.js";

/** Stands for the classes of a data set that may not be there. */
const CLASSES = 1000;

export interface PlannedClassifierOptions {
  /** Side of the square that the network sees, in pixels. */
  readonly imageSize: number;
  /** Settings of the training whose passes are timed. */
  readonly training: TrainingSettings;
  readonly seed: number;
}

/** A classifier as a plan counts it: FLOPs without its last layer, seconds on images of noise. */
export function plannedClassifier(
  space: NetworkSpace,
  { imageSize, training, seed }: PlannedClassifierOptions,
): PlannedNetwork {
  return {
    name: "classifier",
    size: { height: imageSize, width: imageSize },
    flops: meanFlops(featureParts(space), [3, imageSize, imageSize], space, seed),
    seconds(device) {
      const subnet = sampleSubnet(space, Random.of(seed, "plan"));
      const classifier = new SpaceClassifier(space, CLASSES, subnet).to({ device });
      const n = imagesAPass(training, imageSize * imageSize);
      const images = randn([n, 3, imageSize, imageSize], { device });
      const labels = zeros([n], { dtype: "int64", device });
      const losses = () => ({ loss: nn.crossEntropy(classifier.forward(images), labels) });
      return {
        training: timed(n, backward(classifier, training, device, losses)),
        inference: timed(n, () => {
          classifier.eval();
          noGrad(() => tidy(() => void classifier.forward(images).sum().item()));
        }),
      };
    },
  };
}
