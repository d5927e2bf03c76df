// Whole detectors of the quickstart's space, for ../ground-truth.mjs: which ones, their cost, and how one is trained
// alone.
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { Random } from "@supernet/base";
import { sampleSubnet, subnetKey } from "@supernet/nas";
import { setNumThreads, tidy } from "@supernet/torch";
import { openRun } from "../../packages/supernet/dist/recipes/load.js";
import { silentContext } from "../../packages/supernet/dist/run/loop-context.js";
import { measureRunTable } from "../../packages/supernet/dist/search/latency-step.js";
import { searchProblem } from "../../packages/supernet/dist/search/problem.js";
import { searchedSpace } from "../../packages/supernet/dist/task/run-context.js";
import { loadWeights, saveWeights, weightsIn } from "../../packages/supernet/dist/task/step-context.js";
import { openDetection } from "../../packages/supernet/dist/tasks/detection/data.js";
import { openDetectorScorer } from "../../packages/supernet/dist/tasks/detection/scoring.js";
import {
  buildModel,
  detectorTraining,
  evaluateDetector,
  inheritWeights,
} from "../../packages/supernet/dist/tasks/detection/training.js";
import { finetune, trainSubnet } from "../../packages/supernet/dist/tasks/detection/training-steps.js";
import { createSampler, withChoice } from "../../packages/supernet/dist/training/sampling.js";
import { train } from "../../packages/supernet/dist/training/train.js";

export const RECIPE = "detector-quickstart";
const EPOCHS = 8;
/** Predicted latencies of the bands, as fractions of the default detector's. */
const BANDS = [0.18, 0.23, 0.29, 0.37, 0.47, 0.6, 0.76, 0.96];
const PER_BAND = 10;
/** The last ones of each band are kept back: no method is chosen by them. */
const KEPT_BACK = 2;
const WIDTH = 0.03;

export const training = { recipe: RECIPE, epochs: EPOCHS, start: "new weights" };

/**
 * Settings of the supernet's training that differ from the recipe's, by key. Those that run several subnets per iteration
 * have fewer epochs, so that all cost the same, except the shorter and the longer one.
 */
export const LEVERS = {
  plain: { "steps.finetune.sampling": { kind: "uniform", largestFirst: 0 } },
  "largest-first": {},
  fair: { "steps.finetune.sampling": { kind: "fair", largestFirst: 0.4 }, "steps.finetune.epochs": 4.1 },
  sandwich: {
    "steps.finetune.sampling": { kind: "sandwich", random: 1, largestFirst: 0.4 },
    "steps.finetune.epochs": 6.4,
  },
  distilled: {
    "steps.finetune.sampling": { kind: "sandwich", random: 1, largestFirst: 0.4, distillation: true },
    "steps.finetune.epochs": 6.4,
  },
  ranked: {
    "steps.finetune.sampling": { kind: "ranked", weight: 0.5, largestFirst: 0.4 },
    "steps.finetune.epochs": 7,
  },
  greedy: {
    "steps.finetune.sampling": { kind: "greedy", draws: 3, largestFirst: 0.4 },
    "steps.finetune.epochs": 8.75,
  },
  "by-size": { "steps.finetune.sampling": { kind: "uniform", sizeExponent: 0.5, largestFirst: 0.4 } },
  "no-decay": {
    "steps.finetune.optimizer": { kind: "sgd", momentum: 0.9, nesterov: true, weightDecay: 0, noDecay: [] },
  },
  averaged: { "steps.finetune.emaDecay": 0.998 },
  recalibrated: { "steps.search.batchNorm": { mode: "recalibrate", images: 256, batchSize: 32 } },
  // Few-shot: the last epochs train one copy of the supernet for each choice of a decision. All copies together cost as much
  // as 5 epochs of one (https://arxiv.org/abs/2006.06863).
  "few-shot": {
    "steps.finetune.epochs": 9,
    split: { decision: "detector.head.convs.depth", epochs: 5 },
  },
  "half-length": { "steps.finetune.epochs": 7 },
  "double-length": { "steps.finetune.epochs": 28 },
};

/** Epochs of training a subnet alone, from the weights of a supernet, before it is scored: by name, as a lever. */
export const FINE_TUNED = { "fine-tuned-1": 1, "fine-tuned-2": 2 };
/** Lever whose weights they start from. */
const FINE_TUNED_FROM = "largest-first";

