// Classifiers of the space ../tabular/space.mjs on Fashion-MNIST, for ../ground-truth.mjs: which ones, their cost, and how
// one is trained alone.
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Random } from "@supernet/base";
import { createEstimator, featureParts, sampleSubnet, subnetKey, ZERO_COST_SCORES } from "@supernet/nas";
import { SpaceClassifier, zeroCostScore } from "@supernet/nas/supernet";
import { fromTypedArray, setNumThreads } from "@supernet/torch";
import { openRun } from "../../packages/supernet/dist/recipes/load.js";
import { silentContext } from "../../packages/supernet/dist/run/loop-context.js";
import { searchedSpace } from "../../packages/supernet/dist/task/run-context.js";
import { buildSeeded, weightsIn } from "../../packages/supernet/dist/task/step-context.js";
import { trainCandidate } from "../../packages/supernet/dist/tasks/classification/candidate.js";
import { scoringImages, trainingImages } from "../../packages/supernet/dist/tasks/classification/images.js";
import { openClassifierScorer } from "../../packages/supernet/dist/tasks/classification/scoring.js";
import { train as trainSupernet } from "../../packages/supernet/dist/tasks/classification/training-steps.js";
import {
  classifierTraining,
  evaluateClassifier,
} from "../../packages/supernet/dist/tasks/shared/classifier-training.js";
import { labeledVal, openClassifierData } from "../../packages/supernet/dist/tasks/shared/labeled-images.js";
import { train } from "../../packages/supernet/dist/training/train.js";

const RECIPE = "mixed-quickstart";
const EPOCHS = 2;
const SUBNETS = 120;
/** The last ones are kept back: no method is chosen by them. */
const KEPT_BACK = 20;

export const training = { recipe: RECIPE, epochs: EPOCHS, start: "new weights" };

/** Training of the supernet, as in ../tabular.mjs. */
const SUPERNET = {
  "steps.train.sampling": { kind: "uniform" },
  "steps.train.epochs": 6,
  "steps.train.lr.base": 0.1,
  "steps.search.constraints.flops.max": 1e9,
};

/** Settings of the supernet's training that differ from these, by key. */
export const LEVERS = {
  plain: {},
  fair: { "steps.train.sampling": { kind: "fair" }, "steps.train.epochs": 1.2 },
  sandwich: {
    "steps.train.sampling": { kind: "sandwich", random: 2, distillation: false },
    "steps.train.epochs": 1.5,
  },
  distilled: {
    "steps.train.sampling": { kind: "sandwich", random: 2, distillation: true },
    "steps.train.epochs": 1.5,
  },
  ranked: { "steps.train.sampling": { kind: "ranked", weight: 0.5 }, "steps.train.epochs": 2.25 },
  greedy: { "steps.train.sampling": { kind: "greedy", draws: 3 }, "steps.train.epochs": 3 },
  "by-size": { "steps.train.sampling": { kind: "uniform", sizeExponent: 0.5 } },
  "no-decay": {
    "steps.train.optimizer": { kind: "sgd", momentum: 0.9, nesterov: true, weightDecay: 0, noDecay: [] },
  },
  averaged: { "steps.train.emaDecay": 0.999 },
  recalibrated: { "steps.search.batchNorm": { images: 4096, batchSize: 128 } },
  "half-length": { "steps.train.epochs": 3 },
  "double-length": { "steps.train.epochs": 12 },
};

/** Epochs of training a subnet alone, from the weights of a supernet, before it is scored: by name, as a lever. */
export const FINE_TUNED = { "fine-tuned": 0.5 };
/** Lever whose weights they start from. */
const FINE_TUNED_FROM = "plain";

/** Scores of untrained networks, by name. */
export const UNTRAINED = ZERO_COST_SCORES;

/** Scores untrained networks on one batch. */
export async function scoreUntrained(workDir, subnets, { seed, kind }) {
  setNumThreads(1);
  const { run, recipe, space } = await openContext(workDir, { seed });
  const { classes, train: images, heldOut } = run.get(trainingImages);
  const batching = { batchSize: 32, microBatch: null };
  const data = openClassifierData(recipe, { classes, train: images, val: heldOut }, batching);
  const [batch] = (await data.of({}).train.lend(0, 1)[Symbol.asyncIterator]().next()).value;
  const score = zeroCostScore(kind, space, {
    classes: classes.length,
    images: fromTypedArray(Float32Array.from(batch.images), batch.shape),
    labels: fromTypedArray(BigInt64Array.from(batch.labels, BigInt), [batch.labels.length]),
    seed,
  });
  return subnets.map((subnet) => score(subnet));
}

