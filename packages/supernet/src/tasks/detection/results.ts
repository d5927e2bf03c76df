import { join } from "node:path";
import { readJsonIfExists } from "@supernet/base";
import type { CocoMetrics } from "@supernet/vision";

/** What the test found; `test/results.json`. */
export interface TestResults {
  /** The found subnet with its own weights, after all five steps. */
  readonly metrics: CocoMetrics;
  /** What the found subnet has of each resource that the search limits: `flops`, `backbone.latency`. */
  readonly limited: Readonly<Record<string, number>>;
  /** Box AP with the supernet's weights on the same test images: the found subnet against random ones. */
  readonly onSupernet: {
    readonly found: number;
    readonly random: readonly number[];
    readonly randomMean: number;
  };
}

/** Of a step, in its folder. */
export const resultsFile = (folder: string): string => join(folder, "results.json");

/** Undefined where the test is not done. */
export const readResults = (folder: string): TestResults | undefined => readJsonIfExists(resultsFile(folder));
