import type { ClassifierTraining } from "../tasks/shared/classifier-training.settings.js";
import { defineRecipe } from "./define.js";
import { FASHION_MNIST } from "./fashion-mnist.js";
import { SHORT_TRAINING } from "./short-training.js";

/** Settings of both trainings. */
const training = {
  ...SHORT_TRAINING,
  batchSize: 64,
  optimizer: {
    kind: "adamw",
    betas: [0.9, 0.999],
    weightDecay: 0.05,
    noDecay: ["bias", "norm", "token", "position"],
  },
  schedule: { kind: "cosine", endFactor: 0.01 },
  clipGradNorm: 1,
  checkpointEvery: 200,
  labelSmoothing: 0.1,
} satisfies Partial<ClassifierTraining>;

/**
 * AutoFormer in minutes on two cores: Fashion-MNIST, patches of 8 x 8 pixels, widths up to 96. The training is too
 * short to overfit, so it has no mixing, erasing, drop path or averaged weights.
 */
export const autoFormerQuickstart = defineRecipe({
  task: "classification",
  name: "autoformer-quickstart",
  description: "AutoFormer on Fashion-MNIST: finds a small vision transformer in minutes on two cores",
  seed: 0,
  device: "auto",
  threads: 0,
  workers: 1,
  scorers: 2,
  space: {
    name: "autoformer-tiny",
    imageSize: 32,
    patch: 8,
    width: [64, 80, 96],
    depth: [3, 4, 5],
    heads: [1, 2],
    ratio: [2, 3, 4],
  },
  classification: { ...FASHION_MNIST, heldOut: 0.1 },
  steps: {
    train: {
      ...training,
      candidates: "independent",
      sampling: { kind: "uniform" },
      epochs: 8,
      lr: { base: 1e-3, batchSize: 64 },
      warmup: { iterations: 200, startFactor: 0.01 },
    },
    search: {
      strategy: {
        kind: "evolution",
        populationSize: 12,
        generations: 4,
        topK: 5,
        mutations: { children: 5, probability: 0.2, perDecision: { depth: 0.4, width: 0.4 } },
        crossovers: 5,
        maxTries: 10,
      },
      constraints: { params: { min: 200e3, max: 300e3 } },
      latency: null,
      batchNorm: null,
      batchSize: 128,
      images: 3000,
    },
    retrain: {
      ...training,
      start: "inherited",
      epochs: 3,
      lr: { base: 5e-4, batchSize: 64 },
      warmup: { iterations: 50, startFactor: 0.01 },
    },
    test: { batchSize: 128, images: null, randomSubnets: 12, sampleImages: 18 },
  },
});
