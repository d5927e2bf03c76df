// Measures how many evaluations each search strategy needs to get within 0.1 % of the best subnet. Uses the tabulated
// accuracies of a small space (benchmarks/data/tabular.json). Prints median and mean over seeds, also relative to
// random search. An evaluation on a fraction of the images counts as that fraction. A search that ends too early is
// restarted, and the count continues.
//
//   node benchmarks/search.mjs [--table FILE] [--seeds 20] [--strategies random,predictor] [--json]
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import {
  evaluationsToBest,
  evolutionSearch,
  nsga2,
  openTable,
  predictorSearch,
  randomSearch,
  regularizedEvolution,
  spaceSize,
  successiveHalving,
  withLocalSearch,
} from "@supernet/nas";

/** Absolute accuracy. */
const TOLERANCE = 0.001;
const RANDOM = "random";

const STRATEGIES = {
  [RANDOM]: (problem, size) => randomSearch(problem, { candidates: size }),
  "evolution (50 per generation)": (problem) => evolutionSearch(problem),
  "evolution (20 per generation)": (problem) =>
    evolutionSearch(problem, {
      populationSize: 20,
      topK: 8,
      mutations: { children: 10, probability: 0.2 },
      crossovers: 10,
    }),
  "regularized evolution": (problem) =>
    regularizedEvolution(problem, {
      candidates: 500,
      populationSize: 25,
      sample: 8,
      children: 1,
      maxTries: 10,
    }),
  "NSGA-II": (problem) =>
    nsga2(problem, {
      minimize: ["size"],
      populationSize: 20,
      generations: 25,
      crossoverProbability: 0.9,
      mutationProbability: 0.15,
      maxTries: 10,
    }),
  "successive halving": (problem) => successiveHalving(problem, { candidates: 64, reduction: 2, rungs: 3 }),
  "successive halving, refined": (problem) =>
    withLocalSearch(successiveHalving(problem, { candidates: 64, reduction: 2, rungs: 3 }), {
      candidates: 60,
      batch: 4,
    }),
  "random, refined": (problem) =>
    withLocalSearch(randomSearch(problem, { candidates: 20 }), { candidates: 60, batch: 4 }),
  predictor: (problem) =>
    predictorSearch(problem, { candidates: 200, initial: 10, batch: 4, pool: 200, exploration: 2 }),
};

const { values } = parseArgs({
  options: {
    table: { type: "string", default: fileURLToPath(new URL("data/tabular.json", import.meta.url)) },
    seeds: { type: "string", default: "20" },
    strategies: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const table = openTable(JSON.parse(readFileSync(values.table, "utf8")), values.table);
const seeds = Array.from({ length: Number(values.seeds) }, (_, seed) => seed);
const size = Number(spaceSize(table.space));
const partly = [0.25, 0.5].every((fraction) => table.fractions.includes(fraction));

/** The table contains only accuracies, so the sum of a subnet's choice indices serves as its size. */
const sizeOf = (subnet) =>
  table.space.decisions.reduce((sum, { name, choices }) => sum + choices.indexOf(subnet[name]), 0);
const problem = { space: table.space, constraints: {}, measure: (subnet) => ({ size: sizeOf(subnet) }) };

const median = (counts) => {
  const sorted = counts.toSorted((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
};
const mean = (counts) => counts.reduce((sum, count) => sum + count, 0) / counts.length;

const asked = values.strategies?.split(",") ?? Object.keys(STRATEGIES);
const names = [RANDOM, ...asked.filter((name) => name !== RANDOM)].filter(
  (name) => partly || !name.includes("halving"),
);
const rows = names.map((name) => {
  const make = (seed) => STRATEGIES[name]({ ...problem, seed }, size);
  const counts = seeds.map((seed) => evaluationsToBest({ table, make, seed, tolerance: TOLERANCE }));
  return { strategy: name, median: median(counts), mean: mean(counts), counts };
});

if (values.json) {
  console.log(JSON.stringify({ table: values.table, subnets: size, best: table.best, rows }, undefined, 2));
} else {
  console.log(`${values.table}: ${size} subnets, best ${(100 * table.best).toFixed(2)} %`);
  console.log(
    `${"strategy".padEnd(30)}${["median", "of random", "mean", "of random"].map((t) => t.padStart(11)).join("")}`,
  );
  const share = (value, random) => `${((100 * value) / random).toFixed(0)} %`;
  for (const row of rows) {
    const numbers = [
      row.median.toFixed(1),
      share(row.median, rows[0].median),
      row.mean.toFixed(1),
      share(row.mean, rows[0].mean),
    ];
    console.log(`${row.strategy.padEnd(30)}${numbers.map((number) => number.padStart(11)).join("")}`);
  }
  if (!partly)
    console.log("successive halving is skipped: the table has no accuracies on fractions of the images");
}
