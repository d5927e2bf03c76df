import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { setImmediate as eventLoopTurn } from "node:timers/promises";
import { fileError, folderDigest, makeFolder, removeTemporariesIn, writeFileAtomic } from "@supernet/base";
import type { distributed } from "@supernet/torch";
import { checkpointIteration } from "../training/checkpoint-name.js";
import type { LoopHost } from "../training/host.js";
import { type Assignment, assign, nameOf, nextAssignment, withdraw } from "./assignment.js";
import { type Interrupt, interruptedError } from "./interrupt.js";
import { appendMetrics, rewindMetrics } from "./metrics.js";
import { clock, Progress } from "./progress.js";
import { silentHost } from "./silent-host.js";
import type { Places, WorkDir } from "./work-dir.js";

/** A stretch of a run whose result is a folder. Each step builds on all that stand before it. */
export interface Step {
  readonly name: string;
  readonly title: string;
  /** The settings that its result hangs on, as plain JSON. */
  inputs(): unknown;
  /** Finds what the step lacks, such as its data, before any step is begun; called once where steps share it. */
  readonly check?: () => Promise<void>;
  /** Who of several ranks does its work: all together, the first with whoever is there to help, or the first alone. */
  readonly ranks: "all" | "any" | "first";
  run(run: StepRun): Promise<void>;
}

/** What a step is given. */
export interface StepRun {
  /** The work-dir. */
  readonly root: string;
  /** The step's own folder, or another step's. */
  folder(step?: string): string;
  /** For the step's loop. */
  readonly host: LoopHost;
  /** The ranks that share the step; left out where it is done alone. */
  readonly world?: distributed.World | undefined;
  /** A line for a person. */
  say(line: string): void;
}

export interface PipelineOptions {
  readonly workDir: WorkDir;
  readonly interrupt: Interrupt;
  readonly resumeCommand: string;
  /** The ranks of the run, of which this is the first; left out where there is no other. */
  readonly world?: distributed.World | undefined;
  say(line: string): void;
}

/** A step's mark: of which inputs it is the work, and how long it took so far. */
interface Mark {
  readonly hash: string;
  readonly seconds: number;
}

/** The mark of a step that is done, with a digest of what it left. */
interface Done extends Mark {
  readonly files: string;
}

/** Ends the name of a file that is there to fall back on alone, so that no result hangs on it. */
export const BEFORE = ".before";
const DONE = "done.json";
const STARTED = "started.json";

/**
 * Runs steps in order. One whose inputs have not changed since it was done is skipped; one that was cut short
 * goes on from its checkpoint; one whose inputs have changed begins anew. What a later step lacks is found out before
 * the first one spends its hours.
 */
export async function runSteps(steps: readonly Step[], options: PipelineOptions): Promise<void> {
  const { workDir } = options;
  const hashes = inputHashes(steps);
  const done = steps.map((step, i) => isDone(workDir.stepFolder(step.name), hashes[i]!));
  const undone = steps.filter((_, i) => !done[i]);
  for (const check of new Set(undone.map((step) => step.check))) await check?.();
  for (const [i, step] of steps.entries()) {
    const place = `[${i + 1}/${steps.length}] ${step.title}`;
    if (done[i]) options.say(`${place}: done before (${clock(secondsOf(step, workDir)!)})`);
    else await runStep(step, hashes[i]!, place, options);
  }
}

/**
 * What the ranks other than the first do in a run: their parts of the steps that the first begins. Nothing is written but
 * what a training diverged on.
 */
export async function followSteps(
  steps: readonly Step[],
  world: distributed.World,
  { root, interrupt, resumeCommand, say }: FollowerOptions,
): Promise<void> {
  const look = lookAt(interrupt, resumeCommand);
  for (let done = 0; ; ) {
    const assignment = await nextAssignment(world, done, look);
    if (assignment === undefined) return;
    done = assignment.number;
    const step = steps.find(({ name }) => name === assignment.step)!;
    const folder = (name = step.name) => join(root, "steps", name);
    const host: LoopHost = {
      ...silentHost(step.name, folder()),
      world,
      ...stopping(interrupt, resumeCommand),
    };
    await takePart(step, assignment, world, { check: look, log: say }, () =>
      step.run({ root, folder, world, host, say }),
    );
  }
}

/** Throws where the user wants to stop. */
const lookAt = (interrupt: Interrupt, resumeCommand: string) => (): void => {
  if (interrupt.requested()) throw interruptedError(interrupt, resumeCommand);
};

/** Does a step with the other ranks, as the first of them. */
async function lead(
  step: Step,
  world: distributed.World,
  waiting: distributed.WaitCallbacks,
  body: () => Promise<void>,
): Promise<void> {
  const assignment = assign(world, step.name);
  await takePart(step, assignment, world, waiting, body);
  withdraw(world, assignment);
}

/** Does a step with the other ranks: gathered where it takes all of them. */
async function takePart(
  step: Step,
  assignment: Assignment,
  world: distributed.World,
  waiting: distributed.WaitCallbacks,
  body: () => Promise<void>,
): Promise<void> {
  if (step.ranks !== "all") return body();
  await world.openGroup(nameOf(assignment), waiting);
  await body();
  world.closeGroup();
}

