// Measures how often early stopping stops a candidate that would have been among the best, and how many images it
// saves. Random candidates of a trained supernet are scored once, on all images and on the fractions used for the
// checks. Simulated searches then visit them in random order, with the recipe's population size and number of parents.
//
//   node benchmarks/early-stop.mjs [--recipe detnas-quickstart] [--work-dir DIR] [--candidates 100] [--searches 400]
import { parseArgs } from "node:util";
import { Random } from "@supernet/base";
import { earlyStopChecks, ranked } from "@supernet/nas";
import { createRecipeStrategy } from "../packages/supernet/dist/recipe/strategy.js";
import { searchProblem } from "../packages/supernet/dist/search/problem.js";
import { differentSubnets, openTrained, scoreInGroups } from "./evaluation/trained.mjs";

const { values } = parseArgs({
  options: {
    recipe: { type: "string", default: "detnas-quickstart" },
    "work-dir": { type: "string" },
    candidates: { type: "string", default: "100" },
    searches: { type: "string", default: "400" },
  },
});
const trained = await openTrained(values.recipe, values["work-dir"]);
const { recipe, space } = trained;
const { populationSize, generations, topK } = recipe.steps.search.strategy;
const strategy = createRecipeStrategy(
  await searchProblem(trained.contextWith(1).run),
  recipe.steps.search.strategy,
);
const subnets = differentSubnets(space, Number(values.candidates));
const checks = earlyStopChecks(strategy, { history: [], generation: 1 }, { risk: 0.01 });
const scorer = await trained.scorer(recipe.scorers);
const all = await scoreInGroups(space, scorer, subnets, checks);
await scorer[Symbol.asyncDispose]();
trained.close();

const scores = all.map(({ score }) => score);
console.log(
  `${values.recipe}, ${all.length} random candidates, standard deviation of scores ${deviation(scores).toFixed(4)}\n`,
);
console.log("| fraction of images | mean difference to full score | deviation | correlation |");
console.log("|---|---|---|---|");
for (const [i, { fraction }] of checks.entries()) {
  const partial = all.map((one) => one.parts[i]);
  const difference = partial.map((score, j) => score - scores[j]);
  const cells = [fraction, mean(difference).toFixed(4), deviation(difference).toFixed(4)];
  console.log(`| ${[...cells, correlation(partial, scores).toFixed(2)].join(" | ")} |`);
}
console.log(`\nmeans over ${values.searches} searches, ${topK} best candidates:\n`);
console.log(
  "| candidates per search | risk | stopped | images | above the bar | of these stopped | wrongly stopped of all | different best | different elite |",
);
console.log("|---|---|---|---|---|---|---|---|---|");
for (const length of [populationSize * generations, all.length])
  for (const risk of [0.01, 0.05, 0.1]) {
    const found = Array.from({ length: Number(values.searches) }, (_, i) =>
      searched(Random.of("early stop", i).sample([...all.keys()], length), risk),
    );
    const sum = (key) => found.reduce((total, one) => total + one[key], 0);
    const percent = (count, total) => `${((100 * count) / total).toFixed(1)} %`;
    const cells = [length, risk, percent(sum("stopped"), found.length * length)];
    cells.push(percent(sum("images"), found.length * length), (sum("above") / found.length).toFixed(1));
    cells.push(percent(sum("wrong"), sum("above")), percent(sum("wrong"), sum("barred")));
    cells.push(percent(sum("otherBest"), found.length), percent(sum("others"), found.length));
    console.log(`| ${cells.join(" | ")} |`);
  }

/** Simulates a search over candidates, given by index, and returns its statistics. */
function searched(order, risk) {
  const history = [];
  const counts = { stopped: 0, images: 0, above: 0, wrong: 0, barred: 0 };
  for (let generation = 0; generation * populationSize < order.length; generation++) {
    const checks = earlyStopChecks(strategy, { history, generation: generation + 1 }, { risk });
    const bar = ranked(history)[topK - 1]?.score;
    for (const index of order.slice(generation * populationSize, (generation + 1) * populationSize)) {
      const { score, parts } = all[index];
      const check = checks.findIndex(({ threshold }, i) => threshold !== null && parts[i] < threshold);
      const stopped = check !== -1;
      history.push({
        index,
        generation,
        parts,
        ...(stopped ? { score: parts[check], fraction: checks[check].fraction } : { score, fraction: 1 }),
      });
      counts.images += stopped ? checks[check].fraction : 1;
      counts.stopped += stopped;
      if (generation === 0) continue;
      counts.barred++;
      counts.above += score > bar;
      counts.wrong += stopped && score > bar;
    }
  }
  const full = ranked(order.map((index) => ({ index, score: scores[index], fraction: 1 })));
  const same = (count) => indicesOf(ranked(history), count) === indicesOf(full, count);
  return { ...counts, otherBest: !same(1), others: !same(topK) };
}

function indicesOf(candidates, count) {
  return candidates
    .slice(0, count)
    .map(({ index }) => index)
    .toSorted((a, b) => a - b)
    .join();
}

function mean(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function deviation(numbers) {
  const middle = mean(numbers);
  return Math.sqrt(mean(numbers.map((number) => (number - middle) ** 2)));
}

function correlation(a, b) {
  const [x, y] = [mean(a), mean(b)];
  return mean(a.map((value, i) => (value - x) * (b[i] - y))) / (deviation(a) * deviation(b));
}
