import { join } from "node:path";
import { readJsonIfExists } from "@supernet/base";
import type { Subnet } from "@supernet/nas";
import type { FrontFile, FrontPoint } from "../../../search/front.js";

/** Latency of a member's ONNX model for one image, in milliseconds. */
export interface MemberLatency {
  readonly median: number;
  /** 95th percentile. */
  readonly p95: number;
  /** Number of measured runs. */
  readonly runs: number;
  readonly engine: string;
  readonly threads: number;
}

/** A detector of the front, with the supernet's weights and batch-norm statistics of its own. */
export interface Member {
  /** Folder in the folder of the step: `weights.safetensors`, `model.onnx` and `subnet.yaml`. */
  readonly folder: string;
  readonly subnet: Subnet;
  /** Box AP on the search images, which the search saw. */
  readonly searchAP: number;
  /** Box AP on the test images. */
  readonly testAP: number;
  readonly params: number;
  readonly flops: number;
  /** [3, height, width] of the model's input. */
  readonly input: readonly number[];
  /** Null if ONNX Runtime is not installed. */
  readonly latency: MemberLatency | null;
}

/** Content of `front/results.json`: members from the highest score to the lowest. */
export interface FrontResults {
  /** Folder of the member that later steps use. */
  readonly found: string;
  readonly members: readonly Member[];
}

/** Returns the path of the results in the step's folder. */
export const frontResultsFile = (folder: string): string => join(folder, "results.json");

/** Reads the results of the step; returns undefined if it has not finished. */
export const readFrontResults = (folder: string): FrontResults | undefined =>
  readJsonIfExists(frontResultsFile(folder));

/**
 * Chooses at most `max` points of a front, both ends and the knee among them, evenly spaced in the rank of the score.
 */
export function chooseMembers(
  { points, knee }: Pick<FrontFile, "points" | "knee">,
  max: number,
): readonly FrontPoint[] {
  if (points.length <= max) return points;
  const last = points.length - 1;
  const even = Array.from({ length: max }, (_, i) => Math.round((i * last) / Math.max(1, max - 1)));
  const kneeIndex = points.findIndex(({ file }) => file === knee);
  if (!even.includes(kneeIndex)) {
    // The knee replaces its nearest neighbor, but not an end if there is another one.
    const inner = even.length > 2 ? even.slice(1, -1) : even.slice(-1);
    const distance = (i: number) => Math.abs(i - kneeIndex);
    const nearest = inner.reduce((a, b) => (distance(b) < distance(a) ? b : a));
    even[even.indexOf(nearest)] = kneeIndex;
  }
  return points.filter((_, i) => even.includes(i));
}

/** Returns the member with the highest score on the search images whose median latency is within a budget. */
export function withinBudget({ members }: FrontResults, milliseconds: number): Member | undefined {
  const fast = members.filter(({ latency }) => latency !== null && latency.median <= milliseconds);
  return fast.toSorted((a, b) => b.searchAP - a.searchAP)[0];
}

/** Returns the lines of the table of a front. */
export function frontLines({ found, members }: FrontResults): string[] {
  const cells = members.map(({ folder, searchAP, testAP, params, flops, input, latency }) => [
    `${folder}${folder === found ? " *" : ""}`,
    (100 * searchAP).toFixed(1),
    (100 * testAP).toFixed(1),
    latency === null ? "-" : latency.median.toFixed(1),
    latency === null ? "-" : latency.p95.toFixed(1),
    `${(flops / 1e6).toFixed(1)} M`,
    `${(params / 1e3).toFixed(0)} k`,
    `${input[1]}x${input[2]}`,
  ]);
  const rows = [["member", "AP search", "AP test", "ms", "ms p95", "FLOPs", "params", "input"], ...cells];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map(
    (row) =>
      `  ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join("  ")}`,
  );
  const measured = members.find(({ latency }) => latency !== null)?.latency;
  return [
    ...lines,
    "  * is the one that later steps use",
    ...(measured
      ? [`  ms: ONNX model from pixels to boxes, one image; ${measured.engine}, ${measured.threads} thread`]
      : []),
  ];
}
