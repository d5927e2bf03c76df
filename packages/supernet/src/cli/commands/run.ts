import { join } from "node:path";
import { UserError } from "@supernet/base";
import type { distributed } from "@supernet/torch";
import { openFeasibleRun } from "../../recipes/feasible-run.js";
import type { RunResult } from "../../report/run-result.js";
import { listenForInterrupt } from "../../run/interrupt.js";
import { runSteps } from "../../run/run-steps.js";
import { followSteps } from "../../run/shared-steps.js";
import { firstUnfinished, inputsHash } from "../../run/step.js";
import { openWorkDir, type RunPaths, runPaths } from "../../run/work-dir.js";
import { type PipelineStep, pipelineSteps } from "../../task/pipeline.js";
import type { StepKind } from "../../task/task.js";
import type { Command, Values } from "../arguments.js";
import { launch } from "../launch.js";
import { jsonOption, recipeArgument, setOption } from "../options.js";
import { log, print, printJson } from "../output.js";
import { programName } from "../program.js";
import { version } from "../version.js";

const options = {
  "work-dir": {
    type: "string",
    argument: "DIR",
    description: "Folder of the run",
    default: "runs/NAME, with the name of the recipe",
    values: "folders",
  },
  set: setOption,
  resume: {
    type: "boolean",
    description: "Continue the run in the work-dir, and skip its finished steps",
  },
  json: jsonOption,
} as const;

type RunValues = Values<typeof options>;

const sharedOptions = {
  ...options,
  nproc: {
    type: "string",
    argument: "N",
    description: "Number of processes (ranks) on this machine that share the work",
    default: "1",
    values: [],
  },
} as const;

type Steps = readonly PipelineStep[];

interface Execution {
  readonly command: "run" | "train" | "search" | "eval";
  /** Name or file of the recipe. */
  readonly recipeName: string;
  readonly values: RunValues;
  /** Selects the steps to run. */
  readonly choose: (steps: Steps, paths: RunPaths) => Steps;
}

/**
 * Runs steps of a recipe, in a single process, or as one of several ranks if RANK and WORLD_SIZE are set. Only rank 0
 * uses the work-dir.
 */
async function execute({ command, recipeName, values, choose }: Execution): Promise<void> {
  const context = await openFeasibleRun(recipeName, values.set);
  const { recipe } = context;
  const allSteps = pipelineSteps(context);
  const path = values["work-dir"] ?? join("runs", recipe.name);
  const settings = (values.set ?? []).map((setting) => ` --set '${setting}'`).join("");
  // A process has a channel if --nproc started it.
  const nproc = process.channel ? ` --nproc ${process.env.WORLD_SIZE}` : "";
  const resumeCommand = `${programName()} run ${recipeName} --work-dir ${path}${settings}${nproc} --resume`;
  const asFirst = async (world?: distributed.World): Promise<void> => {
    const steps = choose(allSteps, runPaths(path));
    // The command of a single step always continues the run in the work-dir.
    using workDir = openWorkDir(path, recipe, { resume: values.resume === true || command !== "run" });
    const interrupt = listenForInterrupt(log);
    try {
      log(`${recipe.name} in ${path}${world ? `, on ${world.size} ranks` : ""}`);
      await runSteps(steps, { workDir, interrupt, resumeCommand, world, log });
      const { finishRun } = await import("../../report/run-result.js");
      showResult(await finishRun(context, workDir), values.json === true);
    } finally {
      interrupt.release();
    }
  };
  const asOther = async (world: distributed.World): Promise<void> => {
    const interrupt = listenForInterrupt(() => {});
    try {
      await followSteps(allSteps, world, { root: path, interrupt, resumeCommand, log });
    } finally {
      interrupt.release();
    }
  };
  if (process.env.RANK === undefined && process.env.WORLD_SIZE === undefined) return asFirst();
  const { runAsRank } = await import("../ranks.js");
  const inputs = inputsHash(allSteps).slice(0, 12);
  await runAsRank({ recipe, inputs, version: version() }, (world) =>
    world.isMainRank ? asFirst(world) : asOther(world),
  );
}

function showResult({ json, lines, took }: RunResult, asJson: boolean): void {
  if (asJson) {
    printJson(json);
    return;
  }
  if (lines.length === 0) return;
  for (const line of ["", ...lines]) print(line);
  log(`total time: ${took}`);
}