export interface FollowerOptions {
  /** Path of the first rank's work-dir. */
  readonly root: string;
  readonly interrupt: Interrupt;
  readonly resumeCommand: string;
  say(line: string): void;
}

/** The first of `steps` that is not done with its present inputs. */
export function firstUndone<S extends Step>(steps: readonly S[], workDir: Places): S | undefined {
  const hashes = inputHashes(steps);
  return steps.find((step, i) => !isDone(workDir.stepFolder(step.name), hashes[i]!));
}

const isDone = (folder: string, hash: string): boolean => {
  const done = readDone(folder);
  return done?.hash === hash && done.files === leftBehind(folder);
};

/** Of all files of a step but marks, and but the checkpoints, which what is finished needs no longer. */
const leftBehind = (folder: string): string =>
  folderDigest(folder, (path) => {
    const name = basename(path);
    const forResuming = name.endsWith(BEFORE) || checkpointIteration(name) !== undefined;
    return name !== DONE && name !== STARTED && !forResuming;
  });

/** Seconds that each finished step took. */
export function stepSeconds(steps: readonly Step[], workDir: WorkDir): { step: string; seconds: number }[] {
  return steps.flatMap((step) => {
    const seconds = secondsOf(step, workDir);
    return seconds === undefined ? [] : [{ step: step.name, seconds }];
  });
}

const secondsOf = (step: Step, workDir: WorkDir): number | undefined =>
  readDone(workDir.stepFolder(step.name))?.seconds;

async function runStep(step: Step, hash: string, place: string, options: PipelineOptions): Promise<void> {
  const { workDir, interrupt, resumeCommand, say } = options;
  const folder = workDir.stepFolder(step.name);
  const before = readMark(join(folder, STARTED));
  if (readDone(folder)?.hash === hash) {
    say(`${folder}: files have changed or are damaged since the step was done: it is done again`);
  }
  if (before?.hash !== hash) {
    rmSync(folder, { recursive: true, force: true });
    rewindMetrics(workDir.metrics, step.name, -1);
    try {
      makeFolder(folder);
    } catch (error) {
      throw fileError("make", folder, error);
    }
  }
  removeTemporariesIn(folder);
  const look = lookAt(interrupt, resumeCommand);
  look();
  say(place);
  const begun = performance.now();
  const spent = () => (before?.hash === hash ? before.seconds : 0) + (performance.now() - begun) / 1000;
  const mark = () => {
    const started: Mark = { hash, seconds: spent() };
    writeFileAtomic(join(folder, STARTED), JSON.stringify(started));
  };
  mark();
  const world = step.ranks === "first" ? undefined : options.world;
  const body = () =>
    step.run({
      root: workDir.path,
      world,
      folder: (name = step.name) => workDir.stepFolder(name),
      host: { ...loopHost(step, folder, options), world },
      say,
    });
  try {
    await (world ? lead(step, world, { check: look, log: say }, body) : body());
  } catch (error) {
    markQuietly(mark);
    throw error;
  }
  const done: Done = { hash, seconds: spent(), files: leftBehind(folder) };
  writeFileAtomic(join(folder, DONE), JSON.stringify(done));
}

/** The time spent is worth noting after an error, but not worth another error. */
function markQuietly(mark: () => void): void {
  try {
    mark();
  } catch {
    // A full disk is what the first error told of already.
  }
}

function loopHost(
  step: Step,
  folder: string,
  { workDir, interrupt, resumeCommand, say }: PipelineOptions,
): LoopHost {
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
    say: (line) => (progress ? progress.say(line) : say(line)),
    ...stopping(interrupt, resumeCommand),
  };
}

/** By which a loop learns of the user's wish to stop. */
const stopping = (
  interrupt: Interrupt,
  resumeCommand: string,
): Pick<LoopHost, "stopRequested" | "interrupted"> => ({
  async stopRequested() {
    await eventLoopTurn();
    return interrupt.requested() !== undefined;
  },
  interrupted: () => interruptedError(interrupt, resumeCommand),
});

/** Of all that the results of steps hang on. */
export const inputsHash = (steps: readonly Step[]): string => inputHashes(steps).at(-1)!;

/** One hash a step, each of its own inputs and of all before it. */
function inputHashes(steps: readonly Step[]): string[] {
  let hash = "";
  return steps.map((step) => {
    hash = createHash("sha256")
      .update(JSON.stringify([hash, step.name, step.inputs()]))
      .digest("hex");
    return hash;
  });
}

function readMark(path: string): Mark | undefined {
  const { hash, seconds } = readObject(path);
  return typeof hash === "string" && typeof seconds === "number" ? { hash, seconds } : undefined;
}

function readDone(folder: string): Done | undefined {
  const mark = readMark(join(folder, DONE));
  const { files } = readObject(join(folder, DONE));
  return mark && typeof files === "string" ? { ...mark, files } : undefined;
}

/** An empty one where the file is missing or damaged. */
function readObject(path: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(path, "utf8")) ?? {};
  } catch {
    return {};
  }
}
