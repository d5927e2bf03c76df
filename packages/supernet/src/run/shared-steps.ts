// Steps that several ranks run together. Rank 0 assigns each of them to the others through the store, where a restarted
// rank finds the assignment too.

import { join } from "node:path";
import { poll } from "@supernet/base";
import type { distributed } from "@supernet/torch";
import { type Interrupt, interruptCheck } from "./interrupt.js";
import { interruptible, type LoopContext, silentContext } from "./loop-context.js";
import type { Step } from "./step.js";

/** A step that rank 0 assigns to the other ranks. */
interface Assignment {
  /** Number of the assignment within the run, from 1. */
  readonly number: number;
  readonly step: string;
}

/** Keys in the store for the current assignment and for the number of assignments so far. */
const CURRENT = "assignment";
const COUNT = "assignments";
/** Values used instead of a step's name. */
const IDLE = "";
const RUN_ENDED = "over";

const publish = (world: distributed.World, number: number, step: string): void =>
  world.store.set(CURRENT, JSON.stringify({ number, step }));

/** This rank's part of a step. */
export interface SharedPart {
  readonly world: distributed.World;
  readonly waiting: distributed.WaitCallbacks;
  readonly body: () => Promise<void>;
}

/** Runs a step together with the other ranks, as rank 0. */
export async function runAsMain(step: Step, part: SharedPart): Promise<void> {
  const { world } = part;
  const number = world.store.add(COUNT, 1);
  publish(world, number, step.name);
  await runTogether(step, number, part);
  publish(world, number, IDLE);
}

/** Signals the end of the run to the other ranks, as rank 0. */
export const endAssignments = (world: distributed.World): void =>
  publish(world, world.store.add(COUNT, 1), RUN_ENDED);

export interface FollowerOptions {
  /** Path of rank 0's work-dir. */
  readonly root: string;
  readonly interrupt: Interrupt;
  readonly resumeCommand: string;
  /** Prints a line for the user. */
  log(line: string): void;
}

/**
 * Runs this rank's part of each step that rank 0 assigns, until the run ends. Writes no files, except the batch that
 * made a training diverge.
 */
export async function followSteps(
  steps: readonly Step[],
  world: distributed.World,
  { root, interrupt, resumeCommand, log }: FollowerOptions,
): Promise<void> {
  const throwIfInterrupted = interruptCheck(interrupt, resumeCommand);
  for (let finished = 0; ; ) {
    const assignment = await nextAssignment(world, finished, throwIfInterrupted);
    if (assignment === undefined) return;
    finished = assignment.number;
    const step = steps.find(({ name }) => name === assignment.step)!;
    const folder = (name = step.name) => join(root, "steps", name);
    const host: LoopContext = {
      ...silentContext(step.name, folder()),
      world,
      ...interruptible(interrupt, resumeCommand),
    };
    await runTogether(step, assignment.number, {
      world,
      waiting: { check: throwIfInterrupted, log },
      body: () => step.run({ root, folder, world, host, log }),
    });
  }
}

/**
 * Waits for an assignment, without a time limit.
 * @param finished number of the last assignment that this rank has finished, 0 if none
 * @param check called before each poll of the store; an error that it throws ends the wait
 * @returns undefined if the run has ended
 */
async function nextAssignment(
  world: distributed.World,
  finished: number,
  check: () => void,
): Promise<Assignment | undefined> {
  const next = await poll(() => {
    check();
    world.throwIfFailed();
    const text = world.store.get(CURRENT);
    const current: Assignment = text ? JSON.parse(text) : { number: 0, step: IDLE };
    return current.step !== IDLE && current.number > finished ? current : undefined;
  });
  return next?.step === RUN_ENDED ? undefined : next;
}

/** Runs this rank's part of a step, with a group of all ranks if the step needs them all. */
async function runTogether(
  step: Step,
  assignment: number,
  { world, waiting, body }: SharedPart,
): Promise<void> {
  if (step.ranks !== "all") return body();
  await world.openGroup(`${step.name} (${assignment})`, waiting);
  await body();
  world.closeGroup();
}
