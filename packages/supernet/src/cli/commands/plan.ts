import { checkFeasibility } from "../../recipes/feasible-run.js";
import { openRun } from "../../recipes/load.js";
import { searchedSpace } from "../../task/run-context.js";
import { type Command, usageError } from "../arguments.js";
import { jsonOption, recipeArgument, setOption } from "../options.js";
import { formatCount, log, print, printJson } from "../output.js";

const options = {
  set: setOption,
  "flops-per-second": {
    type: "string",
    argument: "N",
    description: "Speed to assume, such as 5e12",
    default: "measured on this machine",
    values: [],
  },
  images: {
    type: "string",
    argument: "TRAIN,VAL",
    description: "Numbers of images in the classification dataset, if it is not on this machine",
    values: [],
  },
  "detection-images": {
    type: "string",
    argument: "TRAIN,TEST",
    description: "Numbers of images in the detection dataset, if it is not on this machine",
    values: [],
  },
  json: jsonOption,
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
  summary: "Estimate the time and the FLOPs of each step of a run",
  options,
  positionals: [recipeArgument],
  examples: [
    "supernet plan detnas-quickstart",
    "supernet plan autoformer-tiny-imagenet --images 1281167,50000 --flops-per-second 1e14",
  ],
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
    const isDataHere = train === undefined && detectionTrain === undefined;
    if (isDataHere) await checkFeasibility(context);
    const flopsPerImage = countFlops(planned);
    const measure = async () => {
      const device = (await import("../../run/engine.js")).prepareEngine(recipe);
      log("measuring the networks on this machine");
      return { secondsPerImage: measureSeconds(planned, device), basis: `measured on ${device}` };
    };
    const { secondsPerImage, basis } =
      speed === undefined
        ? await measure()
        : {
            secondsPerImage: mapActivities(flopsPerImage, (flops) => flops / speed),
            basis: `at ${formatCount(speed)} FLOPs per second`,
          };

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
    print(formatRow("total", "", ...formatMetrics(total)));
    if (recipe.steps.search.earlyStop) print("search: maximum, because candidates may be stopped early");
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
    throw usageError(`${option} ${text}: expected FLOPs per second, such as 5e12`);
  }
  return value;
}
