import type { ClassifierTraining } from "../tasks/shared/classifier-training.settings.js";
import { defineRecipe } from "./define.js";
import { FASHION_MNIST } from "./fashion-mnist.js";
import { SGD, SHORT_TRAINING } from "./short-training.js";

/** Settings of both trainings. */
const training = {
  ...SHORT_TRAINING,
  batchSize: 64,
  optimizer: SGD,
  schedule: { kind: "cosine", endFactor: 0 },
  clipGradNorm: 5,
  labelSmoothing: 0.1,
} satisfies Partial<ClassifierTraining>;

/**
 * Search over width, depth, kernel, expansion and kind of block in minutes on two cores: Fashion-MNIST, and the mixed
 * space at a small size, trained with the sandwich rule and in-place distillation.
 */
export const mixedQuickstart = defineRecipe({
  task: "classification",
  name: "mixed-quickstart",
  description:
    "Search over widths, depths, kernels, expansions and blocks on Fashion-MNIST, in minutes on two cores",
  seed: 0,
  device: "auto",
  threads: 0,
  workers: 1,
  scorers: 2,
  space: {
    name: "mixed-mobilenet",
    stem: 8,
    first: 8,
    widths: [[12, 16], [16, 24], [24, 32], [32, 48], [48, 64], [96]],
    depths: [[1], [1, 2], [1, 2], [1, 2], [1], [1]],
    kernels: [3, 5],
    expansions: [2, 4],
    last: 192,
  },
  classification: { ...FASHION_MNIST, heldOut: 0.1 },
  steps: {
    train: {
      ...training,
      candidates: "independent",
      sampling: { kind: "sandwich", random: 2, distillation: true },
      epochs: 0.6,
      lr: { base: 0.05, batchSize: 64 },
      warmup: { iterations: 50, startFactor: 0.1 },
    },
    search: {
      strategy: {
        kind: "evolution",
        populationSize: 12,
        generations: 4,
        topK: 5,
        mutations: { children: 5, probability: 0.15 },
        crossovers: 5,
        maxTries: 10,
      },
      constraints: { flops: { max: 0.65e6 } },
      latency: null,
      batchNorm: { images: 512, batchSize: 128 },
      batchSize: 128,
      images: 2000,
    },
    retrain: {
      ...training,
      start: "inherited",
      epochs: 1,
      lr: { base: 0.04, batchSize: 64 },
      warmup: { iterations: 20, startFactor: 0.1 },
    },
    test: { batchSize: 128, images: 4000, randomSubnets: 12, sampleImages: 18 },
  },
});
