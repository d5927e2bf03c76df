import type { RecipeInputs } from "../tasks/index.js";
import type { ClassifierTraining } from "../tasks/shared/classifier-training.settings.js";
import { defineRecipe } from "./define.js";

/** Settings of DeiT (https://arxiv.org/abs/2012.12877), which the published training follows. */
const TRAINING = {
  batchSize: 1024,
  microBatch: 128,
  optimizer: {
    kind: "adamw",
    betas: [0.9, 0.999],
    weightDecay: 0.05,
    noDecay: ["bias", "norm", "token", "position"],
  },
  clipGradNorm: null,
  syncBatchNorm: false,
  emaDecay: 0.99996,
  dropPath: 0.1,
  precision: "float32",
  evaluateEvery: 10,
  result: "last",
  checkpointEvery: 1000,
  keepLast: 2,
  labelSmoothing: 0.1,
} satisfies Partial<ClassifierTraining>;

/**
 * AutoFormer on ImageNet as published (https://arxiv.org/abs/2107.00651): 500 epochs of the supernet, a learning rate
 * of 1e-3 for 1024 images with a warmup of 20 epochs from 1e-6 and a decay to 1e-5, and 20 generations of 50
 * candidates. Differences from the published scripts:
 *
 * - The images that score candidates, about ten per class, are not trained on.
 * - The found subnet is also fine-tuned for 40 epochs.
 * - Weights are averaged, with the decay that the scripts have as an option. They do not use it: set `emaDecay: null`.
 * - Training is in float32, not in mixed precision: set `precision: bfloat16`.
 */
function autoFormerImageNet(size: "tiny" | "small" | "base", params: { min: number; max: number }) {
  return defineRecipe({
    task: "classification",
    name: `autoformer-${size}-imagenet`,
    description: `AutoFormer, ${size}, as published: train, search, fine-tune and test on ImageNet (data/imagenet)`,
    seed: 0,
    device: "auto",
    threads: 0,
    workers: 10,
    scorers: 1,
    // The published scripts do not scale the outputs.
    space: { name: `autoformer-${size}`, outputScale: false },
    classification: {
      data: "data/imagenet",
      imageSize: 224,
      evalResize: 256,
      evalImages: null,
      heldOut: 0.0078,
      interpolation: "bicubic",
      augmentation: {
        repeats: 3,
        crop: { kind: "random-resized", scale: [0.08, 1], ratio: [3 / 4, 4 / 3] },
        flip: 0.5,
        policy: {
          kind: "rand-augment",
          operations: 2,
          probability: 0.5,
          magnitude: 9,
          magnitudeStd: 0.5,
          increasing: true,
        },
        // The published value of 0.4 has no effect, because there is a policy.
        colorJitter: null,
        erasing: { probability: 0.25, area: [0.02, 1 / 3], ratio: [0.3, 1 / 0.3], fill: "noise" },
        mix: { kind: "mixup-or-cutmix", mixupAlpha: 0.8, cutmixAlpha: 1, cutmixProbability: 0.5 },
      },
      mean: [0.485, 0.456, 0.406],
      std: [0.229, 0.224, 0.225],
    },
    steps: {
      train: {
        ...TRAINING,
        candidates: "independent",
        sampling: { kind: "uniform" },
        epochs: 500,
        lr: { base: 5e-4, batchSize: 512 },
        schedule: { kind: "cosine", endFactor: 0.01 },
        warmup: { epochs: 20, startFactor: 0.001 },
      },
      search: {
        strategy: {
          kind: "evolution",
          populationSize: 50,
          generations: 20,
          topK: 10,
          mutations: { children: 25, probability: 0.2, perDecision: { depth: 0.4, width: 0.4 } },
          crossovers: 25,
          maxTries: 10,
        },
        constraints: { params },
        latency: null,
        batchNorm: null,
        batchSize: 128,
        images: null,
      },
      retrain: {
        ...TRAINING,
        start: "inherited",
        data: "train+search",
        evaluateEvery: null,
        epochs: 40,
        lr: { base: 5e-5, batchSize: 512 },
        schedule: { kind: "cosine", endFactor: 0.01 },
        warmup: { epochs: 5, startFactor: 0.01 },
      },
      test: { batchSize: 128, images: null, randomSubnets: 20, sampleImages: 12 },
    },
  } satisfies RecipeInputs["classification"]);
}

export const autoFormerTinyImageNet = autoFormerImageNet("tiny", { min: 5e6, max: 6e6 });
export const autoFormerSmallImageNet = autoFormerImageNet("small", { min: 22e6, max: 23e6 });
export const autoFormerBaseImageNet = autoFormerImageNet("base", { min: 53e6, max: 54e6 });
