// Classifiers of the space ../tabular/space.mjs on Fashion-MNIST, for ../ground-truth.mjs: which ones, their cost, and how
// one is trained alone.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Random } from "@supernet/base";
import { createEstimator, featureParts, sampleSubnet, subnetKey } from "@supernet/nas";
import { SpaceClassifier } from "@supernet/nas/supernet";
import { setNumThreads } from "@supernet/torch";
import { recipes } from "../../packages/supernet/dist/recipes/index.js";
import { createRun } from "../../packages/supernet/dist/recipes/load.js";
import { silentContext } from "../../packages/supernet/dist/run/loop-context.js";
import { searchedSpace } from "../../packages/supernet/dist/task/run-context.js";
import { buildSeeded } from "../../packages/supernet/dist/task/step-context.js";
import { scoringImages, trainingImages } from "../../packages/supernet/dist/tasks/classification/images.js";
import {
  classifierTraining,
  evaluateClassifier,
} from "../../packages/supernet/dist/tasks/shared/classifier-training.js";
import { labeledVal, openClassifierData } from "../../packages/supernet/dist/tasks/shared/labeled-images.js";
import { train } from "../../packages/supernet/dist/training/train.js";

const RECIPE = "mixed-quickstart";
const EPOCHS = Number(process.env.EPOCHS ?? 2);
const SUBNETS = 120;
/** The last ones are kept back: no method is chosen by them. */
const KEPT_BACK = 20;

export const training = { recipe: RECIPE, epochs: EPOCHS, start: "new weights" };

/** Context of a step of the recipe in a work directory, as in a run. */
export async function openContext(workDir, { seed = 0, step = "retrain" } = {}) {
  const space = { name: "file", file: fileURLToPath(new URL("../tabular/space.mjs", import.meta.url)) };
  const run = createRun({ ...recipes[RECIPE], space, seed, threads: 1, workers: 0, scorers: 1 });
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

/** Trains a subnet alone. Continues a training that was interrupted. */
export async function trainAlone(workDir, subnet, { seed, folder }) {
  setNumThreads(1);
  const context = await openContext(workDir, { seed });
  const { run, recipe, space } = context;
  const settings = {
    ...recipe.steps.retrain,
    start: "scratch",
    epochs: EPOCHS,
    lr: { base: Number(process.env.LR ?? 0.1), batchSize: 64 },
  };
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
