import { join } from "node:path";
import { UserError } from "@supernet/base";
import { checkFeasible } from "@supernet/nas";
import type { distributed } from "@supernet/torch";
import { withTableContent } from "../../latency/table-file.js";
import { withSpaceContent } from "../../recipe/open-space.js";
import { createRun, openRun } from "../../recipes/load.js";
import { withTaskContent } from "../../recipes/open-task.js";
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

/**
 * Runs what `choose` picks of a recipe's steps: alone, or as one of several ranks where the standard variables say so, of
 * which the first has the work-dir and the others help it.
 */
async function execute(
  name: string,
  recipeName: string,
  values: RunValues,
  choose: (steps: Steps, paths: RunPaths) => Steps,
): Promise<void> {
  const given = await openRun(recipeName, values.set);
  const recipe = withTaskContent(withTableContent(await withSpaceContent(given.recipe)));
  const context = createRun(recipe, given.task);
  // What cannot be met is reported now, not after the supernet is trained.
  given.task.checkSpace?.(recipe, await context.get(searchedSpace));
  checkFeasible(await searchProblem(context));
  const allSteps = pipelineSteps(context);
  const path = values["work-dir"] ?? join("runs", recipe.name);
  const settings = (values.set ?? []).map((setting) => ` --set '${setting}'`).join("");
  // By the channel this process knows that --nproc has started it.
  const nproc = process.channel ? ` --nproc ${process.env.WORLD_SIZE}` : "";
  const resumeCommand = `supernet run ${recipeName} --work-dir ${path}${settings}${nproc} --resume`;
  const asFirst = async (world?: distributed.World): Promise<void> => {
    const steps = choose(allSteps, runPaths(path));
    // A single step is a part of a run: it goes on in the run's folder without being told.
    using workDir = openWorkDir(path, recipe, { resume: values.resume === true || name !== "run" });
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
    world.first ? asFirst(world) : asOther(world),
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

/** The steps up to and with `last`, all earlier ones being done. */
function upTo(last: PipelineStep, steps: Steps, paths: RunPaths): Steps {
  const place = steps.indexOf(last);
  const missing = firstUnfinished(steps.slice(0, place), paths);
  if (missing) {
    throw new UserError(
      `step ${last.name} builds on step ${missing.name}, which is not done in ${paths.path}: ` +
        "run the earlier steps first, or all of them with supernet run",
    );
  }
  return steps.slice(0, place + 1);
}

/** Of the kinds that every recipe has. */
const stepOf = (kind: StepKind, steps: Steps): PipelineStep => steps.find((step) => step.kind === kind)!;

export const run: Command<typeof sharedOptions> = {
  name: "run",
  summary: "Runs all steps of a recipe; those that are done are skipped with --resume.",
  usage: SHARED_USAGE,
  options: sharedOptions,
  positionals: 1,
  run: (values, [recipe]) =>
    values.nproc === undefined ? execute("run", recipe!, values, (steps) => steps) : launch(values.nproc),
};

const trainOptions = { ...sharedOptions, step: { type: "string" } } as const;

/** The command that runs a step which is no training. */
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
    await execute("train", name!, values, (steps, paths) => {
      const trainings = steps.filter(({ kind }) => kind === "training");
      if (values.step !== undefined) {
        const asked = trainings.find((step) => step.name === values.step);
        if (asked) return upTo(asked, steps, paths);
        const names = trainings.map((step) => step.name).join(", ");
        throw new UserError(`--step ${values.step}: one of ${names}`, { exitCode: 2 });
      }
      const next = firstUnfinished(steps, paths) ?? trainings.at(-1)!;
      if (next.kind === "training") return upTo(next, steps, paths);
      throw new UserError(`the next step is ${next.name}: run supernet ${COMMANDS[next.kind]} ${name}`);
    });
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
    await execute("search", name!, values, (steps, paths) => upTo(stepOf("search", steps), steps, paths));
  },
};

export const evaluate: Command<typeof options> = {
  name: "eval",
  summary: "Tests what a recipe found, its other steps being done.",
  usage: USAGE,
  options,
  positionals: 1,
  run: (values, [name]) =>
    execute("eval", name!, values, (steps, paths) => upTo(stepOf("test", steps), steps, paths)),
};
