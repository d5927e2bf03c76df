import { join } from "node:path";
import { readJsonIfExists } from "@supernet/base";
import type { CocoMetrics } from "@supernet/vision";

/** Result of the test; `test/results.json`. */
export interface TestResults {
  /** Metrics of the found subnet with its own weights, after all five steps. */
  readonly metrics: CocoMetrics;
  /** Found subnet's value of each resource that the search limits, such as `flops` or `backbone.latency`. */
  readonly limited: Readonly<Record<string, number>>;
  /** Null if the run has no supernet. */
  readonly onSupernet: OnSupernet | null;
}

/** Box AP of the found subnet and of random ones with the supernet's weights, on the same test images. */
export interface OnSupernet {
  readonly found: number;
  readonly random: readonly number[];
  readonly randomMean: number;
}

/** Returns the path of the results in the test's folder. */
export const resultsFile = (folder: string): string => join(folder, "results.json");

/** Reads the results of the test; returns undefined if it has not finished. */
export const readResults = (folder: string): TestResults | undefined => readJsonIfExists(resultsFile(folder));
