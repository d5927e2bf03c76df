import type { nn, Tensor } from "@supernet/torch";
import { accumulateGradients } from "../training/gradients.js";
import type { TrainingSettings } from "../training/settings.js";

/** Passes of which the median is taken, after one that is not counted. */
const PASSES = 3;
/** Images in a measured pass, at most: of a larger batch an image takes about the same. */
const MOST_IMAGES = 16;
/** Pixels in a measured pass, at most, so that a plan takes seconds also where a batch does not fit in memory. */
const MOST_PIXELS = 2e6;

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
