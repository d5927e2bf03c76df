import { existsSync } from "node:fs";
import { join } from "node:path";
import { extremeSubnets } from "@supernet/nas";
import type { LatencyCheck } from "../../latency/check.js";
import { openRuntime } from "../../latency/open-runtime.js";
import { type Predictions, predictAll } from "../../latency/predict.js";
import { findRuntime, type Runtime } from "../../latency/runtime.js";
import { type LatencySubject, measuredLayers } from "../../latency/subject.js";
import { indexTable, type OpenTable, readLatencyTable, writeLatencyTable } from "../../latency/table-file.js";
import { inputText } from "../../network/by-input.js";
import { backboneModel, featuresModel } from "../../network/space-models.js";
import { openSpace, spaceNamed } from "../../recipe/open-space.js";
import type { RuntimeName } from "../../recipe/runtimes.js";
import { openRun } from "../../recipes/load.js";
import { clock, Progress } from "../../run/progress.js";
import { latencySubject } from "../../search/problem.js";
import { type Command, usageError, type Values } from "../arguments.js";
import {
  inputOption,
  jsonOption,
  parseInput,
  parseRuntime,
  recipeOption,
  recipeOptions,
  runtimeOption,
  setOption,
  spaceOption,
} from "../options.js";
import { log, print, printJson } from "../output.js";

const options = {
  space: spaceOption,
  input: { ...inputOption, default: "the space's image size, or 3x224x224" },
  ...recipeOptions,
  set: setOption,
  "device-table": {
    type: "string",
    argument: "FILE",
    description: "Latency table: read if the file exists, else measured and written",
    values: "files",
  },
  runtime: { ...runtimeOption, default: "libtorch" },
  threads: {
    type: "string",
    argument: "N",
    description: "Number of threads",
    default: "all cores",
    values: [],
  },
  check: {
    type: "string",
    argument: "N",
    description: "Measure N random subnets, and print the error of the predictions",
    values: [],
  },
  "export-layers": {
    type: "string",
    argument: "DIR",
    description: "Write the layers as ONNX models, and a table to fill in, instead of measuring",
    values: "folders",
  },
  json: jsonOption,
} as const;

