// Calls every operator of the engine with hostile values of the kinds that it accepts, and with junk, in child processes.
// No call may end the process or take more than two minutes.
//
//   node benchmarks/fuzz.mjs [--calls 10000] [--seed 1]
//
// Prints the seed, the number of calls, and the last call of every process that ended before its time. The same seed
// makes the same calls.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ops } from "@supernet/torch";

const { values } = parseArgs({
  options: { calls: { type: "string", default: "10000" }, seed: { type: "string", default: "1" } },
});
const program = fileURLToPath(new URL("../packages/torch/dist/testing/fuzz-program.js", import.meta.url));
const count = Object.keys(ops).length;
const rounds = Math.max(2, Math.ceil(Number(values.calls) / count));
const PART = 50;
const SILENCE_MS = 120_000;

const crashes = [];
for (let from = 0; from < count; from += PART) {
  const to = Math.min(count, from + PART);
  const { survived, how, last } = await run(from, to);
  if (!survived) crashes.push(`operators ${from} to ${to}: ${how} in ${last}`);
}
console.log(`seed ${values.seed}: ${rounds * count} calls of ${count} operators, ${crashes.length} crashes`);
for (const crash of crashes) console.log(`  ${crash}`);
process.exitCode = crashes.length === 0 ? 0 : 1;

/** Runs the program for some operators. */
function run(from, to) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, from, to, rounds, values.seed].map(String), {
      env: { ...process.env, OMP_NUM_THREADS: "1" },
    });
    let out = "";
    let log = "";
    const watch = setTimeout(() => child.kill("SIGKILL"), SILENCE_MS);
    child.stdout.on("data", (text) => {
      out += text;
    });
    child.stderr.on("data", (text) => {
      log = (log + text).slice(-2000);
      watch.refresh();
    });
    child.on("close", (code, signal) => {
      clearTimeout(watch);
      const lines = log.trimEnd().split("\n");
      // LAPACK prints its own complaints.
      resolve({ survived: out.endsWith("survived"), how: signal ?? `exit code ${code}`, last: lines.at(-1) });
    });
  });
}
