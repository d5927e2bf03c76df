import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { ops } from "./index.js";

const program = fileURLToPath(new URL("../testing/fuzz-program.js", import.meta.url));
const PARTS = 4;
const ROUNDS = 12;
// A call that takes longer counts as a crash. A normal call takes milliseconds.
const SILENCE_MS = 120_000;

function fuzz(from: number, to: number, seed: number): Promise<{ out: string; last: string; how: string }> {
  return new Promise((resolve) => {
    const run = spawn(process.execPath, [program, ...[from, to, ROUNDS, seed].map(String)], {
      env: { ...process.env, OMP_NUM_THREADS: "1" },
    });
    let out = "";
    let last = "";
    const watch = setTimeout(() => run.kill("SIGKILL"), SILENCE_MS);
    run.stdout.on("data", (text) => {
      out += text;
    });
    run.stderr.on("data", (text) => {
      last = (last + text).slice(-600);
      watch.refresh();
    });
    run.on("close", (code, signal) => {
      clearTimeout(watch);
      resolve({ out, last, how: signal ?? `code ${code}` });
    });
  });
}

describe("the bridge survives junk: wrong kinds, NaN and huge sizes, released tensors, missing arguments", () => {
  const count = Object.keys(ops).length;
  for (let part = 0; part < PARTS; part++) {
    const [from, to] = [Math.floor((part * count) / PARTS), Math.floor(((part + 1) * count) / PARTS)];
    it(`operators ${from} to ${to}`, async () => {
      const { out, last, how } = await fuzz(from, to, 1);
      // LAPACK prints its own complaints.
      assert.ok(out.endsWith("survived"), `ended by ${how} in: ${last}`);
    });
  }
});
