import { join } from "node:path";
import { checkFeasible, mutationRates } from "@supernet/nas";
import { UserError } from "@supernet/torch/errors";
import { loadRecipe } from "../../recipe/load.js";
import { openSpace, withSpaceContent } from "../../recipe/open-space.js";
import type { Recipe } from "../../recipe/schema.js";
import { withSettings } from "../../recipe/set.js";
import { listenForInterrupt } from "../../run/interrupt.js";
import { firstUndone, runSteps, type Step } from "../../run/pipeline.js";
import { openWorkDir, type WorkDir } from "../../run/work-dir.js";
import { handMadeSubnet } from "../../steps/compare/comparison.js";
import { detnasSteps } from "../../steps/plan.js";
import { searchProblem } from "../../steps/problem.js";
import type { Command, Values } from "../arguments.js";
import { say } from "../output.js";

const options = {
  "work-dir": { type: "string" },
  set: { type: "string", multiple: true },
  resume: { type: "boolean" },
  json: { type: "boolean" },
} as const;

type RunValues = Values<typeof options>;

const USAGE = "RECIPE [--work-dir DIR] [--set key=value ...] [--resume] [--json]";

/** Opens the work-dir, runs what `choose` picks, and shows the result. */
async function execute(
  name: string,
  recipeName: string,
  values: RunValues,
  choose: (recipe: Recipe, workDir: WorkDir) => readonly Step[],
): Promise<void> {
  const recipe = await withSpaceContent(withSettings(await loadRecipe(recipeName), values.set ?? []));
  // What cannot be met is told now, not after the supernet is trained.
  const space = await openSpace(recipe.space);
  checkFeasible(await searchProblem(recipe, space));
  const { mutations } = recipe.steps.search.strategy;
  if (mutations) mutationRates(space, mutations.probability, mutations.perDecision ?? {});
  const handMade = recipe.steps.compare?.handMade ?? null;
  if (handMade !== null) handMadeSubnet(space, handMade);
  const path = values["work-dir"] ?? join("runs", recipe.name);
  // A single step is a part of a run: it goes on in the run's folder without being told.
  using workDir = openWorkDir(path, recipe, { resume: values.resume === true || name !== "run" });
  const steps = choose(recipe, workDir);
  const interrupt = listenForInterrupt(say);
  try {
    say(`${recipe.name} in ${path}`);
    const settings = (values.set ?? []).map((setting) => ` --set '${setting}'`).join("");
    const resumeCommand = `supernet run ${recipeName} --work-dir ${path}${settings} --resume`;
    await runSteps(steps, { recipe, workDir, interrupt, resumeCommand, say });
    const { showResult } = await import("../../report/result.js");
    await showResult(recipe, workDir, { json: values.json === true });
  } finally {
    interrupt.release();
  }
}

/** The steps up to and with `last`, all earlier ones being done. */
function upTo(last: string, recipe: Recipe, workDir: WorkDir): readonly Step[] {
  const steps = detnasSteps(recipe);
  const place = steps.findIndex(({ name }) => name === last);
  const before = steps.slice(0, place);
  const missing = firstUndone(before, recipe, workDir);
  if (missing) {
    throw new UserError(
      `step ${last} builds on step ${missing.name}, which is not done in ${workDir.path}: ` +
        "run the earlier steps first, or all of them with supernet run",
    );
  }
  return steps.slice(0, place + 1);
}

export const run: Command<typeof options> = {
  name: "run",
  summary: "Runs all steps of a recipe; those that are done are skipped with --resume.",
  usage: USAGE,
  options,
  positionals: 1,
  run: (values, [recipe]) => execute("run", recipe!, values, detnasSteps),
};

const TRAINING = ["pretrain", "finetune", "retrain", "detector"];
const trainOptions = { ...options, step: { type: "string" } } as const;

export const train: Command<typeof trainOptions> = {
  name: "train",
  summary: `Runs one training step: --step ${TRAINING.join("|")}; without it the first that is not done.`,
  usage: `${USAGE} [--step NAME]`,
  options: trainOptions,
  positionals: 1,
  run: (values, [name]) =>
    execute("train", name!, values, (recipe, workDir) => {
      const { step } = values;
      if (step !== undefined && !TRAINING.includes(step)) {
        throw new UserError(`--step ${step}: one of ${TRAINING.join(", ")}`, { exitCode: 2 });
      }
      const next = step ?? firstUndone(detnasSteps(recipe), recipe, workDir)?.name ?? "detector";
      if (!TRAINING.includes(next)) {
        const command = next === "search" ? "search" : next === "test" ? "eval" : "run --resume";
        throw new UserError(`the next step is ${next}: run supernet ${command} ${name}`);
      }
      return upTo(next, recipe, workDir);
    }),
};

export const search: Command<typeof options> = {
  name: "search",
  summary: "Runs the search of a recipe whose supernet is trained.",
  usage: USAGE,
  options,
  positionals: 1,
  run: (values, [name]) =>
    execute("search", name!, values, (recipe, workDir) => upTo("search", recipe, workDir)),
};

export const evaluate: Command<typeof options> = {
  name: "eval",
  summary: "Tests the detector of a recipe whose other steps are done.",
  usage: USAGE,
  options,
  positionals: 1,
  run: (values, [name]) => execute("eval", name!, values, (recipe, workDir) => upTo("test", recipe, workDir)),
};
