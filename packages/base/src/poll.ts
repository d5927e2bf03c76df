import { setTimeout as sleep } from "node:timers/promises";

/** Between two questions, in milliseconds: what comes at once is seen at once, what takes long costs few of them. */
const FIRST_PAUSE = 5;
const LONGEST_PAUSE = 200;

/**
 * Asks again and again, with the event loop going on, until there is an answer.
 * @param ask gives undefined where there is none yet; what it throws ends the asking
 * @param until when it is asked for the last time, by `performance.now()`
 * @returns undefined where time is over
 */
export async function poll<T>(
  ask: () => T | undefined | Promise<T | undefined>,
  until = Number.POSITIVE_INFINITY,
): Promise<T | undefined> {
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    const found = await ask();
    if (found !== undefined || performance.now() >= until) return found;
    await sleep(Math.min(pause, Math.max(0, until - performance.now())));
  }
}
