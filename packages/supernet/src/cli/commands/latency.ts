import { existsSync } from "node:fs";
import { join } from "node:path";
import { extremeSubnets } from "@supernet/nas";
import type { LatencyCheck } from "../../latency/check.js";
import { openRuntime } from "../../latency/open-runtime.js";
import { type Predictions, predictAll } from "../../latency/predict.js";
import { findRuntime, type Runtime, type RuntimeName } from "../../latency/runtime.js";
import { type LatencySubject, measuredLayers } from "../../latency/subject.js";
import { indexTable, type OpenTable, readLatencyTable, writeLatencyTable } from "../../latency/table-file.js";
import { backboneModel, featuresModel } from "../../network/space-models.js";
import { openSpaceNamed } from "../../recipe/open-space.js";
import { openRun } from "../../recipes/load.js";
import { clock, Progress } from "../../run/progress.js";
import { latencySubject } from "../../search/problem.js";
import { type Command, usageError, type Values } from "../arguments.js";
import { parseInput, parseRuntime, recipeOption, recipeOptions } from "../options.js";
import { log, print, printJson } from "../output.js";

const options = {
  space: { type: "string" },
  input: { type: "string" },
  ...recipeOptions,
  set: { type: "string", multiple: true },
  runtime: { type: "string" },
  threads: { type: "string" },
  "device-table": { type: "string" },
  check: { type: "string" },
  "export-layers": { type: "string" },
  json: { type: "boolean" },
} as const;

export const latency: Command<typeof options> = {
  name: "latency",
  summary:
    "Measures here what every layer of a space takes for one image, a table by which a search limits latency " +
    "(steps.search.latency), and prints the minimum and the maximum that a subnet takes. With --recipe, for a recipe's " +
    "space and input. --device-table reads the table in FILE, of another device too; where there is " +
    "no such file it keeps there what is measured. --check measures so many random subnets whole, and tells how " +
    "far the table is off. --runtime onnxruntime measures exported layers and networks. --export-layers writes the " +
    "layers as ONNX models instead, with a table to fill in, to be timed on another device.",
  usage:
    "--space NAME|FILE [--input 3x224x224] | --recipe RECIPE [--set key=value ...]  " +
    "[--runtime libtorch|onnxruntime] [--threads N] [--device-table FILE] [--check N] [--json] | --export-layers DIR",
  options,
  positionals: 0,
  async run(values) {
    const { "device-table": file, "export-layers": folder } = values;
    const threads = integerFrom(1, "--threads", values.threads);
    const count = integerFrom(2, "--check", values.check);
    const asked = parseRuntime(values.runtime);
    if (folder !== undefined) {
      if (file ?? threads ?? count ?? asked) {
        throw usageError("--export-layers measures nothing: leave the options for measuring away");
      }
      return writeLayers(await resolveSubject(values), folder, values.json === true);
    }
    const before = file !== undefined && existsSync(file) ? readLatencyTable(file) : undefined;
    if (before && count === undefined && (threads ?? asked)) {
      throw usageError(
        `--threads and --runtime set how to measure, but ${file} exists and is read: add --check, or name another file`,
      );
    }
    const subject = await resolveSubject(values);
    const runtime =
      before && count === undefined
        ? undefined
        : await openRuntime(
            asked ?? (before ? requireRuntime(before) : "libtorch"),
            threads ?? before?.table.measured.threads,
          );
    const { open, seconds } = before
      ? { open: before, seconds: undefined }
      : await measure(subject, runtime!, file);
    const predictions = predictAll(open, subject);
    const ranges = Object.entries(predictions).map(([name, predict]) => {
      const { smallest, largest } = extremeSubnets(subject.space, predict);
      return [name, { min: predict(smallest), max: predict(largest) }] as const;
    });
    const checks =
      count === undefined ? undefined : await check(subject, runtime!, { predictions, subnets: count });
    const { measured, layers } = open.table;
    const { space, input } = subject;
    if (values.json) {
      const predicted = Object.fromEntries(ranges);
      printJson({ space: space.name, input, measured, layers: layers.length, seconds, predicted, checks });
      return;
    }
    print(`${space.name}; input ${input.join("x")}: ${layers.length} layers, ${conditions(open)}`);
    if (seconds !== undefined)
      print(`  measured in ${clock(seconds)}${file === undefined ? "" : `, in ${file}`}`);
    for (const [name, { min, max }] of ranges) {
      print(`  ${name.padEnd(10)} predicted from ${min.toFixed(2)} to ${max.toFixed(2)} ms`);
    }
    for (const { name } of subject.models.filter((model) => !(model.name in predictions)))
      print(`  ${name.padEnd(10)} the table has no time of it: measure one with --runtime libtorch`);
    if (runtime && checks && runtime.engine !== measured.engine) print(`  checked by ${runtime.engine}`);
    for (const [name, result] of Object.entries(checks ?? {}))
      print(`  ${name.padEnd(10)} ${describe(result)}`);
  },
};

