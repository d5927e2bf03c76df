// For tests: runs of the command line in separate processes, which can be killed.
import { type ChildProcess, type SpawnSyncReturns, spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Settings, toSettings } from "./recipes.js";

export const bin = fileURLToPath(new URL("../../bin/supernet.js", import.meta.url));

export const supernet = (...args: readonly string[]): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, [bin, ...args], { encoding: "utf8" });

/** Formats settings as --set options. */
export const setOptions = (settings: Settings): string[] =>
  toSettings(settings).flatMap((setting) => ["--set", setting]);

/** Run of a recipe. */
export interface TestRun {
  readonly recipe: string;
  readonly workDir: string;
  readonly settings: Settings;
}

const argsOf = ({ recipe, workDir, settings }: TestRun): string[] => [
  "run",
  recipe,
  "--work-dir",
  workDir,
  ...setOptions(settings),
];

/** Starts a run and waits for its end. */
export const runToEnd = (run: TestRun, ...more: readonly string[]): SpawnSyncReturns<string> =>
  supernet(...argsOf(run), ...more);

/** Starts or resumes a run, and sends it a signal as soon as `ready` returns true. */
export async function signalWhen(run: TestRun, ready: () => boolean, signal: NodeJS.Signals) {
  const child = spawn(process.execPath, [bin, ...argsOf(run), "--resume"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let log = "";
  child.stderr!.on("data", (text) => {
    log += text;
  });
  const end = ended(child);
  const timer = setInterval(() => {
    if (!ready()) return;
    clearInterval(timer); // A second signal would exit immediately.
    child.kill(signal);
  }, 10);
  const how = await end;
  clearInterval(timer);
  return { how, log };
}

/** Starts or resumes a run, and sends it a signal as soon as metrics.jsonl has `lines` lines. */
export function signalAfter(run: TestRun, lines: number, signal: NodeJS.Signals) {
  const metrics = join(run.workDir, "metrics.jsonl");
  const count = () => (existsSync(metrics) ? readFileSync(metrics, "utf8").split("\n").length - 1 : 0);
  return signalWhen(run, () => count() >= lines, signal);
}

const ended = (child: ChildProcess): Promise<number | NodeJS.Signals | null> =>
  new Promise((resolve) => child.on("exit", (code, signal) => resolve(signal ?? code)));
