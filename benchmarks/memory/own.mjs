// Runs one case and prints its memory as a line of JSON. See ../memory.mjs.
import { readFileSync } from "node:fs";
import { memory, randn, resetPeakMemory, setNumThreads, tidy } from "@supernet/torch";
import { CASES, prepare } from "./cases.mjs";

const [name, epochs, steps] = process.argv.slice(2);
setNumThreads(1);

/** Returns the current and the peak resident memory of the process, in bytes. */
function resident() {
  const status = readFileSync("/proc/self/status", "utf8");
  const of = (key) => 1024 * Number(status.match(new RegExp(`${key}:\\s+(\\d+) kB`))[1]);
  return { now: of("VmRSS"), peak: of("VmHWM") };
}

tidy(() => randn([64, 64]).matmul(randn([64, 64])));
const loaded = resident().now;
const step = prepare(CASES[name]);
const ended = [];
const peaks = [];
const tensorPeaks = [];
for (let epoch = 0; epoch < Number(epochs); epoch++) {
  resetPeakMemory();
  for (let i = 0; i < Number(steps); i++) step(i);
  tensorPeaks.push(memory().peak);
  peaks.push(resident().peak - loaded);
  ended.push(resident().now - loaded);
}
console.log(JSON.stringify({ loaded, peaks, ended, tensorPeaks }));
