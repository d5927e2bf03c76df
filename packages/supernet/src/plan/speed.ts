import { type NetworkSpace, sampleSubnet } from "@supernet/nas";
import { nn, noGrad, Random, randn, type Tensor, tidy, zeros } from "@supernet/torch";
import { buildDetector, type GroundTruth } from "@supernet/vision";
import type { Recipe } from "../recipe/schema.js";
import type { TrainingSettings } from "../recipe/training-schema.js";
import { architectureOf } from "../steps/architecture.js";
import { gradientsOf } from "../training/gradients.js";
import type { DetectionFacts } from "./counts.js";
import type { PerActivity } from "./work.js";

/** Passes of which the median is taken, after one that is not counted. */
const PASSES = 3;
/** Images in a measured pass, at most: of a larger batch an image takes about the same. */
const MOST_IMAGES = 16;
/** Pixels in a measured pass, at most, so that a plan takes seconds also where a batch does not fit in memory. */
const MOST_PIXELS = 2e6;
/** Stands for the classes of a data set that may not be there. */
const CLASSES = 1000;

/**
 * Seconds that an image takes on this machine, by networks of one random subnet on images of noise: forward and
 * backward as in training, forward and post-processing as in inference. Neither reading images nor the optimiser's
 * step is counted.
 */
export function secondsPerImage(
  recipe: Recipe,
  space: NetworkSpace,
  detection: DetectionFacts,
  device: string,
): PerActivity {
  const architecture = architectureOf(space, CLASSES);
  const subnet = sampleSubnet(space, Random.of(recipe.seed, "plan"));
  const { imageSize } = recipe.classification;
  const { pretrain, finetune } = recipe.steps;
  const { size } = detection;

  const classifier = architecture.classifier(subnet).to({ device });
  const small = imagesAPass(pretrain, imageSize * imageSize);
  const photographs = randn([small, 3, imageSize, imageSize], { device });
  const labels = zeros([small], { dtype: "int64", device });
  const classify = () => ({ loss: nn.crossEntropy(classifier.forward(photographs), labels) });

  const detector = buildDetector(architecture.backbone(subnet), recipe.detector, detection.classes).to({
    device,
  });
  const large = imagesAPass(finetune, size.height * size.width);
  const scenes = randn([large, 3, size.height, size.width], { device });
  const sizes = Array.from({ length: large }, () => size);
  const truth = sizes.map(() => middleBox(size.height, size.width));
  const detect = (pass: number) => detector.forward(scenes, sizes, truth, ["plan", pass]);

  return {
    classifierTraining: timed(small, backward(classifier, pretrain, device, classify)),
    classifierInference: timed(small, () => {
      classifier.eval();
      noGrad(() => tidy(() => void classifier.forward(photographs).sum().item()));
    }),
    detectorTraining: timed(large, backward(detector, finetune, device, detect)),
    detectorInference: timed(large, () => {
      detector.eval();
      tidy(() => void detector.detect(scenes, sizes));
    }),
  };
}

function imagesAPass({ batchSize, microBatch }: TrainingSettings, pixels: number): number {
  return Math.max(1, Math.min(microBatch ?? batchSize, MOST_IMAGES, Math.floor(MOST_PIXELS / pixels)));
}

/** One object in the middle, half as high and wide as the image. */
function middleBox(height: number, width: number): GroundTruth {
  const boxes = Float32Array.of(width / 4, height / 4, (3 * width) / 4, (3 * height) / 4);
  return { boxes, labels: new Int32Array(1), crowd: new Uint8Array(1) };
}

function backward(
  model: nn.Module,
  settings: TrainingSettings,
  device: string,
  losses: (pass: number) => Readonly<Record<string, Tensor>>,
): () => void {
  const parameters = model.parameters();
  return () => {
    model.train();
    gradientsOf({ settings, device, losses: (_, pass) => losses(pass) }, parameters, [undefined], 0);
    for (const parameter of parameters) parameter.grad = undefined;
  };
}

function timed(images: number, pass: () => void): number {
  pass();
  const seconds = Array.from({ length: PASSES }, () => {
    const start = performance.now();
    pass();
    return (performance.now() - start) / 1000;
  });
  return seconds.sort((a, b) => a - b)[PASSES >> 1]! / images;
}
