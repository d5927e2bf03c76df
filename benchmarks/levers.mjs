// Trains supernets in different ways, and scores the subnets of data/ranking/SET.json with the weights of each. Writes
// data/ranking/SET-scores.json, which ranking.mjs compares with the subnets trained alone:
//
//   { LEVER: { settings, seeds: [{ seed, seconds, scores: [one per subnet] }] } }
//
//   node benchmarks/levers.mjs detectors|tabular [--levers NAME,...] [--seeds 0,1,2] [--work-dir DIR]
//
// Each takes minutes. It can be killed at any time; run it again to continue.
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { writeFileAtomic } from "@supernet/base";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    "work-dir": { type: "string" },
    levers: { type: "string" },
    seeds: { type: "string", default: "0" },
  },
});
const [name] = positionals;
if (!["detectors", "tabular"].includes(name)) throw new Error("name a set: detectors or tabular");
const workDir = values["work-dir"] ?? `runs/ranking-${name}`;
const set = await import(`./ranking/${name}.mjs`);
const dataFile = (suffix) => fileURLToPath(new URL(`data/ranking/${name}${suffix}.json`, import.meta.url));
const subnets = JSON.parse(readFileSync(dataFile(""), "utf8")).subnets.map(({ subnet }) => subnet);

const untrained = Object.fromEntries(set.UNTRAINED.map((kind) => [kind, kind]));
const levers = { ...set.LEVERS, ...set.FINE_TUNED, ...untrained };
for (const lever of values.levers?.split(",") ?? Object.keys(levers)) {
  const settings = levers[lever];
  if (settings === undefined)
    throw new Error(`${lever} is not a lever: use one of ${Object.keys(levers).join(", ")}`);
  for (const seed of values.seeds.split(",").map(Number)) {
    if (read()[lever]?.seeds.some((each) => each.seed === seed)) continue;
    const start = performance.now();
    const folder = join(workDir, "levers", `${lever}-${seed}`);
    const scores = await scoresOf(lever, { seed, folder, settings });
    const seconds = Math.round((performance.now() - start) / 1000);
    save(lever, settings, { seed, seconds, scores: scores.map((score) => Number(score.toFixed(5))) });
    console.log(`${lever}, seed ${seed}: ${seconds} s`);
  }
}

async function scoresOf(lever, { seed, folder, settings }) {
  if (lever in set.LEVERS) return set.scoreWithSupernet(workDir, subnets, { seed, folder, settings });
  if (lever in set.FINE_TUNED) return fineTune({ seed, folder, epochs: settings });
  return set.scoreUntrained(workDir, subnets, { seed, kind: settings });
}

/** Scores the subnets after some epochs of their own. Keeps the scores so far. */
async function fineTune({ seed, folder, epochs }) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "scores.json");
  const scores = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
  for await (const score of set.scoreFineTuned(workDir, subnets, { seed, epochs, from: scores.length })) {
    scores.push(score);
    writeFileAtomic(file, JSON.stringify(scores));
  }
  return scores;
}

function read() {
  const file = dataFile("-scores");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}

/** Adds to the file as it is now, because several levers may be measured at the same time. */
function save(lever, settings, result) {
  const table = read();
  const seeds = [...(table[lever]?.seeds ?? []), result].sort((a, b) => a.seed - b.seed);
  table[lever] = { settings, seeds };
  const levers = Object.entries(table).map(([key, { settings, seeds }]) => {
    const lines = seeds.map((each) => `      ${JSON.stringify(each)}`);
    return `  ${JSON.stringify(key)}: {\n    "settings": ${JSON.stringify(settings)},\n    "seeds": [\n${lines.join(",\n")}\n    ]\n  }`;
  });
  writeFileAtomic(dataFile("-scores"), `{\n${levers.join(",\n")}\n}\n`);
}
