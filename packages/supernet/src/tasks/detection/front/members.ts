import { join } from "node:path";
import { readJsonIfExists } from "@supernet/base";
import type { Subnet } from "@supernet/nas";
import { signedPoints } from "../../../report/scale.js";
import { evenlySpaced, type FrontFile, type FrontPoint } from "../../../search/front.js";
import { describeTested } from "../../../task/start.js";
import { type DetectionRecipe, type DetectionRun, memberTraining } from "../settings.js";

/** Latency of a member's ONNX model for one image, in milliseconds. */
export interface MemberLatency {
  /** 10th percentile, which a prediction is compared with. */
  readonly p10: number;
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
  /** [3, height, width] of the image that `flops` and `latency` are for. The model accepts other sizes too. */
  readonly input: readonly number[];
  /** Where its time goes, or its FLOPs if there is no latency table for detectors. */
  readonly shares: Shares;
  /** Milliseconds that the search predicted; null if it had no latency table for detectors. */
  readonly predicted: number | null;
  /** Null if ONNX Runtime is not installed. */
  readonly latency: MemberLatency | null;
}

/** Fractions of a detector's time or FLOPs. Their sum is 1. */
export interface Shares {
  readonly backbone: number;
  readonly pyramid: number;
  /** Everything else, such as the heads and the selection of boxes. */
  readonly heads: number;
}

/** A member before its latency is measured. */
export type MadeMember = Omit<Member, "latency">;

/** Content of `front/results.json`: members from the highest score of the search to the lowest. */
export interface FrontResults {
  /** Folder of the detector that later steps use: a member, or the default if it is the best within the budget. */
  readonly found: string;
  readonly members: readonly Member[];
  /** The recipe's default detector, made in the same way: the first choice of every decision. It may be a member. */
  readonly default: Member;
  /**
   * How long other networks took when the members were measured, divided by how long the latency table predicts. Null if
   * that is unknown.
   */
  readonly slowdown: number | null;
  /**
   * Test AP of the found detector minus that of the default. Null if the found one is the default, or if they have the
   * supernet's weights.
   */
  readonly overDefault: Difference | null;
}

/** A difference of AP. */
export interface Difference {
  readonly mean: number;
  /** 95 % interval over samples of the test images. */
  readonly interval: readonly [number, number];
}

/** Returns the path of the results in the step's folder. */
export const frontResultsFile = (folder: string): string => join(folder, "results.json");

/** Reads the results of the step; returns undefined if it has not finished. */
export const readFrontResults = (folder: string): FrontResults | undefined =>
  readJsonIfExists(frontResultsFile(folder));

/**
 * Chooses at most `max` points of a front, both ends and the knee among them. With one minimized resource, they are evenly
 * spaced in its logarithm, and otherwise in the rank of the score.
 * @param minimize names of the resources that the search minimized
 */
export function chooseMembers(
  { points, knee, minimize }: Pick<FrontFile, "points" | "knee" | "minimize">,
  max: number,
): readonly FrontPoint[] {
  const [resource, ...others] = minimize;
  const placeOf = (point: FrontPoint): number =>
    resource !== undefined && others.length === 0
      ? Math.log(point.resources[resource]!)
      : points.indexOf(point);
  const chosen = evenlySpaced(points, placeOf, max);
  const kneePoint = points.find(({ file }) => file === knee)!;
  if (chosen.includes(kneePoint)) return chosen;
  // The knee replaces its nearest neighbor, but not an end if there is another one.
  const inner = chosen.length > 2 ? chosen.slice(1, -1) : chosen.slice(-1);
  const distance = (point: FrontPoint) => Math.abs(placeOf(point) - placeOf(kneePoint));
  const nearest = inner.reduce((a, b) => (distance(b) < distance(a) ? b : a));
  return points.filter((point) => point === kneePoint || (point !== nearest && chosen.includes(point)));
}

/** Returns all detectors: the members, and the default detector last if it is not one of them. */
export const withDefault = (detectors: Detectors): readonly Member[] =>
  isMember(detectors) ? detectors.members : [...detectors.members, detectors.default];

/** Whether the default detector is a member. */
const isMember = ({ members, default: reference }: Detectors): boolean =>
  members.some(({ folder }) => folder === reference.folder);

type Detectors = Pick<FrontResults, "members" | "default">;

/** Returns the detector with the highest score on the search images whose median latency is within a budget. */
export function withinBudget(detectors: Detectors, milliseconds: number): Member | undefined {
  const fast = withDefault(detectors).filter(
    ({ latency }) => latency !== null && latency.median <= milliseconds,
  );
  return fast.toSorted((a, b) => b.searchAP - a.searchAP)[0];
}

