// Measurements for a plan: FLOPs, computed from shapes, and seconds on this machine.
import { Random } from "@supernet/base";
import { type Estimator, type NetworkSpace, sampleSubnet } from "@supernet/nas";
import type { nn, Tensor } from "@supernet/torch";
import { accumulateGradients } from "../training/gradients.js";
import type { TrainingSettings } from "../training/settings.js";

/** Number of subnets over which FLOPs are averaged. Each takes microseconds. */
const SAMPLED_SUBNETS = 1000;

/** Number of timed passes; their median is used. One untimed pass precedes them. */
const PASSES = 3;
/** Maximum number of images in a timed pass. In a larger batch an image takes about the same time. */
const MAX_IMAGES = 16;
/** Maximum number of pixels in a timed pass. It keeps a plan fast, even if a batch does not fit into memory. */
const MAX_PIXELS = 2e6;

/** Computes the mean FLOPs of a network over random subnets. */
export function meanFlops(
  { measure }: Pick<Estimator, "measure">,
  { space, seed }: { readonly space: NetworkSpace; readonly seed: number },
): number {
  let sum = 0;
  for (let i = 0; i < SAMPLED_SUBNETS; i++)
    sum += measure(sampleSubnet(space, Random.of(seed, "plan", i))).flops;
  return sum / SAMPLED_SUBNETS;
}

/** Returns the number of images in a timed pass. */
export function imagesPerPass({ batchSize, microBatch }: TrainingSettings, pixels: number): number {
  return Math.max(1, Math.min(microBatch ?? batchSize, MAX_IMAGES, Math.floor(MAX_PIXELS / pixels)));
}

/** Returns a function that runs one training pass, forward and backward, and discards the gradients. */
export function trainingPass(
  model: nn.Module,
  {
    settings,
    device,
    losses,
  }: {
    readonly settings: TrainingSettings;
    readonly device: string;
    readonly losses: (pass: number) => Readonly<Record<string, Tensor>>;
  },
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

/** Measures the seconds that a pass takes per image. */
export function measureSecondsPerImage(images: number, pass: () => void): number {
  pass();
  const seconds = Array.from({ length: PASSES }, () => {
    const start = performance.now();
    pass();
    return (performance.now() - start) / 1000;
  });
  return seconds.sort((a, b) => a - b)[PASSES >> 1]! / images;
}
