import { openRun } from "../../recipes/load.js";
import { searchedSpace } from "../../task/run-context.js";
import { type Command, usageError } from "../arguments.js";
import { formatCount, log, print, printJson } from "../output.js";

const options = {
  set: { type: "string", multiple: true },
  "flops-per-second": { type: "string" },
  images: { type: "string" },
  "detection-images": { type: "string" },
  json: { type: "boolean" },
} as const;

/** One line of a plan. */
interface Line {
  readonly step: string;
  readonly iterations: number;
  readonly images: number;
  readonly flops: number;
  readonly hours: number;
}

export const plan: Command<typeof options> = {
  name: "plan",
  summary:
    "What a recipe's run will take, before anything is spent: iterations, images, FLOPs and hours of each step, at " +
    "a speed that is measured here or given in FLOPs a second. For data that is not here, --images TRAIN,VAL and " +
    "--detection-images TRAIN,TEST give the numbers.",
  usage:
    "RECIPE [--set key=value ...] [--flops-per-second N] [--images TRAIN,VAL] [--detection-images TRAIN,TEST] [--json]",
  options,
  positionals: 1,
  async run(values, [name]) {
    const context = await openRun(name!, values.set);
    const { recipe, task } = context;
    const [train, val] = parsePair("--images", values.images) ?? [];
    const [detectionTrain, test] = parsePair("--detection-images", values["detection-images"]) ?? [];
    const speed = parsePositive("--flops-per-second", values["flops-per-second"]);
    task.checkSpace?.(recipe, await context.get(searchedSpace));
    const { mapActivities, sumCost, sumImages } = await import("../../plan/work.js");
    const { countFlops, describeNetworks, measureSeconds, planRun } = await import("../../plan/plan.js");
    const planned = await planRun(context, {
      images: train === undefined || val === undefined ? undefined : { train, val },
      detectionImages:
        detectionTrain === undefined || test === undefined ? undefined : { train: detectionTrain, test },
    });
    const { work } = planned;
    const flopsPerImage = countFlops(planned);
    const device = (await import("../../run/engine.js")).prepareEngine(recipe);
    if (speed === undefined) log("measuring the networks here");
    const secondsPerImage =
      speed === undefined
        ? measureSeconds(planned, device)
        : mapActivities(flopsPerImage, (flops) => flops / speed);

    const lines = work.map(
      ({ step, iterations, images }): Line => ({
        step,
        iterations,
        images: sumImages(images),
        flops: sumCost(images, flopsPerImage),
        hours: sumCost(images, secondsPerImage) / 3600,
      }),
    );
    const sum = (value: (line: Line) => number) => lines.reduce((total, line) => total + value(line), 0);
    const total = {
      images: sum((line) => line.images),
      flops: sum((line) => line.flops),
      hours: sum((line) => line.hours),
    };
    const basis = speed === undefined ? `measured on ${device}` : `at ${formatCount(speed)} FLOPs a second`;
    if (values.json) {
      printJson({
        recipe: recipe.name,
        steps: lines,
        total,
        basis,
        secondsPerImage,
        flopsPerImage,
      });
      return;
    }
    print(`${recipe.name}: ${describeNetworks(planned)}; ${basis}`);
    print(formatRow("step", "iterations", "images", "FLOPs", "hours"));
    for (const line of lines) print(formatRow(line.step, String(line.iterations), ...formatMetrics(line)));
    print(formatRow("in all", "", ...formatMetrics(total)));
    if (recipe.steps.search.earlyStop) print("search: at the most, as candidates may be stopped early");
  },
};

const formatMetrics = ({
  images,
  flops,
  hours,
}: Omit<Line, "step" | "iterations">): [string, string, string] => [
  formatCount(images),
  formatCount(flops),
  hours.toFixed(2),
];

const formatRow = (step: string, ...cells: readonly string[]): string =>
  `  ${step.padEnd(10)}${cells.map((cell) => cell.padStart(12)).join("")}`;

/** Parses an option with two numbers of images. */
function parsePair(option: string, text: string | undefined): [number, number] | undefined {
  if (text === undefined) return undefined;
  const counts = text.split(",").map(Number);
  if (counts.length !== 2 || !counts.every((count) => Number.isSafeInteger(count) && count > 0)) {
    throw usageError(`${option} ${text}: expected two numbers of images, such as 1281167,50000`);
  }
  return counts as [number, number];
}

/** Parses an option with a positive number. */
function parsePositive(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) {
    throw usageError(`${option} ${text}: expected FLOPs a second, such as 5e12`);
  }
  return value;
}
