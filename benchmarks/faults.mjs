// Injects faults at random moments of the quickstart at test size, and checks that the resumed run has the same
// results.
//
//   node benchmarks/faults.mjs [--trials 104] [--jobs 1] [--seed 0] [--out DIR] [--set key=value ...]
//
// A trial starts a run, injects one fault at a random moment, fixes what a user would have to fix, and continues with
// --resume. It passes if
//
// - metrics, subnet, results, detections and all weights are byte-identical to those of an uninterrupted run,
// - no step that was finished before the fault is repeated, unless its own files were damaged, and
// - the run that was hit by the fault stopped with a one-line error, if it stopped by itself.
//
// The fault "disk filled" needs root, to mount a small disk.
import { spawn, spawnSync } from "node:child_process";
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Random } from "@supernet/base";
import { tinyQuickstart, toSettings } from "../packages/supernet/dist/testing/recipes.js";

const { values } = parseArgs({
  options: {
    trials: { type: "string", default: "104" },
    jobs: { type: "string", default: "1" },
    seed: { type: "string", default: "0" },
    out: { type: "string" },
    set: { type: "string", multiple: true, default: [] },
  },
});
const trials = Number(values.trials);
const bin = fileURLToPath(new URL("../packages/supernet/bin/supernet.js", import.meta.url));
const out = values.out ?? mkdtempSync(join(tmpdir(), "faults-"));
const FASHION = "/usr/share/datasets/fashion-mnist";
/** Enough space for a complete run. */
const DISK = "96m";

/** Injects a fault into a running run. May return a function to call after it stops: the user's fix or more damage. */
const FAULTS = {
  SIGKILL: ({ child }) => void child.kill("SIGKILL"),
  "SIGINT (Ctrl-C)": ({ child }) => void child.kill("SIGINT"),
  "SIGTERM (batch system)": ({ child }) => void child.kill("SIGTERM"),
  "SIGSTOP for a second": async ({ child }) => {
    child.kill("SIGSTOP");
    await sleep(1000);
    child.kill("SIGCONT");
  },
  "disk filled": ({ disk }) => {
    const filler = join(disk, "filler");
    fill(filler);
    return () => void rmSync(filler);
  },
  "SIGKILL, then the newest checkpoint truncated": ({ child, run, random }) => {
    child.kill("SIGKILL");
    return () => damageNewest(run, (path) => truncateSync(path, random.int(statSync(path).size)));
  },
  "SIGKILL, then the newest checkpoint corrupted": ({ child, run, random }) => {
    child.kill("SIGKILL");
    return () => damageNewest(run, (path) => corrupt(path, random));
  },
  "data file corrupted": ({ data, run, random }) => {
    const scenes = join(run, "steps", "scenes", "images", "train");
    const own = existsSync(scenes) && random.int(2) === 0;
    const folder = own ? scenes : data;
    const name = random.pick(
      readdirSync(folder)
        .filter((file) => /\.(gz|png)$/.test(file))
        .sort(),
    );
    corrupt(join(folder, name), random);
    // The user restores damaged data files; supernet composes damaged scenes again.
    return own ? undefined : () => void cpSync(join(FASHION, name), join(data, name));
  },
};

const kinds = Object.keys(FAULTS);
const results = [];
const reference = join(out, "reference");
const referenceData = join(out, "data");
cpSync(FASHION, referenceData, { recursive: true, dereference: true });
const startTime = performance.now();
const uninterrupted = await start(reference, referenceData).ended;
if (uninterrupted.code !== 0) throw new Error(uninterrupted.log);
const seconds = (performance.now() - startTime) / 1000;
console.error(`the uninterrupted run took ${seconds.toFixed(1)} s; ${trials} trials in ${out}`);

let next = 0;
await Promise.all(
  Array.from({ length: Number(values.jobs) }, async () => {
    while (next < trials) await trial(next++);
  }),
);
printTable();
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;

