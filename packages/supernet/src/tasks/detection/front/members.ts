import { join } from "node:path";
import { readJsonIfExists } from "@supernet/base";
import type { Subnet } from "@supernet/nas";
import { signedPoints } from "../../../report/scale.js";
import type { FrontFile, FrontPoint } from "../../../search/front.js";
import type { DetectionRecipe, FrontRecipe } from "../settings.js";

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

/** Box AP of a detector. */
export interface MemberScores {
  /** Box AP on the search images, which the search saw. */
  readonly searchAP: number;
  /** Box AP on the test images. */
  readonly testAP: number;
}

/**
 * A detector of the front, with batch-norm statistics of its own. It has the supernet's weights, or those of a training
 * of its own.
 */
export interface Member extends MemberScores {
  /** Folder in the folder of the step: `weights.safetensors`, `model.onnx` and `subnet.yaml`. */
  readonly folder: string;
  readonly subnet: Subnet;
  /** Scores with the supernet's weights, if it has others. */
  readonly inherited?: MemberScores | undefined;
  readonly params: number;
  readonly flops: number;
  /** [3, height, width] of the model's input. */
  readonly input: readonly number[];
  /** Null if ONNX Runtime is not installed. */
  readonly latency: MemberLatency | null;
}

/** Content of `front/results.json`: members from the highest score of the search to the lowest. */
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

/** Describes the weights of a front's members. */
export function memberWeights({ finetune }: FrontRecipe): string {
  if (finetune === null) return "with the supernet's weights";
  return finetune.start === "scratch" ? "trained from new weights" : "fine-tuned from the supernet's weights";
}

/** Describes whose weights the found detector has. */
export const foundWeights = ({ steps: { detector, front } }: DetectionRecipe): string =>
  detector === null && !front?.finetune ? "the supernet's" : "its own";

/** Differences of the test AP of trained members to that with the supernet's weights. */
export interface Gap {
  readonly mean: number;
  readonly min: number;
  readonly max: number;
}

/** Computes how much the members' own training improves them; returns undefined if they have none. */
export function trainingGap({ members }: FrontResults): Gap | undefined {
  const gaps = members.flatMap(({ testAP, inherited }) => (inherited ? [testAP - inherited.testAP] : []));
  if (gaps.length === 0) return undefined;
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  return { mean, min: Math.min(...gaps), max: Math.max(...gaps) };
}

/** Describes the gap of members in one line. Empty if they have no training of their own. */
export function gapLines(results: FrontResults): string[] {
  const gap = trainingGap(results);
  if (gap === undefined) return [];
  const [mean, min, max] = [gap.mean, gap.min, gap.max].map(signedPoints);
  return [`AP test minus AP test inherited: ${mean} on average, from ${min} to ${max}`];
}

/** Returns the rows of the table of a front, the heading first. */
export function frontRows({ found, members }: FrontResults): string[][] {
  const points = (value: number) => (100 * value).toFixed(1);
  const trained = members.some(({ inherited }) => inherited);
  const rows = members.map(({ folder, searchAP, testAP, inherited, params, flops, input, latency }) => [
    `${folder}${folder === found ? " *" : ""}`,
    points(searchAP),
    points(testAP),
    ...(trained ? [inherited ? points(inherited.testAP) : "-"] : []),
    latency === null ? "-" : latency.median.toFixed(1),
    latency === null ? "-" : latency.p95.toFixed(1),
    `${(flops / 1e6).toFixed(1)} M`,
    `${(params / 1e3).toFixed(0)} k`,
    `${input[1]}x${input[2]}`,
  ]);
  const scores = ["AP search", "AP test", ...(trained ? ["AP test inherited"] : [])];
  return [["member", ...scores, "ms", "ms p95", "FLOPs", "params", "input"], ...rows];
}

/** Returns the explanations of the table of a front. */
export function frontNotes(results: FrontResults): string[] {
  const measured = results.members.find(({ latency }) => latency !== null)?.latency;
  return [
    "* is the one that later steps use",
    ...(measured
      ? [`ms: ONNX model from pixels to boxes, one image; ${measured.engine}, ${measured.threads} thread`]
      : []),
    ...gapLines(results),
  ];
}

/** Returns the lines of the table of a front. */
export function frontLines(results: FrontResults): string[] {
  const rows = frontRows(results);
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const cells = (row: readonly string[]) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)));
  return [...rows.map((row) => cells(row).join("  ")), ...frontNotes(results)].map((line) => `  ${line}`);
}
