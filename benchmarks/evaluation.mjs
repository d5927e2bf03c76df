// Measures the time per candidate in a search, and compares the scores of different scoring methods. The plain method
// scores candidates sequentially: it recomputes the batch-norm statistics, then evaluates all images. The others score
// them as the search does, without and with early stopping. The methods alternate, one generation at a time.
//
// Candidates are random, or with --evolved those of the recipe's search. Without --work-dir, it trains the supernet
// first.
//
//   node benchmarks/evaluation.mjs [--recipe detnas-quickstart] [--work-dir DIR] [--candidates 24 | --evolved]
//                                  [--scorers 2] [--risk 0.01,0.05] [--strategy JSON]
//
// --strategy replaces settings of the recipe's strategy. --risk "" leaves early stopping out.
import { parseArgs } from "node:util";
import {
  earlyStopChecks,
  generationalStrategy,
  kendallTau,
  observe,
  onAllImages,
  ranked,
  subnetKey,
} from "@supernet/nas";
import { memory, resetPeakMemory, setNumThreads } from "@supernet/torch";
import { createRecipeStrategy } from "../packages/supernet/dist/recipe/strategy.js";
import { searchProblem } from "../packages/supernet/dist/search/problem.js";
import { loadWeights } from "../packages/supernet/dist/task/step-context.js";
import { scoringImages, trainingImages } from "../packages/supernet/dist/tasks/classification/images.js";
import { openSupernet } from "../packages/supernet/dist/tasks/classification/scoring.js";
import { openDetection } from "../packages/supernet/dist/tasks/detection/data.js";
import { buildModel, evaluateSubnet } from "../packages/supernet/dist/tasks/detection/training.js";
import { evaluateClassifier } from "../packages/supernet/dist/tasks/shared/classifier-training.js";
import { differentSubnets, openTrained, scoreInGroups } from "./evaluation/trained.mjs";

const { values } = parseArgs({
  options: {
    recipe: { type: "string", default: "detnas-quickstart" },
    "work-dir": { type: "string" },
    candidates: { type: "string", default: "24" },
    evolved: { type: "boolean", default: false },
    scorers: { type: "string", default: "2" },
    risk: { type: "string", default: "0.01,0.05" },
    strategy: { type: "string", default: "{}" },
  },
});
const trained = await openTrained(values.recipe, values["work-dir"]);
const { recipe, space, contextWith } = trained;
const settings = { ...recipe.steps.search.strategy, ...JSON.parse(values.strategy) };
const { populationSize = settings.batch, topK = 4 } = settings;
const detection = recipe.task === "detection";
const { run, folder } = contextWith(1);
const problem = await searchProblem(run, folder);
const strategy = values.evolved
  ? createRecipeStrategy(problem, settings)
  : listed(differentSubnets(space, Number(values.candidates)));
const plain = detection ? await plainDetector() : await plainClassifier();
const methods = [{ name: `plain, ${recipe.threads} threads`, score: plain }];
const scorers = [];
for (const count of new Set([1, Number(values.scorers)])) {
  const scorer = await trained.scorer(count);
  scorers.push(scorer);
  const threads = Math.max(1, Math.floor(recipe.threads / count));
  const score = (generation, checks) => scoreInGroups(space, scorer, generation, checks);
  methods.push({ name: `together, ${count} x ${threads} threads`, score });
}
const { name, score } = methods.at(-1);
for (const risk of values.risk.split(",").filter(Boolean).map(Number))
  methods.push({ name: `${name}, early stopping at risk ${risk}`, score, earlyStop: { risk } });

