// A custom task: predict a number from an image, here the number of objects in it. The data is a folder in COCO layout,
// and every annotation counts as one object. It trains a supernet on the counts and searches for the smallest error.
//
//   supernet run examples/regression-task.ts --work-dir runs/counting --set data=DIR
import { fileURLToPath } from "node:url";
import { Random, readJsonIfExists, withErrorPrefix, writeJson } from "@supernet/base";
import { type Subnet, sampleSubnet } from "@supernet/nas";
import { activeStateDict, recalibrateBatchNorm, SpaceClassifier } from "@supernet/nas/supernet";
import { fromTypedArray, noGrad, type Tensor, tidy } from "@supernet/torch";
import { type DetectionBatch, detectionBatches, openCoco, splitSet } from "@supernet/vision";
import * as supernet from "supernet";
import { z } from "supernet";
import * as steps from "supernet/steps";

/** Recipe sections of this task, in addition to those that all tasks have. */
const settings = {
  /** Folder in COCO layout. The search uses images held out of train, and the test uses val. */
  data: z.string(),
  /** Length of the longer side of resized images, in pixels. */
  imageSize: z.int().min(1),
  steps: z.strictObject({
    train: supernet.supernetTrainingSchema,
    search: z.strictObject({
      ...supernet.candidatesShape(Object.keys(supernet.resourceShape)),
      constraints: z.strictObject(supernet.resourceShape),
      latency: supernet.latencySchema.nullable(),
      /** Number of training images for recalibrating a subnet's batch-norm statistics. */
      calibration: z.int().min(1),
    }),
  }),
};
type CountingRecipe = supernet.Recipe & { [K in keyof typeof settings]: z.output<(typeof settings)[K]> };
type Context = supernet.StepContext<CountingRecipe>;

/** Opens the data. `run.get(images)` calls it once per run. */
function images({ recipe }: supernet.RunContext<CountingRecipe>) {
  const { train: all, val } = openCoco(recipe.data);
  const [train, heldOut] = splitSet(all, 0.2, recipe.seed);
  return { train: train.samples, heldOut: heldOut.samples, test: (val ?? heldOut).samples };
}
/** Checks before the first step that the data exists. */
const check = (run: supernet.RunContext<CountingRecipe>): void =>
  withErrorPrefix("set the data folder with --set data=DIR", () => void run.get(images));

type Samples = Parameters<typeof detectionBatches>;
const NORMALIZATION = { mean: [0.5, 0.5, 0.5] as const, std: [0.25, 0.25, 0.25] as const };

function openBatches({ recipe }: Context, samples: Samples[0]) {
  const { imageSize, seed, workers } = recipe;
  const settings = { size: { short: imageSize, long: imageSize }, ...NORMALIZATION };
  return detectionBatches(samples, settings, { seed, workers, batchSize: recipe.steps.train.batchSize });
}

const predict = (model: SpaceClassifier, batch: DetectionBatch): Tensor =>
  model.forward(steps.imageTensor(batch, "cpu")).squeeze(1);
const countObjects = ({ items }: DetectionBatch): Float32Array =>
  Float32Array.from(items, ({ truth }) => truth.labels.length);

/** Computes 1 / (1 + mean absolute error). Higher is better. */
async function closeness(model: SpaceClassifier, batches: AsyncIterable<DetectionBatch>): Promise<number> {
  let [error, total] = [0, 0];
  model.eval();
  for await (const batch of batches) {
    const predicted = noGrad(() => tidy(() => predict(model, batch).toTypedArray()));
    for (const [i, count] of countObjects(batch).entries()) error += Math.abs(Number(predicted[i]) - count);
    total += batch.items.length;
  }
  return 1 / (1 + error / total);
}

/** Opens the trained supernet for scoring on the given images. */
function openSupernet(context: Context, samples: Samples[0]) {
  const { run, recipe, space } = context;
  const model = steps.buildSeeded(context, "train", () => new SpaceClassifier(space, 1));
  steps.loadWeights(context, "train", model);
  const [training, scored] = [openBatches(context, run.get(images).train), openBatches(context, samples)];
  const calibration = new steps.ReusableBatches(() => training.evaluate(recipe.steps.search.calibration));
  const evaluated = new steps.ReusableBatches(() => scored.evaluate());
  const prepare = async (subnet: Subnet) => {
    model.activate(subnet);
    model.eval();
    await recalibrateBatchNorm(model, calibration, (batch) => predict(model, batch));
  };
  return {
    model,
    prepare,
    score: async (subnet: Subnet) => prepare(subnet).then(() => closeness(model, evaluated)),
    [Symbol.dispose]() {
      for (const batches of [training, scored]) batches[Symbol.dispose]();
    },
  };
}