export const latency: Command<typeof options> = {
  name: "latency",
  summary: "Measure the latency of a space's layers on this machine",
  description:
    "Prints the predicted minimum and maximum latency of the subnets, for one image. A search uses the table to limit " +
    "latency (steps.search.latency). For another device, write the layers with --export-layers, measure them there, and " +
    "fill in the table.",
  usage: "(--space SPACE | --recipe RECIPE)",
  options,
  positionals: [],
  examples: [
    "supernet latency --space mobilenetv2 --device-table cpu.json",
    "supernet latency --recipe detnas-quickstart --device-table cpu.json --check 10",
    "supernet latency --recipe detnas-quickstart --export-layers layers",
  ],
  async run(values) {
    const { "device-table": file, "export-layers": folder } = values;
    const threads = integerFrom(1, "--threads", values.threads);
    const count = integerFrom(2, "--check", values.check);
    const asked = parseRuntime(values.runtime);
    if (folder !== undefined) {
      if (file ?? threads ?? count ?? asked) {
        throw usageError(
          "--export-layers measures nothing: omit --device-table, --runtime, --threads and --check",
        );
      }
      return writeLayers(await resolveSubject(values), folder, values.json === true);
    }
    const before = file !== undefined && existsSync(file) ? readLatencyTable(file) : undefined;
    if (before && count === undefined && (threads ?? asked)) {
      throw usageError(
        `--threads and --runtime are for measuring, but ${file} exists: add --check, or use another file`,
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
    const { space, inputOf } = subject;
    if (values.json) {
      const predicted = Object.fromEntries(ranges);
      const input = inputOf();
      printJson({ space: space.name, input, measured, layers: layers.length, seconds, predicted, checks });
      return;
    }
    print(`${space.name}; input ${inputText(space, inputOf)}: ${layers.length} layers, ${conditions(open)}`);
    if (seconds !== undefined)
      print(`  measured in ${clock(seconds)}${file === undefined ? "" : `, in ${file}`}`);
    for (const [name, { min, max }] of ranges) {
      print(`  ${name.padEnd(10)} predicted from ${min.toFixed(2)} to ${max.toFixed(2)} ms`);
    }
    for (const { name } of subject.models.filter((model) => !(model.name in predictions)))
      print(
        `  ${name.padEnd(10)} not in the table${open.table.networks ? "" : ": measure one with --runtime libtorch"}`,
      );
    if (runtime && checks && runtime.engine !== measured.engine) print(`  checked with ${runtime.engine}`);
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
      throw usageError("--recipe has its own space and input: omit --space and --input");
    }
    return latencySubject(await openRun(recipe, set));
  }
  if (set !== undefined) throw usageError("--set is for a recipe: add --recipe");
  if (named === undefined) {
    throw usageError("--space is missing: set it, or --recipe: see supernet latency --help");
  }
  const space = await openSpace(spaceNamed(named));
  const side = space.imageSize ?? 224;
  const shape = input === undefined ? ([3, side, side] as const) : parseInput(input);
  return {
    space,
    inputOf: () => shape,
    models: [featuresModel(space), ...(space.maps.length > 0 ? [backboneModel(space)] : [])],
  };
}

/** Returns the runtime that a table was measured with. */
function requireRuntime({ path, table }: OpenTable): RuntimeName {
  const name = findRuntime(table.measured.engine);
  if (name !== undefined) return name;
  throw usageError(
    `--check cannot use ${table.measured.engine}, which ${path} was measured with: set --runtime to compare with`,
  );
}

async function measure(
  subject: LatencySubject,
  runtime: Runtime,
  file: string | undefined,
): Promise<{ open: OpenTable; seconds: number }> {
  const { measureTable } = await import("../../latency/measure.js");
  const { space, inputOf } = subject;
  const layers = measuredLayers(subject).length;
  const target = file === undefined ? "" : `, for ${file}, which does not exist yet`;
  log(
    `measuring ${layers} layers of ${space.name} at ${inputText(space, inputOf)} with ${runtime.engine}${target}`,
  );
  const start = performance.now();
  const progress = { layers: showProgress("layers", layers), networks: showProgress("networks", 100) };
  const table = await measureTable(subject, runtime, {
    onProgress: (stage, share) => progress[stage](share),
  });
  const seconds = (performance.now() - start) / 1000;
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
    onProgress: showProgress("subnets", subnets * networks),
  });
}

async function writeLayers(subject: LatencySubject, folder: string, json: boolean): Promise<void> {
  const { exportLayers } = await import("../../latency/export-layers.js");
  const { layers } = exportLayers(subject, folder);
  const table = join(folder, "table.json");
  if (json) printJson({ space: subject.space.name, input: subject.inputOf(), layers: layers.length, table });
  else
    print(`${folder}: ${layers.length} layers; fill in ${table}: how they were measured, and milliseconds`);
}

/** Shows a progress bar. Returns a function that updates it. */
function showProgress(title: string, all: number): (share: number) => void {
  const progress = new Progress(title, 0, all);
  return (share) => progress.update(Math.floor(share * all), "");
}

function conditions({ table: { measured } }: OpenTable): string {
  const { device, processor, threads, batch, engine, fitted } = measured;
  const factor = fitted
    ? `, fitted to ${fitted.subnets} subnets with factor ${fitted.factor.toFixed(2)}`
    : "";
  return `batch ${batch}, ${threads} thread${threads === 1 ? "" : "s"}, ${device} (${processor}), ${engine}${factor}`;
}

function describe({ subnets, error, bias, kendallTau, measured }: LatencyCheck): string {
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  const [min, max] = [Math.min(...measured), Math.max(...measured)];
  return (
    `${subnets} random subnets measured from ${min.toFixed(2)} to ${max.toFixed(2)} ms: mean error ` +
    `${percent(error)}, bias ${percent(bias)}; ` +
    `Kendall's tau ${kendallTau === null ? "-" : kendallTau.toFixed(2)}`
  );
}

function integerFrom(min: number, option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= min) return value;
  throw usageError(`${option} ${text}: expected an integer of at least ${min}`);
}
