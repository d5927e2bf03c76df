// Compares searches for a front at equal time, with the same trained supernet: the area under the front of score and
// resource after the same number of seconds. The strategies are the recipe's with other settings, over several seeds.
//
//   node benchmarks/front.mjs --work-dir DIR [--recipe detector-quickstart] [--seconds 30] [--seeds 3]
//                             --strategies '[{"siblings": 0, "candidates": 80}, {"siblings": 7, "candidates": 320}]'
import { parseArgs } from "node:util";
import { extremeSubnets, firstSubnet, observe, paretoFront } from "@supernet/nas";
import { createRecipeStrategy, minimized } from "../packages/supernet/dist/recipe/strategy.js";
import { searchProblem } from "../packages/supernet/dist/search/problem.js";
import { openTrained, scoreInGroups } from "./evaluation/trained.mjs";

const { values } = parseArgs({
  options: {
    recipe: { type: "string", default: "detector-quickstart" },
    "work-dir": { type: "string" },
    seconds: { type: "string", default: "30" },
    seeds: { type: "string", default: "3" },
    strategies: { type: "string", default: "[{}]" },
  },
});
const trained = await openTrained(values.recipe, values["work-dir"]);
const { recipe, space, contextWith } = trained;
const context = contextWith(1);
const problem = await searchProblem(context.run, context.folder);
const [resource] = minimized(recipe.steps.search.strategy);
const { largest } = extremeSubnets(space, (subnet) => problem.measure(subnet)[resource]);
const most = problem.measure(largest)[resource];
const budget = Number(values.seconds);
const scorer = await trained.scorer(recipe.scorers);
await scoreInGroups(space, scorer, [firstSubnet(space)], []);

console.log(
  `${values.recipe}, fronts after ${budget} s: mean score over the range of ${resource}, 0 to ${most.toFixed(2)}`,
);
console.log("| settings | seeds | candidates | area under the front | best score |");
console.log("|---|---|---|---|---|");
for (const changes of JSON.parse(values.strategies)) {
  const runs = [];
  for (let seed = 0; seed < Number(values.seeds); seed++) {
    const own = { ...problem, seed };
    const strategy = createRecipeStrategy(own, { ...recipe.steps.search.strategy, ...changes });
    const start = performance.now();
    const history = [];
    const inTime = () => (performance.now() - start) / 1000 < budget;
    let state = strategy.propose(strategy.start());
    while (state.queue.length > 0 && inTime()) {
      const generation = state.queue.map(({ subnet }) => subnet);
      const scored = await scoreInGroups(space, scorer, generation, []);
      if (!inTime()) break;
      for (const [i, subnet] of generation.entries()) {
        const { score } = scored[i];
        state = observe(own, state, { subnet, score });
        history.push({ subnet, score, fraction: 1, resources: own.measure(subnet) });
      }
      state = strategy.propose(state);
    }
    runs.push({
      count: history.length,
      area: areaOf(history),
      best: Math.max(...history.map(({ score }) => score)),
    });
  }
  const mean = (key) => runs.reduce((sum, run) => sum + run[key], 0) / runs.length;
  const all = (key, digits) => runs.map((run) => (100 * run[key]).toFixed(digits)).join(", ");
  console.log(
    `| ${JSON.stringify(changes)} | ${runs.length} | ${mean("count").toFixed(0)} | ` +
      `${(100 * mean("area")).toFixed(2)} (${all("area", 2)}) | ${(100 * mean("best")).toFixed(1)} (${all("best", 1)}) |`,
  );
}
await scorer[Symbol.asyncDispose]();
trained.close();

/** Returns the mean, over the range of the resource, of the best score within it. */
function areaOf(history) {
  const points = paretoFront(history, [resource])
    .candidates.map(({ score, resources }) => [resources[resource], score])
    .sort(([a], [b]) => a - b);
  return (
    points.reduce((area, [at, score], i) => area + score * ((points[i + 1]?.[0] ?? most) - at), 0) / most
  );
}
