import { Random } from "@supernet/base";
import { type NetworkSpace, sampleSubnet } from "@supernet/nas";
import { nn, noGrad, randn, type Tensor, tidy, zeros } from "@supernet/torch";
import type { Recipe } from "../recipe/schema.js";
import type { TrainingSettings } from "../recipe/training-schema.js";
import { architectureOf } from "../steps/common/architecture.js";
import { accumulateGradients } from "../training/gradients.js";
import type { PerActivity } from "./activities.js";

/** Passes of which the median is taken, after one that is not counted. */
const PASSES = 3;
/** Images in a measured pass, at most: of a larger batch an image takes about the same. */
const MOST_IMAGES = 16;
/** Pixels in a measured pass, at most, so that a plan takes seconds also where a batch does not fit in memory. */
const MOST_PIXELS = 2e6;
/** Stands for the classes of a data set that may not be there. */
const CLASSES = 1000;

/** Seconds that an image takes, forward and backward as in training and forward as in inference, on noise. */
export function timeClassifier(
  recipe: Recipe,
  space: NetworkSpace,
  settings: TrainingSettings,
  device: string,
): PerActivity {
  const subnet = sampleSubnet(space, Random.of(recipe.seed, "plan"));
  const { imageSize } = recipe.classification;
  const classifier = architectureOf(space, CLASSES).classifier(subnet).to({ device });
  const n = imagesAPass(settings, imageSize * imageSize);
  const images = randn([n, 3, imageSize, imageSize], { device });
  const labels = zeros([n], { dtype: "int64", device });
  const losses = () => ({ loss: nn.crossEntropy(classifier.forward(images), labels) });
  return {
    classifierTraining: timed(n, backward(classifier, settings, device, losses)),
    classifierInference: timed(n, () => {
      classifier.eval();
      noGrad(() => tidy(() => void classifier.forward(images).sum().item()));
    }),
  };
}

export function imagesAPass({ batchSize, microBatch }: TrainingSettings, pixels: number): number {
  return Math.max(1, Math.min(microBatch ?? batchSize, MOST_IMAGES, Math.floor(MOST_PIXELS / pixels)));
}

/** A pass of training: forward, backward, and the gradients dropped. */
export function backward(
  model: nn.Module,
  settings: TrainingSettings,
  device: string,
  losses: (pass: number) => Readonly<Record<string, Tensor>>,
): () => void {
  const parameters = model.parameters();
  return () => {
    model.train();
    accumulateGradients(
      { settings, device, losses: (_, pass) => losses(pass) },
      { parameters, batch: [undefined], iteration: 0 },
    );
    for (const parameter of parameters) parameter.grad = undefined;
  };
}

/** Seconds that an image takes in a pass. */
export function timed(images: number, pass: () => void): number {
  pass();
  const seconds = Array.from({ length: PASSES }, () => {
    const start = performance.now();
    pass();
    return (performance.now() - start) / 1000;
  });
  return seconds.sort((a, b) => a - b)[PASSES >> 1]! / images;
}