// Warm-up: decodes the data and starts all threads.
for (const { score } of methods) await score(differentSubnets(space, 2), []);
for (const method of methods) Object.assign(method, { seconds: 0, peak: 0, history: [] });
const [reference] = methods;
for (let state = strategy.propose(strategy.start()); state.queue.length > 0; ) {
  const generation = state.queue.map(({ subnet }) => subnet);
  for (const method of methods) {
    const { history, earlyStop } = method;
    const checks = earlyStop ? earlyStopChecks(strategy, { ...state, history }, earlyStop) : [];
    resetPeakMemory();
    const start = performance.now();
    const scored = await method.score(generation, checks);
    method.seconds += (performance.now() - start) / 1000;
    method.peak = Math.max(method.peak, memory().peak);
    for (const [i, subnet] of generation.entries())
      history.push({ subnet, generation: state.generation - 1, ...scored[i] });
    process.stderr.write(`${method.name}: ${history.length} candidates, ${method.seconds.toFixed(0)} s\n`);
  }
  const scores = reference.history.slice(-generation.length);
  for (const { subnet, score } of scores) state = observe(problem, state, { subnet, score });
  state = strategy.propose(state);
}
const candidates = reference.history.length;
const scores = reference.history.map(({ score }) => score);
console.log(
  `${values.recipe}, ${candidates} ${values.evolved ? "evolved" : "random"} candidates in generations of ` +
    `${populationSize}, plain scores ${span(scores)}`,
);
console.log(
  "| | s per candidate | candidates per hour | ratio to plain | peak of tensors | Kendall's tau | " +
    `largest difference | stopped | images | best ${topK} |`,
);
console.log("|---|---|---|---|---|---|---|---|---|---|");
for (const { name, seconds, peak, history } of methods) {
  const each = seconds / candidates;
  const full = [...history.keys()].filter((i) => history[i].fraction === 1);
  const difference = Math.max(...full.map((i) => Math.abs(history[i].score - scores[i])));
  const images = history.reduce((sum, { fraction }) => sum + fraction, 0) / candidates;
  const cells = [name, each.toFixed(3), (3600 / each).toFixed(0), (reference.seconds / seconds).toFixed(2)];
  cells.push(
    `${(peak / 2 ** 20).toFixed(0)} MiB`,
    kendallTau(history.map(rankable), scores).toFixed(3),
    difference.toExponential(1),
    String(candidates - full.length),
    `${(100 * images).toFixed(0)} %`,
    best(history) === best(reference.history) ? "same" : "different",
  );
  console.log(`| ${cells.join(" | ")} |`);
}
console.log(`peak memory of the process: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`);
for (const scorer of scorers) await scorer[Symbol.asyncDispose]();
plain.close();
trained.close();

/** Returns a value that ranks candidates as a search does: first by fraction of images, then by score. */
function rankable({ score, fraction }) {
  return 1000 * fraction + score;
}

function best(history) {
  const keys = ranked(history).map(({ subnet }) => subnetKey(space, subnet));
  return keys.slice(0, topK).toSorted().join();
}

/** Returns a strategy that proposes the given subnets, in generations of the recipe's size. */
function listed(subnets) {
  return generationalStrategy({
    name: "listed",
    problem,
    settings: {},
    generations: Math.ceil(subnets.length / populationSize),
    elite: topK,
    propose: ({ generation }) =>
      onAllImages(subnets.slice(generation * populationSize, (generation + 1) * populationSize)),
  });
}

async function plainDetector() {
  const context = contextWith(1);
  const data = await openDetection(context);
  const model = await buildModel(context, { step: "finetune", data });
  loadWeights(context, "finetune", model.detector);
  const { batchNorm } = recipe.steps.search;
  const score = async (generation) => {
    setNumThreads(recipe.threads);
    const scores = [];
    for (const subnet of generation) {
      const { search: split, calibration } = data.of(subnet);
      const settings = { split, calibration, batchNorm, device: "cpu" };
      const { metrics } = await evaluateSubnet(model, subnet, settings);
      scores.push({ score: metrics.AP, fraction: 1 });
    }
    return scores;
  };
  return Object.assign(score, { close: () => data[Symbol.dispose]() });
}

async function plainClassifier() {
  const context = contextWith(1);
  const { heldOut } = context.run.get(trainingImages);
  const scored = scoringImages(recipe, heldOut, recipe.steps.search);
  const supernet = openSupernet(context);
  const score = async (generation) => {
    setNumThreads(recipe.threads);
    const scores = [];
    for (const subnet of generation) {
      await supernet.prepare(subnet);
      const { accuracy } = await evaluateClassifier(supernet.model, scored.of(subnet), "cpu");
      scores.push({ score: accuracy, fraction: 1 });
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
