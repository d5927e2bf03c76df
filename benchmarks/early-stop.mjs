// How often early stop takes a candidate from a search that would have been among its best, and what it saves: random
// candidates of a trained supernet are scored once, on all images and on the parts after which candidates are looked at.
// Searches score some of them in random order, in generations of the recipe's size and with its number of parents.
//
//   node benchmarks/early-stop.mjs [--recipe detnas-quickstart] [--work-dir DIR] [--candidates 100] [--searches 400]
import { parseArgs } from "node:util";
import { Random } from "@supernet/base";
import { earlyStopChecks, ranked } from "@supernet/nas";
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
const subnets = differentSubnets(space, Number(values.candidates));
const parts = earlyStopChecks({ elite: topK }, { history: [], generation: 1 }, { risk: 0.01 });
const scorer = await trained.scorer(recipe.scorers);
const all = await scoreInGroups(space, scorer, subnets, parts);
await scorer[Symbol.asyncDispose]();
trained.close();

const scores = all.map(({ score }) => score);
console.log(
  `${values.recipe}, ${all.length} random candidates, deviation of scores ${deviation(scores).toFixed(4)}\n`,
);
console.log("| part of the images | score there less that on all, mean | deviation | correlation |");
console.log("|---|---|---|---|");
for (const [i, { fraction }] of parts.entries()) {
  const part = all.map((one) => one.parts[i]);
  const difference = part.map((score, j) => score - scores[j]);
  const cells = [fraction, mean(difference).toFixed(4), deviation(difference).toFixed(4)];
  console.log(`| ${[...cells, correlation(part, scores).toFixed(2)].join(" | ")} |`);
}
console.log(`\nmeans of ${values.searches} searches, the best ${topK} count:\n`);
console.log(
  "| candidates in a search | risk | stopped | images | above the bar | of them stopped | of all | another best | others among the best |",
);
console.log("|---|---|---|---|---|---|---|---|---|");
for (const length of [populationSize * generations, all.length])
  for (const risk of [0.01, 0.05, 0.1]) {
    const found = Array.from({ length: Number(values.searches) }, (_, i) =>
      searched(Random.of("early stop", i).sample([...all.keys()], length), risk),
    );
    const sum = (key) => found.reduce((total, one) => total + one[key], 0);
    const percent = (part, whole) => `${((100 * part) / whole).toFixed(1)} %`;
    const cells = [length, risk, percent(sum("stopped"), found.length * length)];
    cells.push(percent(sum("images"), found.length * length), (sum("above") / found.length).toFixed(1));
    cells.push(percent(sum("wrong"), sum("above")), percent(sum("wrong"), sum("barred")));
    cells.push(percent(sum("otherBest"), found.length), percent(sum("others"), found.length));
    console.log(`| ${cells.join(" | ")} |`);
  }

/** What comes of a search that scores candidates, by their places, in that order. */
function searched(order, risk) {
  const history = [];
  const counts = { stopped: 0, images: 0, above: 0, wrong: 0, barred: 0 };
  for (let generation = 0; generation * populationSize < order.length; generation++) {
    const looks = earlyStopChecks({ elite: topK }, { history, generation: generation + 1 }, { risk });
    const bar = ranked(history)[topK - 1]?.score;
    for (const place of order.slice(generation * populationSize, (generation + 1) * populationSize)) {
      const { score, parts } = all[place];
      const look = looks.findIndex(({ threshold }, i) => threshold !== null && parts[i] < threshold);
      const stopped = look !== -1;
      history.push({
        place,
        generation,
        parts,
        ...(stopped ? { score: parts[look], fraction: looks[look].fraction } : { score, fraction: 1 }),
      });
      counts.images += stopped ? looks[look].fraction : 1;
      counts.stopped += stopped;
      if (generation === 0) continue;
      counts.barred++;
      counts.above += score > bar;
      counts.wrong += stopped && score > bar;
    }
  }
  const full = ranked(order.map((place) => ({ place, score: scores[place], fraction: 1 })));
  const same = (count) => placesOf(ranked(history), count) === placesOf(full, count);
  return { ...counts, otherBest: !same(1), others: !same(topK) };
}

function placesOf(candidates, count) {
  return candidates
    .slice(0, count)
    .map(({ place }) => place)
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
