import { rmSync } from "node:fs";
import { fileError, makeFolder, removeTemporariesIn } from "@supernet/base";
import type { distributed } from "@supernet/torch";
import { type Interrupt, interruptCheck } from "./interrupt.js";
import { interruptible, type LoopContext } from "./loop-context.js";
import { appendMetrics, rewindMetrics } from "./metrics.js";
import type { WorkDir } from "./open-work-dir.js";
import { clock, Progress } from "./progress.js";
import { runAsMain } from "./shared-steps.js";
import { inputHashes, type Step } from "./step.js";
import { isFinished, readFinished, readStarted, writeFinished, writeStarted } from "./step-files.js";

export interface RunOptions {
  readonly workDir: WorkDir;
  readonly interrupt: Interrupt;
  readonly resumeCommand: string;
  /** Ranks of the run; this process is rank 0. Undefined if there is only this process. */
  readonly world?: distributed.World | undefined;
  /** Prints a line for the user. */
  log(line: string): void;
}

/**
 * Runs steps in order. A step that has finished with the same inputs is skipped, one that was interrupted continues
 * from its checkpoint, and one whose inputs have changed starts over. Everything that could make a later step fail is
 * checked before the first one starts.
 */
export async function runSteps(steps: readonly Step[], options: RunOptions): Promise<void> {
  const { workDir, log } = options;
  const hashes = inputHashes(steps);
  const finished = steps.map((step, i) => isFinished(workDir.stepFolder(step.name), hashes[i]!));
  const unfinished = steps.filter((_, i) => !finished[i]);
  for (const check of new Set(unfinished.map((step) => step.check))) await check?.();
  for (const [i, step] of steps.entries()) {
    const title = `[${i + 1}/${steps.length}] ${step.title}`;
    if (finished[i]) {
      const { seconds } = readFinished(workDir.stepFolder(step.name))!;
      log(`${title}: done before (${clock(seconds)})`);
    } else {
      await runStep(step, { hash: hashes[i]!, title }, options);
    }
  }
}

async function runStep(
  step: Step,
  { hash, title }: { readonly hash: string; readonly title: string },
  options: RunOptions,
): Promise<void> {
  const { workDir, interrupt, resumeCommand, log } = options;
  const folder = workDir.stepFolder(step.name);
  const started = readStarted(folder);
  const resumed = started?.hash === hash;
  if (readFinished(folder)?.hash === hash) {
    log(`${folder}: files are missing, changed or corrupt: repeating the step`);
  }
  if (!resumed) clearStep(step, folder, workDir);
  removeTemporariesIn(folder);
  const throwIfInterrupted = interruptCheck(interrupt, resumeCommand);
  throwIfInterrupted();
  log(title);

  const startTime = performance.now();
  const record = () => ({
    hash,
    seconds: (resumed ? started.seconds : 0) + (performance.now() - startTime) / 1000,
  });
  writeStarted(folder, record());
  const world = step.ranks === "first" ? undefined : options.world;
  const body = () =>
    step.run({
      root: workDir.path,
      world,
      folder: (name = step.name) => workDir.stepFolder(name),
      host: { ...loopContext(step, folder, options), world },
      log,
    });
  try {
    await (world ? runAsMain(step, { world, waiting: { check: throwIfInterrupted, log }, body }) : body());
  } catch (error) {
    trySaveTime(() => writeStarted(folder, record()));
    throw error;
  }
  writeFinished(folder, record());
}

/** Removes the step's files and metrics, which belong to other inputs. */
function clearStep({ name }: Step, folder: string, { metrics }: WorkDir): void {
  rmSync(folder, { recursive: true, force: true });
  rewindMetrics(metrics, name, -1);
  try {
    makeFolder(folder);
  } catch (error) {
    throw fileError("make", folder, error);
  }
}

/** Saves the time of a step that failed. An error here must not hide the first one. */
function trySaveTime(save: () => void): void {
  try {
    save();
  } catch {
    // For example, the first error already reports a full disk.
  }
}

function loopContext(
  step: Step,
  folder: string,
  { workDir, interrupt, resumeCommand, log }: RunOptions,
): LoopContext {
  let progress: Progress | undefined;
  return {
    step: step.name,
    folder,
    begin(done, total) {
      rewindMetrics(workDir.metrics, step.name, done);
      progress = new Progress(step.name.padEnd(8), done, total);
    },
    record: (values) =>
      appendMetrics(workDir.metrics, { step: step.name, ...values } as Parameters<typeof appendMetrics>[1]),
    progress: (done, note) => progress?.update(done, note),
    log: (line) => (progress ? progress.log(line) : log(line)),
    ...interruptible(interrupt, resumeCommand),
  };
}
