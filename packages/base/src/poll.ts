import { setTimeout as sleep } from "node:timers/promises";

// The pause between calls doubles: a quick answer is seen immediately, and a slow one costs few calls.
const MIN_PAUSE_MS = 5;
const MAX_PAUSE_MS = 200;

/**
 * Calls a function repeatedly, without blocking the event loop, until it returns an answer.
 * @param ask returns undefined if there is no answer yet. An exception stops polling
 * @param until time of the last call, as `performance.now()`. Default: no limit
 * @returns the answer, or undefined if there is none in time
 */
export async function poll<T>(
  ask: () => T | undefined | Promise<T | undefined>,
  until = Number.POSITIVE_INFINITY,
): Promise<T | undefined> {
  for (let pause = MIN_PAUSE_MS; ; pause = Math.min(2 * pause, MAX_PAUSE_MS)) {
    const found = await ask();
    if (found !== undefined || performance.now() >= until) return found;
    await sleep(Math.min(pause, Math.max(0, until - performance.now())));
  }
}