/**
 * Returns the steps up to and including `last`.
 * @throws UserError if an earlier one is not finished
 */
function stepsUpTo(last: PipelineStep, steps: Steps, paths: RunPaths): Steps {
  const index = steps.indexOf(last);
  const missing = firstUnfinished(steps.slice(0, index), paths);
  if (missing) {
    throw new UserError(
      `step ${last.name} needs step ${missing.name}, which is not finished in ${paths.path}: ` +
        "run the earlier steps first, or all steps with supernet run",
    );
  }
  return steps.slice(0, index + 1);
}

/** Selects the steps up to the first of a kind that every recipe has. */
const chooseUpTo =
  (kind: StepKind): Execution["choose"] =>
  (steps, paths) =>
    stepsUpTo(steps.find((step) => step.kind === kind)!, steps, paths);

export const run: Command<typeof sharedOptions> = {
  name: "run",
  summary: "Run all steps of a recipe",
  description:
    "Writes the found subnet, its weights, an ONNX model and a report to the work-dir. You can interrupt a run at any " +
    "time, and continue it with --resume.",
  options: sharedOptions,
  positionals: [recipeArgument],
  examples: [
    "supernet run detnas-quickstart",
    "supernet run mixed-quickstart --work-dir runs/mine --set seed=1 --set steps.train.epochs=0.2",
    "supernet run my-recipe.yaml --nproc 4 --resume",
  ],
  run: (values, [recipe]) =>
    values.nproc === undefined
      ? execute({ command: "run", recipeName: recipe!, values, choose: (steps) => steps })
      : launch(values.nproc),
};

const trainOptions = {
  ...sharedOptions,
  step: {
    type: "string",
    argument: "NAME",
    description:
      "Training step to run: pretrain, finetune, retrain or detector in detection; train or retrain in classification",
    default: "the first unfinished one",
    values: ["pretrain", "finetune", "train", "retrain", "detector"],
  },
} as const;

/** Commands that run a step of a kind other than training. */
const COMMANDS: Readonly<Record<Exclude<StepKind, "training">, string>> = {
  latency: "run --resume",
  search: "search",
  calibration: "run --resume",
  front: "run --resume",
  test: "eval",
  comparison: "run --resume",
};

export const train: Command<typeof trainOptions> = {
  name: "train",
  summary: "Run one training step of a recipe",
  options: trainOptions,
  positionals: [recipeArgument],
  examples: ["supernet train detnas-quickstart", "supernet train detnas-quickstart --step finetune"],
  run: async (values, [name]) => {
    if (values.nproc !== undefined) return launch(values.nproc);
    const choose = (steps: Steps, paths: RunPaths): Steps => {
      const trainings = steps.filter(({ kind }) => kind === "training");
      if (values.step !== undefined) {
        const requested = trainings.find((step) => step.name === values.step);
        if (requested) return stepsUpTo(requested, steps, paths);
        const names = trainings.map((step) => step.name).join(", ");
        throw new UserError(`--step ${values.step}: use one of ${names}`, { exitCode: 2 });
      }
      const next = firstUnfinished(steps, paths) ?? trainings.at(-1)!;
      if (next.kind === "training") return stepsUpTo(next, steps, paths);
      throw new UserError(`the next step is ${next.name}: run supernet ${COMMANDS[next.kind]} ${name}`);
    };
    await execute({ command: "train", recipeName: name!, values, choose });
  },
};

export const search: Command<typeof sharedOptions> = {
  name: "search",
  summary: "Run the search of a recipe",
  description: "The supernet must be trained.",
  options: sharedOptions,
  positionals: [recipeArgument],
  examples: ["supernet search detnas-quickstart"],
  run: async (values, [name]) => {
    if (values.nproc !== undefined) return launch(values.nproc);
    await execute({ command: "search", recipeName: name!, values, choose: chooseUpTo("search") });
  },
};

export const evaluate: Command<typeof options> = {
  name: "eval",
  summary: "Test the found subnet of a recipe",
  description: "All steps before the test must be finished.",
  options,
  positionals: [recipeArgument],
  examples: ["supernet eval detnas-quickstart --json"],
  run: (values, [name]) =>
    execute({ command: "eval", recipeName: name!, values, choose: chooseUpTo("test") }),
};
