// Faults at random moments of the quickstart at test size, and whether it ends as a run that nothing befell.
//
//   node benchmarks/faults.mjs [--trials 104] [--jobs 1] [--seed 0] [--out DIR] [--set key=value ...]
//
// A trial begins a run, lets one fault befall it at a random moment, mends what a user would have to mend, and goes on
// with --resume. It is passed where metrics, subnet, results, detections and all weights are, byte for byte, those of the
// undisturbed run, and where no step that was done before the fault was done again (save one whose own result was
// damaged). Filling a disk needs root, which mounts a small one.
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
import { TINY_QUICKSTART, toSettings } from "../packages/supernet/dist/testing/recipes.js";

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
/** Room for a whole run, and for the rest of one once what fills the disk is gone. */
const DISK = "96m";

/** What befalls a run at work; gives what is done once it has ended: what a user mends, or the rest of the fault. */
const FAULTS = {
  SIGKILL: ({ child }) => void child.kill("SIGKILL"),
  "SIGINT, as by Ctrl-C": ({ child }) => void child.kill("SIGINT"),
  "SIGTERM, as by a batch system": ({ child }) => void child.kill("SIGTERM"),
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
  "SIGKILL, then the newest checkpoint cut off": ({ child, run, random }) => {
    child.kill("SIGKILL");
    return () => damageNewest(run, (path) => truncateSync(path, random.int(statSync(path).size)));
  },
  "SIGKILL, then the newest checkpoint scrambled": ({ child, run, random }) => {
    child.kill("SIGKILL");
    return () => damageNewest(run, (path) => scramble(path, random));
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
    scramble(join(folder, name), random);
    // The user's data is the user's to restore; scenes are supernet's own.
    return own ? undefined : () => void cpSync(join(FASHION, name), join(data, name));
  },
};

const kinds = Object.keys(FAULTS);
const results = [];
const whole = join(out, "whole");
const wholeData = join(out, "data");
cpSync(FASHION, wholeData, { recursive: true, dereference: true });
const begun = performance.now();
const undisturbed = await start(whole, wholeData).ended;
if (undisturbed.code !== 0) throw new Error(undisturbed.log);
const seconds = (performance.now() - begun) / 1000;
console.error(`the undisturbed run took ${seconds.toFixed(1)} s; ${trials} trials in ${out}`);

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
    const place = join(out, `trial-${index}`);
    rmSync(place, { recursive: true, force: true });
    mkdirSync(place);
    const disk = kind === "disk filled" ? place : undefined;
    if (disk) mount(disk);
    try {
      const run = join(place, "run");
      const data = join(place, "data");
      if (!disk) cpSync(FASHION, data, { recursive: true, dereference: true });
      const result = await disturb(kind, { run, data: disk ? wholeData : data, disk, random });
      // A run that was faster than the undisturbed one was over before its moment came.
      if (result === undefined) continue;
      results.push({ kind, ...result });
      console.error(
        `${index + 1}/${trials} ${kind} at ${result.moment.toFixed(1)} s: ${result.passed ? "same" : "NOT THE SAME"}` +
          ` (${result.how}${result.damaged ? `, ${result.damaged}` : ""})${result.note ? `\n  ${result.note}` : ""}`,
      );
      if (!result.passed) return cpSync(place, join(out, `failed-${index}`), { recursive: true });
      return;
    } finally {
      if (disk) spawnSync("umount", [disk]);
      rmSync(place, { recursive: true, force: true });
    }
  }
}

async function disturb(kind, { run, data, disk, random }) {
  const moment = random.uniform(0, seconds);
  const { child, ended } = start(run, data);
  const before = await Promise.race([ended, sleep(moment * 1000)]);
  if (before !== undefined) return undefined;
  const done = doneSteps(run);
  const mend = await FAULTS[kind]({ child, ended, run, data, disk, random });
  const { code, signal, log } = await ended;
  const damaged = mend?.();
  const how = signal ?? (code === 0 ? "went on" : `exit ${code}`);
  const plain = code === 0 || signal !== null || /^error: .*\n$/m.test(log);
  const resumed = code === 0 ? { code: 0, log: "" } : await start(run, data, "--resume").ended;
  const after = doneSteps(run);
  const again = [...done].flatMap(([step, mark]) =>
    step === damaged?.split("/")[0] || after.get(step) === mark ? [] : step,
  );
  const differs = resumed.code === 0 ? firstDifference(run) : `it did not end: ${resumed.log.slice(-300)}`;
  const note = [
    differs && `differs: ${differs}`,
    again.length > 0 && `done again: ${again.join(", ")}`,
    !plain && `no plain error: ${log.slice(-300)}`,
  ];
  const wrong = note.filter((line) => line);
  return { moment, how, damaged, passed: wrong.length === 0, note: wrong.join("; ") };
}

/** Starts a run; `ended` is how it ended. */
function start(run, data, ...more) {
  const settings = { ...TINY_QUICKSTART, "classification.data": data, "detection.data.items": data };
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

/** The marks of the steps that are done, by step: a step that is done again writes its own anew. */
function doneSteps(run) {
  const steps = join(run, "steps");
  const names = existsSync(steps) ? readdirSync(steps) : [];
  return new Map(
    names.flatMap((name) => {
      const mark = join(steps, name, "done.json");
      return existsSync(mark) ? [[name, readFileSync(mark, "utf8")]] : [];
    }),
  );
}

/** The first file of a run that is not the undisturbed one's. */
function firstDifference(run) {
  const results = ["metrics.jsonl", "subnet.yaml", "steps/test/results.json", "steps/test/detections.json"];
  const weights = readdirSync(join(whole, "steps"), { recursive: true })
    .filter((name) => /(weights|best)\.safetensors$/.test(name))
    .map((name) => join("steps", name));
  return [...results, ...weights].find((name) => {
    const [own, other] = [run, whole].map((folder) => join(folder, name));
    return !existsSync(own) || !readFileSync(own).equals(readFileSync(other));
  });
}

/** Damages the newest checkpoint, state or weights of a run; gives their path among the steps. */
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

/** Overwrites a stretch of a file, in place: from one byte to 1000. */
function scramble(path, random) {
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
  if (status !== 0) throw new Error("filling a disk needs root, to mount a small one");
}

/** Writes a file that leaves no room. */
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
  console.log("| fault | trials | ended as the undisturbed run | how the run took it |");
  console.log("| ----- | ------ | ---------------------------- | ------------------- |");
  for (const kind of kinds) {
    const own = results.filter((result) => result.kind === kind);
    const passed = own.filter((result) => result.passed).length;
    const ways = [...new Set(own.map(({ how }) => how))].sort();
    const how = ways.map((way) => `${way}: ${own.filter((result) => result.how === way).length}`).join(", ");
    console.log(`| ${kind} | ${own.length} | ${passed} | ${how} |`);
  }
}
