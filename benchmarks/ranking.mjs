// Compares ways to rank the subnets of data/ranking with how good they are when they are trained alone. Prints Kendall's
// tau over all subnets, and within bands of equal cost, where only the score counts. All values are computed from the
// stored scores:
//
//   node benchmarks/ground-truth.mjs SET  ->  data/ranking/SET.json         subnets trained alone
//   node benchmarks/levers.mjs SET        ->  data/ranking/SET-scores.json  scores with the weights of supernets
//
//   node benchmarks/ranking.mjs [--sets detectors,tabular] [--json]
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import {
  bootstrapInterval,
  calibrated,
  mean,
  pairsWithin,
  seedNoise,
  tauOver,
} from "./ranking/statistics.mjs";

const { values } = parseArgs({
  options: {
    sets: { type: "string", default: "detectors,tabular" },
    json: { type: "boolean", default: false },
  },
});

/** Relative difference of two costs in the same band of +- 5 %. */
const BAND = 1.05 / 0.95;
/** Number of candidates that the default method trains. */
const TRAINED = { detectors: 12, tabular: 12 };
/** Score that the default method starts from, and that of its training. */
const DEFAULTS = {
  detectors: { supernet: "largest-first", trained: "fine-tuned-2" },
  tabular: { supernet: "plain", trained: "fine-tuned" },
};

const read = (name) => {
  const file = fileURLToPath(new URL(`data/ranking/${name}.json`, import.meta.url));
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
};

const results = Object.fromEntries(
  values.sets.split(",").flatMap((name) => {
    const truth = read(name);
    if (!truth?.subnets.some(({ alone }) => alone.length >= 2)) {
      console.error(`${name}: run node benchmarks/ground-truth.mjs ${name} first`);
      return [];
    }
    return [[name, describe(name, truth, read(`${name}-scores`) ?? {})]];
  }),
);
if (values.json) {
  const round = (_, value) => (typeof value === "number" ? Number(value.toFixed(4)) : value);
  console.log(JSON.stringify({ sets: results }, round, 1));
} else for (const [name, result] of Object.entries(results)) print(name, result);

