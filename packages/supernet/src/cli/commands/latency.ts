import { extremeSubnets, featureParts, reachableLayers } from "@supernet/nas";
import type { LatencyCheck, Predictions } from "../../latency/check.js";
import type { LatencySubject } from "../../latency/measure.js";
import { latencyRoundBackbone, predictLatency, roundDetector } from "../../latency/predict.js";
import {
  type OpenTable,
  openedTable,
  readLatencyTable,
  writeLatencyTable,
} from "../../latency/table-file.js";
import { loadRecipe } from "../../recipe/load.js";
import { openSpace, openSpaceNamed } from "../../recipe/open-space.js";
import { withSettings } from "../../recipe/set.js";
import { clock, Progress } from "../../run/progress.js";
import { type Command, usageError, type Values } from "../arguments.js";
import { parseInput } from "../input-size.js";
import { print, printJson, say } from "../output.js";

const options = {
  space: { type: "string" },
  input: { type: "string" },
  detector: { type: "string" },
  set: { type: "string", multiple: true },
  threads: { type: "string" },
  out: { type: "string" },
  table: { type: "string" },
  check: { type: "string" },
  json: { type: "boolean" },
} as const;

export const latency: Command<typeof options> = {
  name: "latency",
  summary:
    "Measures here what every layer of a space takes for one image, a table by which a search limits latency " +
    "(steps.search.latency), and tells the least and the most that a subnet takes. With --detector, for a recipe's " +
    "space, input and detector. --table reads a table, of another device too, in place of measuring. --check " +
    "measures so many random subnets whole, and tells how far the table is off.",
  usage:
    "--space NAME|FILE [--input 3x224x224] | --detector RECIPE [--set key=value ...]  " +
    "[--threads N] [--out FILE | --table FILE] [--check N] [--json]",
  options,
  positionals: 0,
  async run(values) {
    const { out, table: given } = values;
    if (out !== undefined && given !== undefined) {
      throw usageError("--out keeps what is measured, and --table measures no table: give one of them");
    }
    const threads = atLeast(1, "--threads", values.threads);
    const count = atLeast(2, "--check", values.check);
    if (given !== undefined && threads !== undefined && count === undefined) {
      throw usageError(
        "--threads says how to measure, and nothing is measured with --table alone: add --check",
      );
    }
    const subject = await subjectOf(values);
    const before = given === undefined ? undefined : readLatencyTable(given);
    const { setNumThreads } = await import("@supernet/torch");
    const asked = threads ?? before?.table.measured.threads;
    if (asked !== undefined) setNumThreads(asked);
    const { open, seconds } = before ? { open: before, seconds: undefined } : await measure(subject, out);
    const predictions = predictionsOf(open, subject);
    const ranges = Object.entries(predictions).map(([name, predict]) => {
      const { least, greatest } = extremeSubnets(subject.space, predict);
      return [name, { least: predict(least), most: predict(greatest) }] as const;
    });
    const checks = count === undefined ? undefined : await check(subject, predictions, count);
    const { measured, layers } = open.table;
    const { space, input } = subject;
    if (values.json) {
      const predicted = Object.fromEntries(ranges);
      printJson({ space: space.name, input, measured, layers: layers.length, seconds, predicted, checks });
      return;
    }
    print(`${space.name}; input ${input.join("x")}: ${layers.length} layers, ${conditions(open)}`);
    if (seconds !== undefined)
      print(`  measured in ${clock(seconds)}${out === undefined ? "" : `, in ${out}`}`);
    for (const [name, { least, most }] of ranges) {
      print(`  ${name.padEnd(9)} predicted from ${least.toFixed(2)} to ${most.toFixed(2)} ms`);
    }
    for (const [name, result] of Object.entries(checks ?? {}))
      print(`  ${name.padEnd(9)} ${describe(result)}`);
  },
};

async function subjectOf({ space, input, detector, set }: Values<typeof options>): Promise<LatencySubject> {
  if (detector !== undefined) {
    if (space !== undefined || input !== undefined) {
      throw usageError(
        "--detector has the space and the input of its recipe: leave --space and --input away",
      );
    }
    const recipe = withSettings(await loadRecipe(detector), set ?? []);
    if (recipe.task !== "detection")
      throw usageError(
        `--detector ${detector}: a recipe for ${recipe.task} has none, and its search no limit on latency`,
      );
    const { detectionClasses } = await import("../../steps/detection/data.js");
    return {
      space: await openSpace(recipe.space),
      input: recipe.steps.search.input,
      detector: { settings: recipe.detector, classes: detectionClasses(recipe).length },
    };
  }
  if (set !== undefined) throw usageError("--set changes a recipe: name one by --detector");
  if (space === undefined)
    throw usageError(
      "--space is missing: a name that supernet spaces lists, or a file; or a recipe by --detector",
    );
  const opened = await openSpaceNamed(space);
  const side = opened.imageSize ?? 224;
  return { space: opened, input: input === undefined ? [3, side, side] : parseInput(input), detector: null };
}

async function measure(
  subject: LatencySubject,
  out: string | undefined,
): Promise<{ open: OpenTable; seconds: number }> {
  const { measureTable } = await import("../../latency/measure.js");
  const { space, input } = subject;
  const layers = reachableLayers(space, featureParts(space), input).length;
  say(`measuring ${layers} layers of ${space.name} at ${input.join("x")}`);
  const begun = performance.now();
  const table = measureTable(subject, { onProgress: progressOf("layers", layers) });
  const seconds = (performance.now() - begun) / 1000;
  if (out !== undefined) writeLatencyTable(out, table);
  return { open: openedTable(out ?? "the table", table), seconds };
}

async function check(subject: LatencySubject, predictions: Predictions, count: number) {
  const { checkLatency } = await import("../../latency/check.js");
  const networks = count * Object.keys(predictions).length;
  return checkLatency(subject, predictions, count, { onProgress: progressOf("whole subnets", networks) });
}

/** By the names that `checkLatency` knows. */
function predictionsOf(open: OpenTable, { space, input, detector }: LatencySubject): Predictions {
  const { features, backbone } = predictLatency(open, space, input);
  // A space that hands out no maps has no backbone for detectors.
  if (space.maps.length === 0) return { features };
  if (detector === null) return { features, backbone };
  const round = latencyRoundBackbone(
    open,
    roundDetector({ detector: detector.settings }, space, detector.classes, input),
  );
  return { features, backbone, detector: (subnet) => backbone(subnet) + round };
}

function progressOf(title: string, all: number): (share: number) => void {
  const progress = new Progress(title, 0, all);
  return (share) => progress.update(Math.floor(share * all), "");
}

function conditions({ table: { measured } }: OpenTable): string {
  const { device, processor, threads, batch, engine } = measured;
  return `batch ${batch}, ${threads} thread${threads === 1 ? "" : "s"}, ${device} (${processor}), ${engine}`;
}

function describe({ subnets, error, bias, kendallTau, measured }: LatencyCheck): string {
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  const [least, most] = [Math.min(...measured), Math.max(...measured)];
  return (
    `${subnets} random subnets measured from ${least.toFixed(2)} to ${most.toFixed(2)} ms: predictions are off by ` +
    `${percent(error)} in the mean, by ${percent(bias)} with their sign; ` +
    `Kendall's tau ${kendallTau === null ? "-" : kendallTau.toFixed(2)}`
  );
}

function atLeast(least: number, option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw usageError(`${option} ${text}: expected a whole number, at least ${least}`);
}
