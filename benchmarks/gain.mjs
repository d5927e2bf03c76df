// What a search of whole detectors gains over networks that one has without it, at equal latency and with equal training.
// Prints the stored comparisons of data/gain.json. Each is `steps.compare` of one run, with the command that repeats it:
//
//   node benchmarks/gain.mjs [--json]
//
// Runs comparisons and stores them. A run that was interrupted continues:
//
//   node benchmarks/gain.mjs --run scenes|NAME [--data DIR] [--seeds 0,1,2] [--work-dir runs/gain] [--set KEY=VALUE ...]
//
// scenes uses detector-quickstart, any other name detector-photographs with the photographs in DIR.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Random, writeFileAtomic } from "@supernet/base";
import { mean } from "./ranking/statistics.mjs";

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    run: { type: "string" },
    data: { type: "string" },
    seeds: { type: "string", default: "0,1,2" },
    "work-dir": { type: "string", default: "runs/gain" },
    set: { type: "string", multiple: true, default: [] },
  },
});
const COMPARE = "{budgets: [0.25, 0.5, 0.75], randomSubnets: 2, randomSearch: true, largest: true}";
const file = fileURLToPath(new URL("data/gain.json", import.meta.url));
const stored = () => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { runs: [] });

if (values.run === undefined) show(summarize(stored().runs));
else for (const seed of values.seeds.split(",").map(Number)) compare(values.run, seed);

/** Runs a search and its comparison, and stores the result. */
function compare(data, seed) {
  if (stored().runs.some((run) => run.data === data && run.seed === seed)) return;
  const recipe = data === "scenes" ? "detector-quickstart" : "detector-photographs";
  if (data !== "scenes" && values.data === undefined)
    throw new Error(`--data: the folder of ${data} is missing`);
  const settings = [
    ...(data === "scenes" ? [`detection.data.seed=${seed}`] : [`detection.data=${values.data}`]),
    `seed=${seed}`,
    `steps.compare=${COMPARE}`,
    ...values.set,
  ];
  const workDir = join(values["work-dir"], `${data}-${seed}`);
  const bin = fileURLToPath(new URL("../packages/supernet/bin/supernet.js", import.meta.url));
  const sets = settings.flatMap((setting) => ["--set", setting]);
  const args = [bin, "run", recipe, "--work-dir", workDir, "--resume", ...sets];
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (status !== 0) throw new Error(`the run of ${data} with seed ${seed} failed`);
  const step = (name, path) => JSON.parse(readFileSync(join(workDir, "steps", name, path), "utf8"));
  const { networks, budgets, resource, randomCandidates, gains } = step("compare", "results.json");
  const seconds = Object.fromEntries(
    ["latency", "finetune", "search", "calibrate", "front", "compare"].flatMap((name) =>
      existsSync(join(workDir, "steps", name, "done.json"))
        ? [[name, Math.round(step(name, "done.json").seconds)]]
        : [],
    ),
  );
  const shown = settings.map((setting) =>
    setting.startsWith("detection.data=") ? "detection.data=DIR" : setting,
  );
  const run = {
    data,
    seed,
    command: `supernet run ${recipe} ${shown.map((setting) => `--set "${setting}"`).join(" ")}`,
    seconds,
    randomCandidates,
    gains,
    networks: networks.map(({ origin, budget, resources, latency, supernet, search, test }) => ({
      origin,
      budget: budgets[budget],
      predictedMs: round(resources[resource]),
      ms: latency && round(latency.median),
      supernet: round(supernet),
      search: round(search),
      test: round(test),
    })),
  };
  const runs = [...stored().runs, run].sort((a, b) => a.data.localeCompare(b.data) || a.seed - b.seed);
  writeFileAtomic(file, `${JSON.stringify({ runs }, null, 1)}\n`);
}

function round(value) {
  return Number(value.toFixed(5));
}

/** Lists the comparisons budget by budget, and the mean difference of the found to the hand-scaled networks. */
function summarize(all) {
  const runs = all.flatMap(({ data, seed, command, networks }) =>
    [...new Set(networks.map(({ budget }) => budget))].map((budget) => {
      const of = (origin) => networks.filter((each) => each.origin === origin && each.budget === budget);
      const score = (origin) => (of(origin).length === 0 ? null : mean(of(origin).map(({ test }) => test)));
      const ms = (origin) => (of(origin).length === 0 ? null : mean(of(origin).map((each) => each.ms)));
      return {
        data,
        seed,
        budget,
        latencyMs: {
          found: ms("found"),
          handScaled: ms("hand-scaled"),
          bestOfRandom: ms("best of random search"),
        },
        found: score("found"),
        handScaled: score("hand-scaled"),
        bestOfRandom: score("best of random search"),
        largest: score("largest"),
        random: score("random"),
        command,
      };
    }),
  );
  const over = (other) => {
    const compared = runs.filter((run) => run[other] !== null);
    const groups = [...new Set(compared.map(({ data, seed }) => `${data} ${seed}`))].map((key) =>
      compared.filter(({ data, seed }) => `${data} ${seed}` === key),
    );
    const differences = groups.map((group) => mean(group.map((run) => run.found - run[other])));
    return { mean: mean(differences), interval: interval(differences) };
  };
  const others = ["handScaled", "bestOfRandom", "largest", "random"];
  const gains = Object.fromEntries(others.map((other) => [other, over(other)]));
  return { runs, mean: gains.handScaled.mean, interval: gains.handScaled.interval, gains };
}

/** Computes the 95 % bootstrap interval of a mean over runs. */
function interval(differences) {
  const means = Array.from({ length: 2000 }, (_, i) => {
    const random = Random.of("gain", i);
    return mean(differences.map(() => differences[random.int(differences.length)]));
  }).sort((a, b) => a - b);
  return [means[50], means[1949]];
}

function show(summary) {
  if (values.json) {
    const rounded = (_, value) => (typeof value === "number" ? Number(value.toFixed(4)) : value);
    console.log(JSON.stringify(summary, rounded, 1));
    return;
  }
  const points = (value) => (value === null ? "-" : (100 * value).toFixed(1));
  const time = (value) => value?.toFixed(2) ?? "-";
  console.log("AP on test images (ms measured) of networks trained in the same way");
  console.log("| data | seed | found | hand-scaled | best of random search | most FLOPs | random |");
  console.log("|---|---|---|---|---|---|---|");
  for (const { data, seed, latencyMs, found, handScaled, bestOfRandom, largest, random } of summary.runs) {
    const cells = [
      `${points(found)} (${time(latencyMs.found)})`,
      `${points(handScaled)} (${time(latencyMs.handScaled)})`,
      `${points(bestOfRandom)} (${time(latencyMs.bestOfRandom)})`,
      points(largest),
      points(random),
    ];
    console.log(`| ${data} | ${seed} | ${cells.join(" | ")} |`);
  }
  console.log("\nDifference of found to others: mean over budgets and runs, and 95 % interval over runs");
  for (const [other, { mean: difference, interval: range }] of Object.entries(summary.gains))
    console.log(`  ${other.padEnd(14)} ${points(difference)} (${range.map(points).join(" to ")})`);
}