async function train(context: Context): Promise<void> {
  const { run, recipe, space } = context;
  using source = openBatches(context, run.get(images).train);
  using evaluated = openBatches(context, run.get(images).heldOut);
  const model = steps.buildSeeded(context, "train", () => new SpaceClassifier(space, 1));
  const { seed, imageSize } = recipe;
  const sampler = steps.createSampler(space, recipe.steps.train.sampling, { seed, step: "train", imageSize });
  const training: steps.Training<DetectionBatch> = {
    model,
    settings: recipe.steps.train,
    device: "cpu",
    images: source.images,
    batches: (from, to, shard) => source.lend(from, to, shard),
    subnetSampling: { sampler, activate: (subnet) => model.activate(subnet) },
    seed,
    losses(batch) {
      const counts = fromTypedArray(countObjects(batch), [batch.items.length]);
      return { lossCount: predict(model, batch).sub(counts).abs().mean() };
    },
    async evaluate() {
      model.activate(sampleSubnet(space, Random.of(seed, "evaluated")));
      return { closeness: await closeness(model, evaluated.evaluate()) };
    },
    metric: "closeness",
  };
  await steps.train(training, context.host);
  steps.saveWeights(context, model);
}

async function search(context: Context): Promise<void> {
  const { run, world, space } = context;
  if (world && !world.isMainRank) return steps.helpSearch(context);
  await using scorer = await steps.openScorer(context);
  const found = await steps.searchByRecipe(context, await steps.searchProblem(run), scorer);
  using opened = openSupernet(context, []);
  await opened.prepare(found);
  const standalone = new SpaceClassifier(space, 1, found);
  standalone.loadStateDict(activeStateDict(opened.model));
  steps.saveWeights(context, standalone, found);
}

/** Mean absolute errors on the test images of the found subnet, and of always predicting the median. */
type Results = { readonly error: number; readonly median: number };

async function test(context: Context): Promise<void> {
  const { train: trained, test: tested } = context.run.get(images);
  using opened = openSupernet(context, tested);
  const error = 1 / (await opened.score(steps.readSubnet(context))) - 1;
  const counts = trained.map(({ annotations }) => annotations.length).sort((a, b) => a - b);
  const off = tested.map(({ annotations }) => Math.abs(annotations.length - counts[counts.length >> 1]!));
  await steps.exportFound(context);
  const results: Results = { error, median: off.reduce((sum, value) => sum + value, 0) / off.length };
  writeJson(`${context.folder()}/results.json`, results);
}

export const task = supernet.defineTask<CountingRecipe>({
  name: "counting",
  settings,
  check: (recipe, refuse) => supernet.checkSearch(recipe.steps.search, refuse),
  metric: "closeness",
  steps: ({ data, imageSize, steps: { train: training, search: searching } }) => [
    {
      name: "train",
      kind: "training",
      title: "training",
      inputs: [data, imageSize, training],
      check,
      run: train,
    },
    { name: "search", kind: "search", title: "search by closeness", inputs: searching, check, run: search },
    { name: "test", kind: "test", title: "test on unseen images", inputs: null, check, run: test },
  ],
  scorer: {
    trained: "train",
    async open(context) {
      const opened = openSupernet(context, context.run.get(images).heldOut);
      return { score: steps.scoreEach(opened.score), [Symbol.dispose]: () => opened[Symbol.dispose]() };
    },
  },
  networks: [
    supernet.classifierNetwork({
      outputs: () => 1,
      input: ({ imageSize }) => [3, imageSize, imageSize],
      normalization: () => NORMALIZATION,
      steps: { subnetSteps: ["search"], supernetSteps: ["train"] },
      searched: true,
    }),
  ],
  searchInput: ({ imageSize }) => [3, imageSize, imageSize],
  outcome(run, workDir) {
    const results = readJsonIfExists<Results>(`${workDir.stepFolder("test")}/results.json`);
    if (!results) return undefined;
    const [error, median] = [results.error.toFixed(2), results.median.toFixed(2)];
    const tiles = [steps.tile(error, "mean absolute error"), steps.tile(median, "error of the median")];
    const report = async () =>
      steps.renderPage(await steps.collectRun(run, workDir), { score: "closeness", tiles, sections: [] });
    return {
      results,
      report,
      lines: () => [`Mean absolute error ${error}, when always predicting the median ${median}`],
    };
  },
});

const { classification: _, ...common } = supernet.mixedQuickstart;
const { candidates: _candidates, labelSmoothing: _smoothing, ...training } = common.steps.train;
const { strategy } = common.steps.search;

export default {
  ...common,
  task: { file: fileURLToPath(import.meta.url) },
  name: "counting",
  description: "Counts the objects in an image",
  data: "data/pictures",
  imageSize: 96,
  steps: {
    train: { ...training, sampling: { kind: "uniform" }, epochs: 20, batchSize: 16 },
    search: { strategy, constraints: { flops: { max: 8e6 } }, latency: null, calibration: 64 },
  },
};