/** Scores of untrained detectors, by name. */
export const UNTRAINED = ["gradient-norm"];

/** Scores untrained detectors by the norm of their gradients on one batch (https://arxiv.org/abs/2101.08134). */
export async function scoreUntrained(workDir, subnets, { seed }) {
  setNumThreads(1);
  const context = await openContext(workDir, { seed });
  const scores = [];
  for (const subnet of subnets) {
    const data = await openDetection(context, { batchSize: 8, microBatch: null }, subnet);
    const model = await buildModel(context, { step: "front", data, subnet });
    const [[batch]] = [(await data.train.lend(0, 1)[Symbol.asyncIterator]().next()).value];
    const { losses } = detectorTraining(model, { data, device: "cpu", seed });
    tidy(() => {
      model.detector.train();
      const named = losses(batch, 0, 0);
      Object.values(named)
        .reduce((sum, loss) => sum.add(loss))
        .backward();
    });
    const squares = model.detector
      .parameters()
      .map(({ grad }) => (grad ? tidy(() => grad.mul(grad).sum().item()) : 0));
    scores.push(Math.sqrt(squares.reduce((sum, square) => sum + square, 0)));
    data[Symbol.dispose]();
  }
  return scores;
}

/** Context of a step of the recipe in a work directory, as in a run. */
export async function openContext(workDir, { seed = 0, step = "front", settings = {} } = {}) {
  const fixed = { seed, threads: 1, workers: 0, scorers: 1 };
  const changes = Object.entries({ ...fixed, ...settings }).map(
    ([key, value]) => `${key}=${JSON.stringify(value)}`,
  );
  const run = await openRun(RECIPE, changes);
  const { recipe } = run;
  const space = await run.get(searchedSpace);
  const folder = (name = step) => join(workDir, "steps", name);
  const host = silentContext(step, folder());
  return { run, recipe, space, root: workDir, device: "cpu", folder, host, log() {} };
}

/** Measures the latency table if that has not been done. */
export async function prepare(workDir) {
  const context = await openContext(workDir, { step: "latency" });
  mkdirSync(context.folder(), { recursive: true });
  await measureRunTable({ ...context, log: console.log });
  // Composes the scenes.
  (await openDetection(context))[Symbol.dispose]();
}

/** Samples random subnets in bands of equal predicted latency. */
export async function sample(workDir) {
  const { run, space, folder } = await openContext(workDir);
  const { measure } = await searchProblem(run, folder);
  const latencyOf = (subnet) => measure(subnet)["detector.latency"];
  const first = Object.fromEntries(space.decisions.map(({ name, choices }) => [name, choices[0]]));
  const all = BANDS.map((band) => {
    const target = band * latencyOf(first);
    const found = new Map();
    for (let i = 0; found.size < PER_BAND; i++) {
      const subnet = sampleSubnet(space, Random.of("ranking", "detectors", band, i));
      if (Math.abs(latencyOf(subnet) / target - 1) < WIDTH) found.set(subnetKey(space, subnet), subnet);
      if (i > 200_000) throw new Error(`found only ${found.size} subnets with a latency of ${target} ms`);
    }
    return [...found.values()].map((subnet, i) => ({ subnet, keptBack: i >= PER_BAND - KEPT_BACK }));
  });
  // Band by band, so that a part of the subnets has all latencies.
  return Array.from({ length: PER_BAND }, (_, i) => all.map((band) => band[i]))
    .flat()
    .map(({ subnet, keptBack }) => {
      const resources = measure(subnet);
      const { "detector.flops": flops, "detector.params": params, "detector.latency": latency } = resources;
      return { subnet, keptBack, flops, params, latency };
    });
}

/**
 * Trains the supernet with other settings, and scores subnets with its weights. Continues a training that was interrupted.
 * @param settings settings of the recipe to replace, by key
 */
