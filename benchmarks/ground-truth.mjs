// Trains many subnets of a space alone, with several seeds: the truth that ways to rank subnets are compared with in
// ranking.mjs. Writes data/ranking/SET.json after every training:
//
//   { command, training, seeds, subnets: [{ subnet, keptBack, flops, params, ..., alone: [{ seed, ...scores, seconds }] }] }
//
//   node benchmarks/ground-truth.mjs detectors|tabular [--work-dir DIR] [--seeds 2] [--jobs 2] [--seconds N]
//
// It takes hours. It can be killed at any time; run it again to continue. With --seconds, it starts no training after
// that time, and exits with status 3 if some are missing.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { writeFileAtomic } from "@supernet/base";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    "work-dir": { type: "string" },
    seeds: { type: "string", default: "2" },
    jobs: { type: "string", default: "2" },
    seconds: { type: "string", default: "Infinity" },
    item: { type: "string" },
  },
});
const [name] = positionals;
if (!["detectors", "tabular"].includes(name)) throw new Error("name a set: detectors or tabular");
const workDir = values["work-dir"] ?? `runs/ranking-${name}`;
const set = await import(`./ranking/${name}.mjs`);
const file = fileURLToPath(new URL(`data/ranking/${name}.json`, import.meta.url));

if (values.item) await trainItem(...values.item.split(":").map(Number));
else await trainAll();

async function trainAll() {
  const start = performance.now();
  const inTime = () => (performance.now() - start) / 1000 < Number(values.seconds);
  await set.prepare(workDir);
  mkdirSync(join(file, ".."), { recursive: true });
  const table = existsSync(file)
    ? JSON.parse(readFileSync(file, "utf8"))
    : {
        command: `node benchmarks/ground-truth.mjs ${name}`,
        training: set.training,
        subnets: (await set.sample(workDir)).map((subnet) => ({ ...subnet, alone: [] })),
      };
  const save = () => writeFileAtomic(file, format(table));
  save();
  const seeds = Array.from({ length: Number(values.seeds) }, (_, seed) => seed);
  const waiting = seeds.flatMap((seed) =>
    table.subnets.flatMap(({ alone }, index) =>
      alone.some((each) => each.seed === seed) ? [] : [{ index, seed }],
    ),
  );
  const total = waiting.length;
  let done = 0;
  const work = async () => {
    while (inTime()) {
      const item = waiting.shift();
      if (item === undefined) return;
      const scores = await runItem(item);
      const { alone } = table.subnets[item.index];
      alone.push({ seed: item.seed, ...scores });
      alone.sort((a, b) => a.seed - b.seed);
      save();
      done++;
      console.log(`${done}/${total}: subnet ${item.index}, seed ${item.seed}: ${JSON.stringify(scores)}`);
    }
  };
  await Promise.all(Array.from({ length: Number(values.jobs) }, work));
  if (waiting.length > 0) process.exitCode = 3;
}

/** Trains one subnet in a process of its own, because a training uses its process's random numbers. */
function runItem({ index, seed }) {
  const args = [fileURLToPath(import.meta.url), name, "--work-dir", workDir, "--item", `${index}:${seed}`];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.on("data", (data) => {
      output += data;
    });
    child.on("close", (code, signal) => {
      if (code === 0) resolve(JSON.parse(output));
      else reject(new Error(`subnet ${index}, seed ${seed}: the training failed: ${signal ?? code}`));
    });
  });
}

async function trainItem(index, seed) {
  const start = performance.now();
  const { subnet } = JSON.parse(readFileSync(file, "utf8")).subnets[index];
  const scores = await set.trainAlone(workDir, subnet, {
    seed,
    folder: join(workDir, "alone", `${index}-${seed}`),
  });
  const seconds = Math.round((performance.now() - start) / 1000);
  process.stdout.write(JSON.stringify({ ...rounded(scores), seconds }));
}

function rounded(scores) {
  return Object.fromEntries(Object.entries(scores).map(([key, value]) => [key, Number(value.toFixed(5))]));
}

/** One line per subnet. */
function format({ subnets, ...head }) {
  const lines = subnets.map((subnet) => `    ${JSON.stringify(subnet)}`);
  const start = JSON.stringify(head, null, 2).slice(0, -2);
  return `${start},\n  "subnets": [\n${lines.join(",\n")}\n  ]\n}\n`;
}