function describe(name, { subnets: all, command, training }, levers) {
  const complete = all.map(({ alone }, i) => ({ i, seeds: alone.length })).filter(({ seeds }) => seeds >= 2);
  const places = complete.map(({ i }) => i);
  const subnets = places.map((i) => all[i]);
  const truth = subnets.map(({ alone }) => mean(alone.map(({ test }) => test)));
  const { supernet, trained } = DEFAULTS[name];
  const scoresOf = (lever, seed) => {
    const scores = levers[lever]?.seeds.find((each) => each.seed === seed)?.scores;
    return scores && places.map((i) => scores[i]);
  };
  const seedsOf = (lever) => levers[lever]?.seeds.map(({ seed }) => seed) ?? [];
  const cost = (key) => subnets.map((subnet) => subnet[key]);
  const costs = ["flops", "params", "latency"].filter((key) => subnets[0][key] !== undefined);
  /** For each method, one list of scores per seed. Missing scores are undefined. */
  const methods = {
    ...Object.fromEntries(costs.map((key) => [key, [cost(key)]])),
    ...Object.fromEntries(
      Object.keys(levers).map((lever) => [lever, seedsOf(lever).map((seed) => scoresOf(lever, seed))]),
    ),
  };
  const combined = seedsOf(trained)
    .filter((seed) => scoresOf(supernet, seed))
    .flatMap((seed) =>
      calibrated(name, subnets, {
        supernet: scoresOf(supernet, seed),
        trained: scoresOf(trained, seed),
        costs: costs.map(cost),
        count: TRAINED[name],
      }),
    );
  const bands = Object.fromEntries(
    costs.filter((key) => key !== "params").map((key) => [key, pairsWithin(cost(key), BAND)]),
  );
  const one = (scores, pairs) => ({
    tau: mean(scores.map((each) => tauOver(each, truth, pairs))),
    interval: bootstrapInterval(scores, truth, pairs),
  });
  const ceiling = [subnets.map(({ alone }) => alone[0].test), subnets.map(({ alone }) => alone[1].test)];
  const measured = { ...methods, ...(combined.length > 0 && { combined }) };
  const over = (pairs) => ({
    ...Object.fromEntries(Object.entries(measured).map(([key, scores]) => [key, one(scores, pairs)])),
    // One seed against the other: two independent truths.
    ceiling: {
      tau: tauOver(ceiling[0], ceiling[1], pairs),
      interval: bootstrapInterval([ceiling[0]], ceiling[1], pairs),
    },
  });
  const table = {
    all: over(undefined),
    ...Object.fromEntries(Object.entries(bands).map(([key, pairs]) => [key, over(pairs)])),
  };
  const tauOf = (group, key) => group[key]?.tau;
  const keptBack = subnets.flatMap(({ keptBack: kept }, i) => (kept ? [i] : []));
  const only = (i, j) => keptBack.includes(i) && keptBack.includes(j);
  return {
    command,
    training,
    subnets: subnets.length,
    seeds: Math.min(...complete.map(({ seeds }) => seeds)),
    deviation: seedNoise(subnets.map(({ alone }) => alone.map(({ test }) => test))),
    trained: TRAINED[name],
    tau: {
      supernet: tauOf(table.all, supernet),
      combined: tauOf(table.all, "combined"),
      flops: tauOf(table.all, "flops"),
      params: tauOf(table.all, "params"),
      latency: tauOf(table.all, "latency"),
      ceiling: tauOf(table.all, "ceiling"),
    },
    bands: {
      supernet: tauOf(table.flops, supernet),
      combined: tauOf(table.flops, "combined"),
      flops: tauOf(table.flops, "flops"),
      ...(table.latency && {
        ofEqualLatency: Object.fromEntries(
          [
            ["supernet", supernet],
            ...["combined", "flops", "latency", "ceiling"].map((key) => [key, key]),
          ].map(([key, method]) => [key, tauOf(table.latency, method)]),
        ),
      }),
    },
    keptBack: {
      subnets: keptBack.length,
      supernet: measured[supernet] && mean(measured[supernet].map((scores) => tauOver(scores, truth, only))),
      combined:
        combined.length > 0 ? mean(combined.map((scores) => tauOver(scores, truth, only))) : undefined,
      flops: tauOver(cost("flops"), truth, only),
    },
    methods: table,
  };
}

function print(name, { subnets, seeds, deviation, methods, command, training, keptBack, trained }) {
  console.log(`## ${name}: ${subnets} subnets, each trained alone with ${seeds} seeds (${command})`);
  console.log(`Training: ${JSON.stringify(training)}`);
  console.log(
    `Standard deviation between networks ${(100 * deviation.networks).toFixed(2)}, between seeds of a network ` +
      `${(100 * deviation.seeds).toFixed(2)}, ratio ${(deviation.seeds / deviation.networks).toFixed(2)}`,
  );
  console.log(`combined: ${trained} subnets fine-tuned, which do not count`);
  const groups = Object.keys(methods);
  console.log(
    `\n| score | ${groups.map((key) => (key === "all" ? "tau" : `tau at equal ${key}`)).join(" | ")} |`,
  );
  console.log(`|---${"|---".repeat(groups.length)}|`);
  const cell = ({ tau, interval: [low, high] }) =>
    `${tau.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
  for (const method of Object.keys(methods.all))
    console.log(`| ${method} | ${groups.map((key) => cell(methods[key][method])).join(" | ")} |`);
  const kept = ["supernet", "combined", "flops"].flatMap((key) =>
    keptBack[key] === undefined ? [] : [`${key} ${keptBack[key].toFixed(2)}`],
  );
  console.log(`\nOnly the ${keptBack.subnets} subnets that were kept back: ${kept.join(", ")}\n`);
}
