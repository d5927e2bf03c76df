import { type ChildProcess, fork } from "node:child_process";
import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { makeFolder, readJson, UserError, writeJson } from "@supernet/base";
import { type Subnet, subnetKey } from "@supernet/nas";
import type { Recipe } from "../recipe/common.js";
import { threadsOf } from "../run/engine.js";
import type { LoopContext } from "../run/loop-context.js";
import { isFinished, writeFinished } from "../run/step-files.js";
import type { CandidateScores, CandidateTraining, StepContext } from "../task/task.js";
import {
  type CandidateJob,
  type CandidateReport,
  type CandidateRequest,
  trainingFolder,
} from "./candidate-process.js";

/** A subnet to train, and the folder for its files. */
export interface CandidateToTrain {
  readonly subnet: Subnet;
  /** Path of the folder. A training that was interrupted continues in the same folder. */
  readonly folder: string;
}

export interface CandidateTrainingOptions extends Omit<CandidateTraining, "subnet"> {
  /** Receives the fraction of the work that is done. */
  readonly onProgress: (done: number) => void;
}

/**
 * Trains subnets alone, `scorers` of the recipe at a time, each in a process of its own. The results do not depend on
 * their number.
 * @example
 * using trainer = new CandidateTrainer(context);
 * const scores = await trainer.train([{ subnet, folder }], { settings, test: false, onProgress() {} });
 */
export class CandidateTrainer implements Disposable {
  readonly #context: StepContext;
  /** Started when they are needed. */
  readonly #processes: CandidateProcess[] = [];

  constructor(context: StepContext) {
    this.#context = context;
  }

  /**
   * Trains subnets. Finished ones are kept: if the run was interrupted, only the others are trained.
   * @returns the scores, in the order of `candidates`
   * @throws UserError if the user stops the run, or a training fails
   */
  async train(
    candidates: readonly CandidateToTrain[],
    { onProgress, ...training }: CandidateTrainingOptions,
  ): Promise<CandidateScores[]> {
    const { host, recipe, root, space } = this.#context;
    const jobs = candidates.map(({ subnet, folder }): CandidateJob => {
      makeFolder(folder);
      return { ...training, subnet, folder, root, step: host.step };
    });
    const keyOf = ({ subnet }: CandidateJob) =>
      createHash("sha256")
        .update(JSON.stringify([subnetKey(space, subnet), training]))
        .digest("hex");
    const shares = jobs.map((job) => Number(isFinished(job.folder, keyOf(job))));
    const waiting = jobs.flatMap((job, index) => (shares[index] === 1 ? [] : [{ job, index }]));
    const report = (index: number, share: number) => {
      if (shares[index] === share) return;
      shares[index] = share;
      onProgress(shares.reduce((sum, each) => sum + each, 0) / shares.length);
    };
    const work = async (process: CandidateProcess): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const { job, index } = next;
        const start = performance.now();
        const scores = await process.train(job, (share) => report(index, share));
        writeJson(scoresFile(job.folder), scores);
        rmSync(trainingFolder(job.folder), { recursive: true, force: true });
        writeFinished(job.folder, { hash: keyOf(job), seconds: (performance.now() - start) / 1000 });
        report(index, 1);
      }
    };
    while (this.#processes.length < Math.min(recipe.scorers, waiting.length))
      this.#processes.push(new CandidateProcess(this.#context));
    await untilStopped(host, this.#processes, this.#processes.map(work));
    return jobs.map(({ folder }) => readJson(scoresFile(folder)));
  }

  [Symbol.dispose](): void {
    for (const process of this.#processes) process.close();
  }
}

const scoresFile = (folder: string): string => join(folder, "scores.json");

const STOP_CHECK_INTERVAL_MS = 100;

/** Waits for all workers. If the user asks to stop or one fails, stops the others, which save their state. */
async function untilStopped(
  host: LoopContext,
  processes: readonly CandidateProcess[],
  workers: readonly Promise<void>[],
): Promise<void> {
  const all = Promise.all(workers);
  let isDone = false;
  const done = all.finally(() => {
    isDone = true;
  });
  done.catch(() => {});
  while (!isDone) {
    await Promise.race([done, setTimeout(STOP_CHECK_INTERVAL_MS)]).catch(() => {});
    if (isDone || !(await host.stopRequested())) continue;
    for (const process of processes) process.stop();
    await Promise.allSettled(workers);
    throw host.interrupted();
  }
  try {
    await all;
  } catch (error) {
    for (const process of processes) process.stop();
    await Promise.allSettled(workers);
    throw error;
  }
}

/** A process that trains candidates, one at a time. */
class CandidateProcess {
  readonly #child: ChildProcess;
  readonly #log: (line: string) => void;
  /** The training that is in progress. */
  #current: { readonly onShare: (share: number) => void; readonly end: (end: End) => void } | undefined;

  constructor({ run, recipe, log }: StepContext) {
    this.#log = log;
    const own: Recipe = { ...JSON.parse(JSON.stringify(recipe)), threads: threadsOf(recipe, recipe.scorers) };
    this.#child = fork(run.candidateProcess, [JSON.stringify(own)], {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    this.#child.on("message", (report: CandidateReport) => this.#receive(report));
    this.#child.on("error", (error) => this.#current?.end({ error }));
    this.#child.on("exit", (code, signal) =>
      this.#current?.end({
        error: new UserError(
          `the process that trains a candidate ended with ${signal ?? `exit code ${code}`}: continue with --resume`,
        ),
      }),
    );
  }

  train(job: CandidateJob, onShare: (share: number) => void): Promise<CandidateScores> {
    return new Promise((resolve, reject) => {
      this.#current = {
        onShare,
        end: (end) => {
          this.#current = undefined;
          if ("scores" in end) resolve(end.scores);
          else reject(end.error);
        },
      };
      this.#send({ job });
    });
  }

  /** Asks the process to save the state of its training and end it. */
  stop(): void {
    if (this.#current) this.#send("stop");
  }

  close(): void {
    this.#child.removeAllListeners();
    this.#child.kill("SIGKILL");
  }

  #send(request: CandidateRequest): void {
    // If the process has ended, its exit is reported.
    if (this.#child.connected) this.#child.send(request);
  }

  #receive(report: CandidateReport): void {
    const current = this.#current;
    if (current === undefined) return;
    if (report === "stopped") current.end({ error: new Error("stopped") });
    else if ("scores" in report) current.end({ scores: report.scores });
    else if ("error" in report)
      current.end({ error: report.isUserError ? new UserError(report.error) : new Error(report.error) });
    else if ("log" in report) this.#log(report.log);
    else current.onShare(report.done / report.total);
  }
}

type End = { readonly scores: CandidateScores } | { readonly error: Error };
