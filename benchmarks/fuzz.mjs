// Calls every operator of the engine with hostile values of the kinds that it accepts, and with junk, in child processes.
// No call may end the process or take more than two minutes.
//
//   node benchmarks/fuzz.mjs [--calls 10000] [--seed 1]
//
// Prints the seed, the number of calls, and the last call of every process that ended before its time. The same seed
// makes the same calls.
import { parseArgs } from "node:util";
import { ops } from "@supernet/torch";
import { runFuzz } from "../packages/torch/dist/testing/run-fuzz.js";

const { values } = parseArgs({
  options: { calls: { type: "string", default: "10000" }, seed: { type: "string", default: "1" } },
});
const count = Object.keys(ops).length;
const rounds = Math.max(2, Math.ceil(Number(values.calls) / count));
const PART = 50;

const crashes = [];
for (let from = 0; from < count; from += PART) {
  const to = Math.min(count, from + PART);
  const { survived, how, last } = await runFuzz({ from, to, rounds, seed: Number(values.seed) });
  if (!survived) crashes.push(`operators ${from} to ${to}: ${how} in ${last.trimEnd().split("\n").at(-1)}`);
}
console.log(`seed ${values.seed}: ${rounds * count} calls of ${count} operators, ${crashes.length} crashes`);
for (const crash of crashes) console.log(`  ${crash}`);
process.exitCode = crashes.length === 0 ? 0 : 1;