const trainingSettings = (recipe, epochs) => ({
  ...recipe.steps.retrain,
  start: "scratch",
  epochs,
  lr: { base: 0.1, batchSize: 64 },
});

/** Context of a step of the recipe in a work directory, as in a run. */
export async function openContext(workDir, { seed = 0, step = "retrain", settings = {} } = {}) {
  const file = fileURLToPath(new URL("../tabular/space.mjs", import.meta.url));
  const fixed = { space: { name: "file", file }, seed, threads: 1, workers: 0, scorers: 1 };
  const changes = Object.entries({ ...fixed, ...SUPERNET, ...settings }).map(
    ([key, value]) => `${key}=${JSON.stringify(value)}`,
  );
  const run = await openRun(RECIPE, changes);
  const folder = (name = step) => join(workDir, "steps", name);
  const opened = await run.get(searchedSpace);
  const host = silentContext(step, folder());
  return { run, recipe: run.recipe, space: opened, root: workDir, device: "cpu", folder, host, log() {} };
}

/** There is nothing to prepare. */
export function prepare() {}

/** Samples different random subnets. */
export async function sample(workDir) {
  const { space, recipe } = await openContext(workDir);
  const side = recipe.classification.imageSize;
  const { measure } = createEstimator("features", featureParts(space), [3, side, side]);
  const found = new Map();
  for (let i = 0; found.size < SUBNETS; i++) {
    const subnet = sampleSubnet(space, Random.of("ranking", "tabular", i));
    found.set(subnetKey(space, subnet), subnet);
  }
  return [...found.values()].map((subnet, i) => {
    const { flops, params } = measure(subnet);
    return { subnet, keptBack: i >= SUBNETS - KEPT_BACK, flops, params };
  });
}

/** Trains the supernet with other settings, and scores subnets with its weights. Continues if it was interrupted. */
export async function scoreWithSupernet(workDir, subnets, { seed, folder, settings }) {
  setNumThreads(1);
  const context = await openContext(workDir, { seed, step: "train", settings });
  const own = {
    ...context,
    folder: (name = "train") => (name === "train" ? folder : context.folder(name)),
    host: silentContext("train", join(folder, "training")),
  };
  mkdirSync(join(folder, "training"), { recursive: true });
  if (!existsSync(weightsIn(folder))) await trainSupernet(own);
  const scorer = openClassifierScorer(own);
  const scored = await scorer.score({ subnets, fraction: 1, checks: [] }, async () => {});
  scorer[Symbol.dispose]();
  return scored.map(({ score }) => score);
}

/** Trains subnets alone for some epochs, from the weights that a lever left, and scores them. */
export async function* scoreFineTuned(workDir, subnets, { seed, epochs, from }) {
  setNumThreads(1);
  const context = await openContext(workDir, { seed });
  const lever = join(workDir, "levers", `${FINE_TUNED_FROM}-${seed}`);
  const folder = (name = "retrain") => (name === "train" ? lever : context.folder(name));
  for (const [i, subnet] of subnets.entries()) {
    if (i < from) continue;
    const own = join(workDir, "levers", `fine-tuned-${epochs}-${seed}`, String(i));
    mkdirSync(join(own, "training"), { recursive: true });
    const settings = {
      ...trainingSettings(context.recipe, epochs),
      start: "inherited",
      lr: { base: 0.05, batchSize: 64 },
    };
    const folderOf = (name = "retrain") => (name === "retrain" ? own : folder(name));
    const host = silentContext("retrain", join(own, "training"));
    const { search } = await trainCandidate(
      { ...context, folder: folderOf, host },
      { subnet, settings, test: false },
    );
    yield search;
  }
}

/** Trains a subnet alone. Continues a training that was interrupted. */
export async function trainAlone(workDir, subnet, { seed, folder }) {
  setNumThreads(1);
  const context = await openContext(workDir, { seed });
  const { run, recipe, space } = context;
  const settings = trainingSettings(recipe, EPOCHS);
  const { classes, train: images, heldOut } = run.get(trainingImages);
  const data = openClassifierData(recipe, { classes, train: images, val: heldOut }, settings);
  const model = buildSeeded(context, "retrain", () => new SpaceClassifier(space, classes.length, subnet));
  mkdirSync(folder, { recursive: true });
  const options = { model, settings, data: data.of(subnet), device: "cpu", seed };
  await train(classifierTraining(options), silentContext("retrain", folder));
  const accuracy = async (samples) => {
    const scored = scoringImages(recipe, samples, { batchSize: 200, images: null }).of(subnet);
    return (await evaluateClassifier(model, scored, "cpu")).accuracy;
  };
  return { search: await accuracy(heldOut), test: await accuracy(run.get(labeledVal)) };
}