export async function scoreWithSupernet(workDir, subnets, { seed, folder, settings }) {
  setNumThreads(1);
  const { split, ...changes } = settings;
  const context = await openContext(workDir, { seed, step: "finetune", settings: changes });
  const within = (path) => {
    mkdirSync(join(path, "training"), { recursive: true });
    return {
      ...context,
      folder: (name = "finetune") => (name === "finetune" ? path : context.folder(name)),
      host: silentContext("finetune", join(path, "training")),
    };
  };
  const own = within(folder);
  if (!existsSync(weightsIn(folder))) await finetune(own);
  const scores = [];
  const score = async (trained, wanted) => {
    const scorer = await openDetectorScorer(trained);
    for (const [i, subnet] of subnets.entries()) {
      if (!wanted(subnet)) continue;
      const [scored] = await scorer.score({ subnets: [subnet], fraction: 1, checks: [] }, async () => {});
      scores[i] = scored.score;
    }
    scorer[Symbol.dispose]();
  };
  if (split === undefined) await score(own, () => true);
  else {
    const { choices } = context.space.decisions.find(({ name }) => name === split.decision);
    for (const choice of choices) {
      const copy = within(join(folder, String(choice)));
      if (!existsSync(weightsIn(copy.folder())))
        await trainCopy(own, copy, { ...split, choice, epochs: split.epochs / choices.length });
      await score(copy, (subnet) => subnet[split.decision] === choice);
    }
  }
  return scores;
}

/** Continues the training of a supernet with only one choice of a decision. */
async function trainCopy(common, copy, { decision, choice, epochs }) {
  const { recipe, space } = copy;
  const { seed } = recipe;
  const settings = { ...recipe.steps.finetune, epochs };
  const data = await openDetection(copy, settings);
  const model = await buildModel(copy, { step: "finetune", data });
  loadWeights(common, "finetune", model.detector);
  const uniform = createSampler(space, { kind: "uniform" }, { seed, step: `copy ${choice}`, imageSize: 128 });
  const sampler = withChoice(uniform, decision, () => choice);
  const evaluate = async () => ({ metrics: { AP: 0, AP50: 0 } });
  const training = { settings, data, device: "cpu", seed, evaluate, sampling: { sampler } };
  await train(detectorTraining(model, training), copy.host);
  saveWeights(copy, model.detector);
  data[Symbol.dispose]();
}

/** Trains subnets alone for some epochs, from the weights that a lever left, and scores them. */
export async function* scoreFineTuned(workDir, subnets, { seed, epochs, from }) {
  setNumThreads(1);
  const context = await openContext(workDir, { seed });
  const settings = { ...context.recipe.steps.calibrate.training, epochs };
  const lever = join(workDir, "levers", `${FINE_TUNED_FROM}-${seed}`);
  const folder = (name = "front") => (name === "finetune" ? lever : context.folder(name));
  for (const [i, subnet] of subnets.entries()) {
    if (i < from) continue;
    const checkpoints = join(workDir, "levers", `fine-tuned-${epochs}-${seed}`, String(i));
    mkdirSync(checkpoints, { recursive: true });
    const own = { ...context, folder, host: silentContext("front", checkpoints) };
    const data = await openDetection(own, settings, subnet);
    const supernet = await buildModel(own, { step: "finetune", data });
    loadWeights(own, "finetune", supernet.detector);
    const model = await buildModel(own, { step: "front", data, subnet });
    inheritWeights(model, { supernet, subnet });
    const evaluate = async () => ({ metrics: { AP: 0, AP50: 0 } });
    await train(detectorTraining(model, { settings, data, device: "cpu", seed, evaluate }), own.host);
    const { metrics } = await evaluateDetector(model.detector, data.of(subnet).search, "cpu");
    data[Symbol.dispose]();
    yield metrics.AP;
  }
}

/** Trains a subnet alone. Continues a training that was interrupted. */
export async function trainAlone(workDir, subnet, { seed, folder }) {
  setNumThreads(1);
  const context = await openContext(workDir, { seed });
  const settings = { ...context.recipe.steps.calibrate.training, epochs: EPOCHS };
  const own = {
    ...context,
    folder: (name = "front") => (name === "front" ? folder : context.folder(name)),
    host: silentContext("front", join(folder, "training")),
  };
  mkdirSync(join(folder, "training"), { recursive: true });
  const data = await openDetection(own, settings, subnet);
  const model = await buildModel(own, { step: "front", data, subnet });
  await trainSubnet(own, model, { settings, data, subnet });
  const { search, test } = data.of(subnet);
  const ap = async (split) => (await evaluateDetector(model.detector, split, "cpu")).metrics.AP;
  const scores = { search: await ap(search), test: await ap(test) };
  data[Symbol.dispose]();
  return scores;
}