async function trial(index) {
  const kind = kinds[index % kinds.length];
  for (let attempt = 0; ; attempt++) {
    const random = Random.of(Number(values.seed), index, attempt);
    const folder = join(out, `trial-${index}`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    const disk = kind === "disk filled" ? folder : undefined;
    if (disk) mount(disk);
    try {
      const run = join(folder, "run");
      const data = join(folder, "data");
      if (!disk) cpSync(FASHION, data, { recursive: true, dereference: true });
      const result = await inject(kind, { run, data: disk ? referenceData : data, disk, random });
      // The run finished before the moment of the fault: try again.
      if (result === undefined) continue;
      results.push({ kind, ...result });
      console.error(
        `${index + 1}/${trials} ${kind} at ${result.moment.toFixed(1)} s: ${result.passed ? "same" : "DIFFERENT"}` +
          ` (${result.how}${result.damaged ? `, ${result.damaged}` : ""})${result.note ? `\n  ${result.note}` : ""}`,
      );
      if (!result.passed) return cpSync(folder, join(out, `failed-${index}`), { recursive: true });
      return;
    } finally {
      if (disk) spawnSync("umount", [disk]);
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

async function inject(kind, { run, data, disk, random }) {
  const moment = random.uniform(0, seconds);
  const { child, ended } = start(run, data);
  const before = await Promise.race([ended, sleep(moment * 1000)]);
  if (before !== undefined) return undefined;
  const done = doneSteps(run);
  const afterwards = await FAULTS[kind]({ child, ended, run, data, disk, random });
  const { code, signal, log } = await ended;
  const damaged = afterwards?.();
  const how = signal ?? (code === 0 ? "continued" : `exit ${code}`);
  const plain = code === 0 || signal !== null || /^error: .*\n$/m.test(log);
  const resumed = code === 0 ? { code: 0, log: "" } : await start(run, data, "--resume").ended;
  const after = doneSteps(run);
  const again = [...done].flatMap(([step, mark]) =>
    step === damaged?.split("/")[0] || after.get(step) === mark ? [] : step,
  );
  const differs =
    resumed.code === 0 ? firstDifference(run) : `the resumed run failed: ${resumed.log.slice(-300)}`;
  const note = [
    differs && `differs: ${differs}`,
    again.length > 0 && `repeated: ${again.join(", ")}`,
    !plain && `not a one-line error: ${log.slice(-300)}`,
  ];
  const wrong = note.filter((line) => line);
  return { moment, how, damaged, passed: wrong.length === 0, note: wrong.join("; ") };
}

/** Starts a run. `ended` resolves to its exit code, signal and log. */
function start(run, data, ...more) {
  // As many iterations as on the smaller data set of the tests.
  const epochs = { "steps.pretrain.epochs": 0.004, "steps.retrain.epochs": 0.004 };
  const settings = { ...tinyQuickstart(data), ...epochs };
  const sets = [...toSettings(settings), ...values.set].flatMap((setting) => ["--set", setting]);
  const child = spawn(
    process.execPath,
    [bin, "run", "detnas-quickstart", "--work-dir", run, ...sets, ...more],
    {
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  let log = "";
  child.stderr.on("data", (text) => {
    log += text;
  });
  const ended = new Promise((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal, log }));
  });
  return { child, ended };
}

/** Returns the contents of `done.json` of all finished steps. It changes if a step is repeated. */
function doneSteps(run) {
  const steps = join(run, "steps");
  const names = existsSync(steps) ? readdirSync(steps) : [];
  return new Map(
    names.flatMap((name) => {
      const marker = join(steps, name, "done.json");
      return existsSync(marker) ? [[name, readFileSync(marker, "utf8")]] : [];
    }),
  );
}

/** Returns the first file of a run that differs from the uninterrupted run. */
function firstDifference(run) {
  const results = ["metrics.jsonl", "subnet.yaml", "steps/test/results.json", "steps/test/detections.json"];
  const weights = readdirSync(join(reference, "steps"), { recursive: true })
    .filter((name) => /(weights|best)\.safetensors$/.test(name))
    .map((name) => join("steps", name));
  return [...results, ...weights].find((name) => {
    const [own, other] = [run, reference].map((folder) => join(folder, name));
    return !existsSync(own) || !readFileSync(own).equals(readFileSync(other));
  });
}

/** Damages the newest checkpoint or weights file of a run, and returns its path relative to the steps folder. */
function damageNewest(run, damage) {
  const steps = join(run, "steps");
  const files = existsSync(steps) ? readdirSync(steps, { recursive: true }) : [];
  const [newest] = files
    .filter((name) => /(^|\/)(checkpoint|.*\.safetensors)$/.test(name))
    .map((name) => ({ name, time: statSync(join(steps, name)).mtimeMs }))
    .sort((a, b) => b.time - a.time);
  if (newest === undefined) return undefined;
  damage(join(steps, newest.name));
  return newest.name;
}

/** Overwrites 1 to 1000 bytes of a file in place. */
function corrupt(path, random) {
  const size = statSync(path).size;
  const length = 1 + random.int(Math.min(size, 1000));
  const file = openSync(path, "r+");
  writeSync(
    file,
    Buffer.from(Array.from({ length }, () => random.int(256))),
    0,
    length,
    random.int(size - length + 1),
  );
  closeSync(file);
}

function mount(folder) {
  const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${DISK}`, "tmpfs", folder]);
  if (status !== 0) throw new Error("cannot mount a small disk to fill: run as root");
}

/** Writes a file that fills the disk. */
function fill(path) {
  const file = openSync(path, "w");
  for (const size of [1 << 20, 1 << 12]) {
    try {
      for (;;) writeSync(file, Buffer.alloc(size));
    } catch (error) {
      if (error.code !== "ENOSPC") throw error;
    }
  }
  closeSync(file);
}

function printTable() {
  console.log("| fault | trials | same results as without a fault | outcome of the run with the fault |");
  console.log("|---|---|---|---|");
  for (const kind of kinds) {
    const own = results.filter((result) => result.kind === kind);
    const passed = own.filter((result) => result.passed).length;
    const ways = [...new Set(own.map(({ how }) => how))].sort();
    const how = ways.map((way) => `${way}: ${own.filter((result) => result.how === way).length}`).join(", ");
    console.log(`| ${kind} | ${own.length} | ${passed} | ${how} |`);
  }
}
