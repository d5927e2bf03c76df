import { openRun } from "../../recipes/load.js";
import type { PerActivity } from "../../task/plan.js";
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
    const [train, val] = pair("--images", values.images) ?? [];
    const [detectionTrain, test] = pair("--detection-images", values["detection-images"]) ?? [];
    const speed = positive("--flops-per-second", values["flops-per-second"]);
    task.checkSpace?.(recipe, await context.get(searchedSpace));
    const { mapActivities, sumCost, sumImages } = await import("../../plan/work.js");
    const {
      describeNetworks,
      flopsPerImage: flopsIn,
      planRun,
      secondsPerImage,
    } = await import("../../plan/plan.js");
    const planned = await planRun(context, {
      images: train === undefined || val === undefined ? undefined : { train, val },
      detectionImages:
        detectionTrain === undefined || test === undefined ? undefined : { train: detectionTrain, test },
    });
    const { work } = planned;
    const flopsPerImage = flopsIn(planned);
    const device = (await import("../../run/engine.js")).prepareEngine(recipe);
    let seconds: PerActivity;
    if (speed === undefined) {
      log("measuring the networks here");
      seconds = secondsPerImage(planned, device);
    } else seconds = mapActivities(flopsPerImage, (flops) => flops / speed);

    const lines = work.map(
      ({ step, iterations, images }): Line => ({
        step,
        iterations,
        images: sumImages(images),
        flops: sumCost(images, flopsPerImage),
        hours: sumCost(images, seconds) / 3600,
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
        secondsPerImage: seconds,
        flopsPerImage,
      });
      return;
    }
    print(`${recipe.name}: ${describeNetworks(planned)}; ${basis}`);
    print(row("step", "iterations", "images", "FLOPs", "hours"));
    for (const line of lines) print(row(line.step, String(line.iterations), ...figures(line)));
    print(row("in all", "", ...figures(total)));
    if (recipe.steps.search.earlyStop) print("search: at the most, as candidates may be stopped early");
  },
};

const figures = ({ images, flops, hours }: Omit<Line, "step" | "iterations">): [string, string, string] => [
  formatCount(images),
  formatCount(flops),
  hours.toFixed(2),
];

const row = (step: string, ...figures: readonly string[]): string =>
  `  ${step.padEnd(10)}${figures.map((figure) => figure.padStart(12)).join("")}`;

function pair(option: string, text: string | undefined): [number, number] | undefined {
  if (text === undefined) return undefined;
  const [first, second, ...rest] = text.split(",").map(Number);
  const valid = [first, second].every((n) => n !== undefined && Number.isSafeInteger(n) && n > 0);
  if (!valid || rest.length > 0) {
    throw usageError(`${option} ${text}: expected two numbers of images, such as 1281167,50000`);
  }
  return [first!, second!];
}

function positive(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) {
    throw usageError(`${option} ${text}: expected FLOPs a second, such as 5e12`);
  }
  return value;
}
