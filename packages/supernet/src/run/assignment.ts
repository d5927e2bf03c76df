// What the first rank of a run gives the others to do. It stands in the store, so that a rank that was started again
// finds it too.

import { poll } from "@supernet/base";
import type { distributed } from "@supernet/torch";

/** A step to take part in. */
export interface Assignment {
  /** Counts all of a run. */
  readonly number: number;
  readonly step: string;
}

const CURRENT = "assignment";
const LAST = "assignments";
/** In place of a step. */
const NOTHING = "";
const OVER = "over";

const set = (world: distributed.World, number: number, step: string): void =>
  world.store.set(CURRENT, JSON.stringify({ number, step }));

/** The first rank's: gives the others a step to take part in. */
export function assign(world: distributed.World, step: string): Assignment {
  const assignment = { number: world.store.add(LAST, 1), step };
  set(world, assignment.number, step);
  return assignment;
}

/** The first rank's: the assignment is done, another one may follow. */
export const withdraw = (world: distributed.World, { number }: Assignment): void =>
  set(world, number, NOTHING);

/** The first rank's: there is nothing to do any more. */
export const endAssignments = (world: distributed.World): void => set(world, world.store.add(LAST, 1), OVER);

/** Names an assignment, to the ranks that gather for it too. */
export const nameOf = ({ number, step }: Assignment): string => `${step} (${number})`;

/**
 * Waits for something to do, as long as it takes.
 * @param done the number of the last assignment that this rank is done with, 0 before the first
 * @param look called before each look; what it throws ends the waiting
 * @returns undefined where there is nothing to do any more
 */
export async function nextAssignment(
  world: distributed.World,
  done: number,
  look: () => void,
): Promise<Assignment | undefined> {
  const next = await poll(() => {
    look();
    world.throwIfFailed();
    const text = world.store.get(CURRENT);
    const current: Assignment = text ? JSON.parse(text) : { number: 0, step: NOTHING };
    return current.step !== NOTHING && current.number > done ? current : undefined;
  });
  return next?.step === OVER ? undefined : next;
}