/**
 * Finds the networks that the options name.
 * @throws UserError if they name none or several, or the data of a recipe is missing
 */
async function resolveSubject(values: Values<typeof options>): Promise<LatencySubject> {
  const { space: named, input, set } = values;
  const recipe = recipeOption(values, false);
  if (recipe !== undefined) {
    if (named !== undefined || input !== undefined) {
      throw usageError("--recipe has a space and an input of its own: omit --space and --input");
    }
    return latencySubject(await openRun(recipe, set));
  }
  if (set !== undefined) throw usageError("--set is for a recipe: name one with --recipe");
  if (named === undefined) {
    throw usageError("--space is missing: a name that supernet spaces lists, or a file; or name a --recipe");
  }
  const space = await openSpaceNamed(named);
  const side = space.imageSize ?? 224;
  return {
    space,
    input: input === undefined ? [3, side, side] : parseInput(input),
    models: [featuresModel(space), ...(space.maps.length > 0 ? [backboneModel(space)] : [])],
  };
}

/** Returns the runtime of a table, in which it can be checked. */
function requireRuntime({ path, table }: OpenTable): RuntimeName {
  const name = findRuntime(table.measured.engine);
  if (name !== undefined) return name;
  throw usageError(
    `--check measures here, and ${path} is of ${table.measured.engine}: set --runtime to what to compare it with`,
  );
}

async function measure(
  subject: LatencySubject,
  runtime: Runtime,
  file: string | undefined,
): Promise<{ open: OpenTable; seconds: number }> {
  const { measureTable } = await import("../../latency/measure.js");
  const { space, input } = subject;
  const layers = measuredLayers(subject).length;
  const where = file === undefined ? "" : `, for ${file}, which is not there yet`;
  log(`measuring ${layers} layers of ${space.name} at ${input.join("x")} by ${runtime.engine}${where}`);
  const begun = performance.now();
  const table = await measureTable(subject, runtime, { onProgress: showProgress("layers", layers) });
  const seconds = (performance.now() - begun) / 1000;
  if (file !== undefined) writeLatencyTable(file, table);
  return { open: indexTable(file ?? "the table", table), seconds };
}

async function check(
  subject: LatencySubject,
  runtime: Runtime,
  { predictions, subnets }: { readonly predictions: Predictions; readonly subnets: number },
) {
  const { checkLatency } = await import("../../latency/check.js");
  const networks = subject.models.filter(({ name }) => name in predictions).length;
  return checkLatency(subject, runtime, {
    predictions,
    subnets,
    onProgress: showProgress("whole subnets", subnets * networks),
  });
}

async function writeLayers(subject: LatencySubject, folder: string, json: boolean): Promise<void> {
  const { exportLayers } = await import("../../latency/export-layers.js");
  const { layers } = exportLayers(subject, folder);
  const table = join(folder, "table.json");
  if (json) printJson({ space: subject.space.name, input: subject.input, layers: layers.length, table });
  else
    print(`${folder}: ${layers.length} layers; fill in ${table}: what it was measured by, and milliseconds`);
}

/** Shows a progress bar, and returns a function that updates it. */
function showProgress(title: string, all: number): (share: number) => void {
  const progress = new Progress(title, 0, all);
  return (share) => progress.update(Math.floor(share * all), "");
}

function conditions({ table: { measured } }: OpenTable): string {
  const { device, processor, threads, batch, engine, fitted } = measured;
  const factor = fitted ? `, fitted to ${fitted.subnets} whole subnets by ${fitted.factor.toFixed(2)}` : "";
  return `batch ${batch}, ${threads} thread${threads === 1 ? "" : "s"}, ${device} (${processor}), ${engine}${factor}`;
}

function describe({ subnets, error, bias, kendallTau, measured }: LatencyCheck): string {
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  const [min, max] = [Math.min(...measured), Math.max(...measured)];
  return (
    `${subnets} random subnets measured from ${min.toFixed(2)} to ${max.toFixed(2)} ms: predictions are off by ` +
    `${percent(error)} in the mean, by ${percent(bias)} with their sign; ` +
    `Kendall's tau ${kendallTau === null ? "-" : kendallTau.toFixed(2)}`
  );
}

function integerFrom(min: number, option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= min) return value;
  throw usageError(`${option} ${text}: expected an integer, at least ${min}`);
}
