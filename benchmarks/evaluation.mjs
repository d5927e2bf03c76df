// What a candidate's score costs in a search, and whether it is the same: random candidates of a trained supernet are
// scored by the plain method (batch-norm statistics computed anew, then all images, one candidate after the other) and
// as the search scores them, in turn, a generation at a time. Without --work-dir the supernet is trained first.
//
//   node benchmarks/evaluation.mjs [--recipe detnas-quickstart] [--work-dir DIR] [--candidates 24] [--scorers 2]
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { kendallTau, sampleSubnet, subnetKey } from "@supernet/nas";
import { memory, Random, resetPeakMemory, setNumThreads } from "@supernet/torch";
import { openSpace } from "../packages/supernet/dist/recipe/open-space.js";
import { recipes } from "../packages/supernet/dist/recipes/index.js";
import { groupsOf } from "../packages/supernet/dist/scoring/groups.js";
import { scoringImages, trainingImages } from "../packages/supernet/dist/steps/classification/images.js";
import { classifierScorer } from "../packages/supernet/dist/steps/classification/scorer.js";
import { openSupernet } from "../packages/supernet/dist/steps/classification/supernet.js";
import { loadWeights } from "../packages/supernet/dist/steps/common/context.js";
import { openScorer } from "../packages/supernet/dist/steps/common/scorer.js";
import { openDetection } from "../packages/supernet/dist/steps/detection/data.js";
import { detectorModel } from "../packages/supernet/dist/steps/detection/finetune.js";
import { detectorScorer } from "../packages/supernet/dist/steps/detection/scorer.js";
import { classifierFigures } from "../packages/supernet/dist/training/classification.js";
import { evaluateSubnet } from "../packages/supernet/dist/training/detection.js";

const { values } = parseArgs({
  options: {
    recipe: { type: "string", default: "detnas-quickstart" },
    "work-dir": { type: "string" },
    candidates: { type: "string", default: "24" },
    scorers: { type: "string", default: "2" },
  },
});
const recipe = { ...recipes[values.recipe], threads: availableParallelism() };
const root = values["work-dir"] ?? trained();
const space = await openSpace(recipe.space);
const contextWith = (scorers) => ({
  ...{ recipe: { ...recipe, scorers }, space, root, device: "cpu", say() {} },
  folder: (step = "search") => join(root, "steps", step),
  host: { stopRequested: async () => false },
});

const { populationSize } = recipe.steps.search.strategy;
const subnets = differentSubnets(Number(values.candidates));
const detection = recipe.task === "detection";
const source = detection ? detectorScorer : classifierScorer;
const plain = detection ? await plainDetector() : await plainClassifier();
const methods = [{ name: `plain, ${recipe.threads} threads`, score: plain }];
const scorers = [];
for (const count of new Set([1, Number(values.scorers)])) {
  const scorer = await openScorer(contextWith(count), source);
  scorers.push(scorer);
  const threads = Math.max(1, Math.floor(recipe.threads / count));
  methods.push({
    name: `together, ${count} x ${threads} threads`,
    score: (generation) => scoreInGroups(scorer, generation),
  });
}

// Data is decoded and every thread ready before the clock starts.
for (const { score } of methods) await score(subnets.slice(0, 2));
for (const method of methods) Object.assign(method, { seconds: 0, peak: 0, scores: [] });
for (let first = 0; first < subnets.length; first += populationSize) {
  const generation = subnets.slice(first, first + populationSize);
  for (const method of methods) {
    resetPeakMemory();
    const begun = performance.now();
    method.scores.push(...(await method.score(generation)));
    method.seconds += (performance.now() - begun) / 1000;
    method.peak = Math.max(method.peak, memory().peak);
  }
}
const [reference] = methods;
console.log(
  `${values.recipe}, ${subnets.length} candidates in generations of ${populationSize}, plain scores ${span(reference.scores)}`,
);
console.log(
  "| | s a candidate | candidates an hour | of the plain method's | peak of tensors | Kendall's tau | largest difference |",
);
console.log("|---|---|---|---|---|---|---|");
for (const { name, seconds, peak, scores } of methods) {
  const each = seconds / subnets.length;
  const difference = Math.max(...scores.map((score, i) => Math.abs(score - reference.scores[i])));
  const cells = [name, each.toFixed(3), (3600 / each).toFixed(0), (reference.seconds / seconds).toFixed(2)];
  cells.push(
    `${(peak / 2 ** 20).toFixed(0)} MiB`,
    kendallTau(scores, reference.scores).toFixed(3),
    difference.toExponential(1),
  );
  console.log(`| ${cells.join(" | ")} |`);
}
console.log(`peak of the process: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`);
for (const scorer of scorers) scorer[Symbol.dispose]();
plain.close();
if (!values["work-dir"]) rmSync(root, { recursive: true });

/** The supernet's trainings alone, by the command line. */
function trained() {
  const folder = mkdtempSync(join(tmpdir(), "evaluation-benchmark-"));
  const bin = fileURLToPath(new URL("../packages/supernet/bin/supernet.js", import.meta.url));
  for (const step of recipe.task === "detection" ? ["pretrain", "finetune"] : ["train"]) {
    const args = [bin, "train", values.recipe, "--step", step, "--work-dir", folder];
    const { status } = spawnSync(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"] });
    if (status !== 0) throw new Error(`${step} failed`);
  }
  return folder;
}

function differentSubnets(count) {
  const found = new Map();
  for (let i = 0; found.size < count; i++) {
    const subnet = sampleSubnet(space, Random.of("benchmark", i));
    found.set(subnetKey(space, subnet), subnet);
  }
  return [...found.values()];
}

/** As the search hands a generation to its scorers. */
async function scoreInGroups(scorer, generation) {
  const proposals = generation.map((subnet, place) => ({ subnet, fraction: 1, place }));
  const groups = groupsOf(space, proposals, scorer.parallel);
  const scores = await Promise.all(
    groups.map((group) => scorer.score({ subnets: group.map(({ subnet }) => subnet), fraction: 1 })),
  );
  const places = groups.flat().map(({ place }) => place);
  const all = scores.flat();
  return generation.map((_, place) => all[places.indexOf(place)]);
}

async function plainDetector() {
  const context = contextWith(1);
  const data = await openDetection(context);
  const model = detectorModel(context, data, "finetune");
  loadWeights(context, "finetune", model.detector);
  const { batchNorm } = recipe.steps.search;
  const score = async (generation) => {
    setNumThreads(recipe.threads);
    const scores = [];
    for (const subnet of generation)
      scores.push(
        (await evaluateSubnet(model, subnet, data.search, data.calibration, batchNorm, "cpu")).metrics.AP,
      );
    return scores;
  };
  return Object.assign(score, { close: () => data[Symbol.dispose]() });
}

async function plainClassifier() {
  const context = contextWith(1);
  const images = trainingImages(recipe);
  const scored = scoringImages(recipe, images.heldOut, recipe.steps.search);
  const supernet = openSupernet(context, images);
  const score = async (generation) => {
    setNumThreads(recipe.threads);
    const scores = [];
    for (const subnet of generation) {
      await supernet.prepare(subnet);
      scores.push((await classifierFigures(supernet.model, scored, "cpu")).accuracy);
    }
    return scores;
  };
  return Object.assign(score, {
    close() {
      scored[Symbol.dispose]();
      supernet[Symbol.dispose]();
    },
  });
}

function span(scores) {
  return `${Math.min(...scores).toFixed(4)} to ${Math.max(...scores).toFixed(4)}`;
}
