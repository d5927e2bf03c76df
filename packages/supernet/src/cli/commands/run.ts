import { join } from "node:path";
import { UserError } from "@supernet/base";
import type { distributed } from "@supernet/torch";
import { withTableContent } from "../../latency/table-file.js";
import { withSpaceContent } from "../../recipe/open-space.js";
import { createRecipeStrategy } from "../../recipe/strategy.js";
import { createRun, openRun } from "../../recipes/load.js";
import type { RunResult } from "../../report/run-result.js";
import { listenForInterrupt } from "../../run/interrupt.js";
import { runSteps } from "../../run/run-steps.js";
import { followSteps } from "../../run/shared-steps.js";
import { firstUnfinished, inputsHash } from "../../run/step.js";
import { openWorkDir, type RunPaths, runPaths } from "../../run/work-dir.js";
import { searchProblem } from "../../search/problem.js";
import { type PipelineStep, pipelineSteps } from "../../task/pipeline.js";
import { searchedSpace } from "../../task/run-context.js";
import type { StepKind } from "../../task/task.js";
import type { Command, Values } from "../arguments.js";
import { launch } from "../launch.js";
import { log, print, printJson } from "../output.js";
import { version } from "../version.js";

const options = {
  "work-dir": { type: "string" },
  set: { type: "string", multiple: true },
  resume: { type: "boolean" },
  json: { type: "boolean" },
} as const;

type RunValues = Values<typeof options>;

const sharedOptions = { ...options, nproc: { type: "string" } } as const;

const USAGE = "RECIPE [--work-dir DIR] [--set key=value ...] [--resume] [--json]";
const SHARED_USAGE = `${USAGE} [--nproc N]`;

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
 * Runs steps of a recipe: in a single process, or as one of several ranks if the standard variables are set. Rank 0 has
 * the work-dir, and the other ranks help it.
 */
async function execute({ command, recipeName, values, choose }: Execution): Promise<void> {
  const given = await openRun(recipeName, values.set);
  const recipe = withTableContent(await withSpaceContent(given.recipe));
  const context = createRun(recipe, given.task);
  // Report constraints that cannot be met now, not after the supernet is trained.
  given.task.checkSpace?.(recipe, await context.get(searchedSpace));
  createRecipeStrategy(await searchProblem(context), recipe.steps.search.strategy);
  const allSteps = pipelineSteps(context);
  const path = values["work-dir"] ?? join("runs", recipe.name);
  const settings = (values.set ?? []).map((setting) => ` --set '${setting}'`).join("");
  // A process has a channel if --nproc started it.
  const nproc = process.channel ? ` --nproc ${process.env.WORLD_SIZE}` : "";
  const resumeCommand = `supernet run ${recipeName} --work-dir ${path}${settings}${nproc} --resume`;
  const asFirst = async (world?: distributed.World): Promise<void> => {
    const steps = choose(allSteps, runPaths(path));
    // A single step is a part of a run: it resumes in the run's folder without --resume.
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
  log(`took ${took} in all`);
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
      `step ${last.name} builds on step ${missing.name}, which is not done in ${paths.path}: ` +
        "run the earlier steps first, or all of them with supernet run",
    );
  }
  return steps.slice(0, index + 1);
}

/** Selects the steps up to the one of a kind that every recipe has. */
const chooseUpTo =
  (kind: StepKind): Execution["choose"] =>
  (steps, paths) =>
    stepsUpTo(steps.find((step) => step.kind === kind)!, steps, paths);

export const run: Command<typeof sharedOptions> = {
  name: "run",
  summary: "Runs all steps of a recipe; those that are done are skipped with --resume.",
  usage: SHARED_USAGE,
  options: sharedOptions,
  positionals: 1,
  run: (values, [recipe]) =>
    values.nproc === undefined
      ? execute({ command: "run", recipeName: recipe!, values, choose: (steps) => steps })
      : launch(values.nproc),
};

const trainOptions = { ...sharedOptions, step: { type: "string" } } as const;

/** The command that runs a step of a kind other than training. */
const COMMANDS: Readonly<Record<Exclude<StepKind, "training">, string>> = {
  search: "search",
  test: "eval",
  comparison: "run --resume",
};

export const train: Command<typeof trainOptions> = {
  name: "train",
  summary:
    "Runs one training step, --step pretrain|finetune|retrain|detector of a recipe for detection or train|retrain of " +
    "one for classification; without --step the first that is not done.",
  usage: `${SHARED_USAGE} [--step NAME]`,
  options: trainOptions,
  positionals: 1,
  run: async (values, [name]) => {
    if (values.nproc !== undefined) return launch(values.nproc);
    const choose = (steps: Steps, paths: RunPaths): Steps => {
      const trainings = steps.filter(({ kind }) => kind === "training");
      if (values.step !== undefined) {
        const requested = trainings.find((step) => step.name === values.step);
        if (requested) return stepsUpTo(requested, steps, paths);
        const names = trainings.map((step) => step.name).join(", ");
        throw new UserError(`--step ${values.step}: one of ${names}`, { exitCode: 2 });
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
  summary: "Runs the search of a recipe whose supernet is trained.",
  usage: SHARED_USAGE,
  options: sharedOptions,
  positionals: 1,
  run: async (values, [name]) => {
    if (values.nproc !== undefined) return launch(values.nproc);
    await execute({ command: "search", recipeName: name!, values, choose: chooseUpTo("search") });
  },
};

export const evaluate: Command<typeof options> = {
  name: "eval",
  summary: "Tests what a recipe found, its other steps being done.",
  usage: USAGE,
  options,
  positionals: 1,
  run: (values, [name]) =>
    execute({ command: "eval", recipeName: name!, values, choose: chooseUpTo("test") }),
};
