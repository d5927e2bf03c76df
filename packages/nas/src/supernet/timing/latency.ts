import { callable, parseOptions } from "@supernet/base";
import { z } from "zod";
import { quantile } from "../../stats/quantile.js";
import type { Timed } from "./timed.js";

/** Time per forward pass on this machine, in milliseconds. */
export interface Latency {
  /** 10th percentile: the time of a run that other work on the machine does not interrupt. */
  readonly p10: number;
  readonly median: number;
  /** 95th percentile. */
  readonly p95: number;
  /** Number of measured runs. */
  readonly runs: number;
}

const WARM_UP = { runs: 3, ms: 200 };
const MEASURED = { runs: 20, ms: 2000 };

/**
 * Measures the latency of a network: 20 runs or more, for at least 2 s, after a warm-up. Closes it at the end.
 *
 * @example
 * const network = new SpaceClassifier(space, 10, subnet).eval();
 * const { median } = await measureLatency(timedModule(network, [3, 224, 224]));
 */
export async function measureLatency(timed: Timed): Promise<Latency> {
  parseOptions("measureLatency", z.looseObject({ run: callable, close: callable }), timed);
  try {
    await runs(timed, WARM_UP);
    return latencyOf(await runs(timed, MEASURED));
  } finally {
    await timed.close();
  }
}

/** Summarizes measured times in milliseconds. */
export function latencyOf(times: readonly number[]): Latency {
  const sorted = times.toSorted((a, b) => a - b);
  const [p10, median, p95] = [0.1, 0.5, 0.95].map((at) => quantile(sorted, at)) as [number, number, number];
  return { p10, median, p95, runs: sorted.length };
}

/** Runs a network at least `min.runs` times and for at least `min.ms` milliseconds. Returns the times. */
async function runs(timed: Timed, min: { readonly runs: number; readonly ms: number }): Promise<number[]> {
  const times: number[] = [];
  for (let spent = 0; times.length < min.runs || spent < min.ms; ) {
    const time = await timed.run();
    times.push(time);
    spent += time;
  }
  return times;
}