/** Describes the weights of a front's members. */
export function memberWeights(steps: DetectionRecipe["steps"]): string {
  const training = memberTraining(steps);
  if (training === null) return "with the supernet's weights";
  return training.start === "scratch" ? "trained from new weights" : "fine-tuned from the supernet's weights";
}

/** Describes the tested subnet and its weights: "found subnet, own weights". */
export function testedDetector(run: DetectionRun): string {
  const { steps } = run.recipe;
  const inherited = steps.detector === null && memberTraining(steps) === null;
  const trained = steps.detector === null ? "front" : "detector";
  return describeTested(run, inherited ? "supernet's weights" : "own weights", trained);
}

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

/**
 * Returns the largest relative difference between predicted and measured latencies, at the machine's speed when they were
 * measured; undefined if there are none.
 */
export function predictionError(results: FrontResults): number | undefined {
  const errors = results.members.flatMap(({ predicted, latency }) =>
    predicted === null || latency === null
      ? []
      : [Math.abs(predictedThen(results, predicted)! / latency.p10 - 1)],
  );
  return errors.length === 0 ? undefined : Math.max(...errors);
}

/** Describes the error of predicted latencies in one line. Empty if none were predicted and measured. */
function predictionLines(results: FrontResults): string[] {
  const error = predictionError(results);
  if (error === undefined) return [];
  const { slowdown } = results;
  // Runs of earlier versions have not measured it.
  const speed = slowdown
    ? ` at the machine's speed then: other networks took ${slowdown.toFixed(2)} times as long as predicted`
    : "";
  const percent = (100 * error).toFixed(1);
  return [`ms predicted: at most ${percent} % from the 10th percentile of the measured times${speed}`];
}

const withPrediction = ({ members }: FrontResults): boolean =>
  members.some(({ predicted }) => predicted !== null);

/** Returns a predicted latency at the machine's speed when the members were measured. */
export const predictedThen = ({ slowdown }: FrontResults, predicted: number | null): number | null =>
  predicted === null ? null : predicted * (slowdown ?? 1);

/** Returns the rows of the table of a front, the heading first. */
export function frontRows(results: FrontResults): string[][] {
  const { found, members } = results;
  const points = (value: number) => (100 * value).toFixed(1);
  const trained = members.some(({ inherited }) => inherited);
  const predictedToo = withPrediction(results);
  const time = (milliseconds: number | undefined | null) => milliseconds?.toFixed(2) ?? "-";
  const rows = withDefault(results).map(
    ({ folder, searchAP, testAP, inherited, params, flops, input, shares, ...timing }) => [
      `${folder}${folder === found ? " *" : ""}`,
      points(searchAP),
      points(testAP),
      ...(trained ? [inherited ? points(inherited.testAP) : "-"] : []),
      time(timing.latency?.median),
      time(timing.latency?.p95),
      ...(predictedToo ? [time(predictedThen(results, timing.predicted))] : []),
      `${(flops / 1e6).toFixed(1)} M`,
      `${(params / 1e3).toFixed(0)} k`,
      `${input[1]}x${input[2]}`,
      [shares.backbone, shares.pyramid, shares.heads].map((share) => (100 * share).toFixed(0)).join("/"),
    ],
  );
  const scores = ["AP search", "AP test", ...(trained ? ["AP test inherited"] : [])];
  return [
    [
      "member",
      ...scores,
      "ms",
      "ms p95",
      ...(predictedToo ? ["ms predicted"] : []),
      "FLOPs",
      "params",
      "input",
      "share %",
    ],
    ...rows,
  ];
}

/** Returns the explanations of the table of a front. */
export function frontNotes(results: FrontResults): string[] {
  const measured = results.members.find(({ latency }) => latency !== null)?.latency;
  return [
    `* is the one that later steps use; ${isMember(results) ? `member ${results.default.folder}` : "default"} has the first choice of every decision`,
    `share: backbone, pyramid and heads, of the ${withPrediction(results) ? "predicted time" : "FLOPs"}`,
    ...(measured
      ? [`ms: ONNX model from pixels to boxes, one image; ${measured.engine}, ${measured.threads} thread`]
      : []),
    ...predictionLines(results),
    ...gapLines(results),
    ...differenceLines(results),
  ];
}

/** Describes how sure it is that the found detector is better than the default. Empty if that is unknown. */
function differenceLines({ overDefault }: FrontResults): string[] {
  // Runs of earlier versions do not have it.
  if (!overDefault) return [];
  const [low, high] = overDefault.interval;
  const range = `95 % interval over test images: ${signedPoints(low)} to ${signedPoints(high)}`;
  const verdict = low <= 0 && high >= 0 ? ": too few test images to tell which is better" : "";
  return [
    `AP test of the found detector minus that of the default: ${signedPoints(overDefault.mean)} (${range})${verdict}`,
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
