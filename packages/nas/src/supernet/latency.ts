import type { Timed } from "./timed.js";

/** How long one forward pass takes on this machine, in milliseconds. */
export interface Latency {
  readonly median: number;
  /** The 95th percentile. */
  readonly p95: number;
  readonly runs: number;
}

const WARM_UP = { runs: 3, ms: 200 };
const MEASURED = { runs: 20, ms: 2000 };

/** Measures how long one network takes, over and over; it is closed in the end. */
export async function measureLatency(timed: Timed): Promise<Latency> {
  try {
    await passes(timed, WARM_UP);
    const times = (await passes(timed, MEASURED)).sort((a, b) => a - b);
    return { median: quantile(times, 0.5), p95: quantile(times, 0.95), runs: times.length };
  } finally {
    await timed.close();
  }
}

/** As many passes as it takes to fill both the least number and the least time. */
async function passes(
  timed: Timed,
  least: { readonly runs: number; readonly ms: number },
): Promise<number[]> {
  const times: number[] = [];
  for (let spent = 0; times.length < least.runs || spent < least.ms; ) {
    const time = await timed.pass();
    times.push(time);
    spent += time;
  }
  return times;
}

/** Of a sorted list, between its neighbours by proportion. */
export function quantile(sorted: readonly number[], at: number): number {
  const place = at * (sorted.length - 1);
  const below = sorted[Math.floor(place)]!;
  const above = sorted[Math.ceil(place)]!;
  return below + (above - below) * (place % 1);
}
