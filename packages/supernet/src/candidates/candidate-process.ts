import { join } from "node:path";
import { setImmediate as eventLoopTurn } from "node:timers/promises";
import { makeFolder, UserError } from "@supernet/base";
import type { Subnet } from "@supernet/nas";
import { exportTaskNetwork, writeModel } from "../export/export.js";
import { Interruption, SIGNALS } from "../run/interrupt.js";
import { type LoopContext, silentContext } from "../run/loop-context.js";
import { MODEL_FILE } from "../run/work-dir.js";
import { networksOf } from "../task/run-context.js";
import { openContext, weightsFile } from "../task/step-context.js";
import type {
  CandidateScores,
  CandidateTraining,
  RunContext,
  StepContext,
  TaskNetwork,
} from "../task/task.js";

/** Name of the step in which a candidate is trained, for its folder and its random numbers. */
const CANDIDATE = "candidate";

/** A subnet to train, and where. Plain JSON. */
export interface CandidateJob extends CandidateTraining {
  /** Folder for its weights and checkpoints. */
  readonly folder: string;
  /** Path of the work-dir. */
  readonly root: string;
  /** Step that trains it. */
  readonly step: string;
}

/** Message to a process that trains candidates. */
export type CandidateRequest = { readonly job: CandidateJob } | "stop";

/** Message from a process that trains candidates. */
export type CandidateReport =
  | { readonly done: number; readonly total: number }
  | { readonly scores: CandidateScores }
  | { readonly log: string }
  | "stopped"
  | { readonly error: string; readonly isUserError: boolean };

/** Returns the folder for the checkpoints of a candidate's training. */
export const trainingFolder = (folder: string): string => join(folder, "training");

/** Writes the ONNX model of a trained subnet to its folder, if the network can be exported. */
async function exportCandidate(context: StepContext, subnet: Subnet): Promise<void> {
  const { run } = context;
  const network = candidateNetwork(run);
  if (network?.onnx === undefined) return;
  const any = network.onnx.anyImages ?? false;
  const file = { path: weightsFile(context), subnet, anySize: any, padded: any };
  try {
    writeModel(join(context.folder(), MODEL_FILE), await exportTaskNetwork(run, network, file));
  } catch (error) {
    // A detector from a user's file is trained and scored, but not exported.
    if (!(error instanceof UserError)) throw error;
    context.log(error.message);
  }
}

/** Returns the network that the trainings of candidates save. */
export const candidateNetwork = (run: RunContext): TaskNetwork | undefined =>
  networksOf(run).find(({ name }) => name === run.task.candidates?.network);

/** Trains the candidates that the parent process sends, one at a time, and exits with it. */
export function serveCandidates(run: RunContext): void {
  process.on("disconnect", () => process.exit(1));
  // Ctrl-C in a terminal also reaches this process. The parent asks it to stop.
  for (const signal of SIGNALS) process.on(signal, () => {});
  let stopped = false;
  const send = (report: CandidateReport) => void process.send!(report);
  process.on("message", (request: CandidateRequest) => {
    if (request === "stop") stopped = true;
    else void train(request.job);
  });
  const train = async ({ folder: own, root, step, ...training }: CandidateJob): Promise<void> => {
    const checkpoints = trainingFolder(own);
    let total = 0;
    const host: LoopContext = {
      ...silentContext(CANDIDATE, checkpoints),
      begin(done, all) {
        total = all;
        send({ done, total });
      },
      progress: (done) => send({ done, total }),
      log: (line) => send({ log: line }),
      stopRequested: async () => {
        await eventLoopTurn();
        return stopped;
      },
      interrupted: () => new Interruption("stopped"),
    };
    try {
      makeFolder(checkpoints);
      const folder = (name = CANDIDATE) => (name === CANDIDATE ? own : join(root, "steps", name));
      const context = await openContext(run, { root, folder, host, log: host.log });
      const scores = await run.task.candidates!.train(context, training);
      if (training.test) await exportCandidate(context, training.subnet);
      send({ scores });
    } catch (error) {
      if (error instanceof Interruption) send("stopped");
      else if (error instanceof UserError) send({ error: `${step}: ${error.message}`, isUserError: true });
      else send({ error: String((error as Error)?.stack ?? error), isUserError: false });
    }
  };
}
