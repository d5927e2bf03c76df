// For tests and benchmarks: runs fuzz-program.ts in a process of its own, which it may end.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("./fuzz-program.js", import.meta.url));

// A call that takes longer counts as a crash. A normal call takes milliseconds.
const SILENCE_MS = 120_000;

/** Operators to call, by their place in `ops`, and how often. */
export interface FuzzRun {
  readonly from: number;
  readonly to: number;
  readonly rounds: number;
  readonly seed: number;
}

/** How the process ended. */
export interface FuzzEnd {
  readonly survived: boolean;
  /** Signal or exit code. */
  readonly how: string;
  /** Last call that it wrote, and what came after it. */
  readonly last: string;
}

export function runFuzz({ from, to, rounds, seed }: FuzzRun): Promise<FuzzEnd> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...[from, to, rounds, seed].map(String)], {
      env: { ...process.env, OMP_NUM_THREADS: "1" },
    });
    let out = "";
    let last = "";
    const watch = setTimeout(() => child.kill("SIGKILL"), SILENCE_MS);
    child.stdout.on("data", (text) => {
      out += text;
    });
    child.stderr.on("data", (text) => {
      last = (last + text).slice(-600);
      watch.refresh();
    });
    child.on("close", (code, signal) => {
      clearTimeout(watch);
      // LAPACK prints its own complaints before.
      resolve({ survived: out.endsWith("survived"), how: signal ?? `code ${code}`, last });
    });
  });
}
