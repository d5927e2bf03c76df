import { join } from "node:path";
import { UserError } from "@supernet/base";
import type { distributed } from "@supernet/torch";
import { openFeasibleRun } from "../../recipes/feasible-run.js";
import { openRun } from "../../recipes/load.js";
import type { RunResult } from "../../report/run-result.js";
import { listenForInterrupt } from "../../run/interrupt.js";
import { runSteps } from "../../run/run-steps.js";
import { followSteps } from "../../run/shared-steps.js";
import { firstUnfinished, inputsHash } from "../../run/step.js";
import { type RunPaths, runPaths } from "../../run/work-dir.js";
import { type PipelineStep, pipelineSteps } from "../../task/pipeline.js";
import type { StepKind } from "../../task/task.js";
import { type Command, usageError, type Values } from "../arguments.js";
import { launch } from "../launch.js";
import { jsonOption, keyOption, mappingOption, parseMapping, recipeArgument, setOption } from "../options.js";
import { log, print, printJson } from "../output.js";
import { programName, shellWord } from "../program.js";
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

/** Results from files, instead of those of earlier steps. */
const startOptions = {
  subnet: {
    type: "string",
    argument: "FILE",
    description: "Subnet to use instead of searching one",
    values: "files",
  },
  weights: {
    type: "string",
    argument: "FILE",
    description: "Weights to use instead of training: .safetensors or .pth. Further settings: start.weights",
    values: "files",
  },
  key: keyOption,
  mapping: mappingOption,
} as const;

type RunValues = Values<typeof options> & Values<typeof startOptions> & { readonly from?: string };

/** Returns the options for the start of a run as settings. */
function startSettings({ from, subnet, weights, key, mapping }: RunValues): string[] {
  if (weights === undefined && key !== undefined)
    throw usageError("--key selects a state dict in a file of weights: add --weights FILE");
  if (weights === undefined && mapping !== undefined)
    throw usageError("--mapping is the layout of a file of weights: add --weights FILE");
  const settings = {
    step: from,
    subnet,
    "weights.file": weights,
    "weights.key": key,
    "weights.mapping": parseMapping("--mapping", mapping),
  };
  return Object.entries(settings).flatMap(([name, value]) =>
    value === undefined ? [] : [`start.${name}=${JSON.stringify(value)}`],
  );
}

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
  const changes = [...startSettings(values), ...(values.set ?? [])];
  const context = await openFeasibleRun(recipeName, changes);
  const { recipe } = context;
  const allSteps = pipelineSteps(context);
  const path = values["work-dir"] ?? join("runs", recipe.name);
  // A process has a channel if --nproc started it.
  const nproc = process.channel ? ` --nproc ${process.env.WORLD_SIZE}` : "";
  const words = ["run", recipeName, "--work-dir", path, ...changes.flatMap((setting) => ["--set", setting])];
  const resumeCommand = `${programName()} ${words.map(shellWord).join(" ")}${nproc} --resume`;
  const asFirst = async (world?: distributed.World): Promise<void> => {
    const steps = choose(allSteps, runPaths(path));
    const { openWorkDir } = await import("../../run/open-work-dir.js");
    // The command of a single step always continues the run in the work-dir.
    using workDir = openWorkDir(path, recipe, { resume: values.resume === true || command !== "run" });
    const interrupt = listenForInterrupt(log);
    try {
      log(`${recipe.name} in ${path}${world ? `, on ${world.size} ranks` : ""}`);
      if (!workDir.exclusive)
        log(`${path} is on a file system without locks: make sure that no other run uses it`);
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
  // Results from files are taken at once, and latencies are measured again.
  const isStarted = steps.some(({ kind }) => kind === "given");
  if (missing && !(isStarted && ["given", "latency"].includes(missing.kind))) {
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

const runOptions = {
  ...sharedOptions,
  from: {
    type: "string",
    argument: "STEP",
    description: "First step to run, with --subnet or --weights for what earlier steps would leave",
    default: "the first one, or the first that uses these files",
    values: [],
  },
  ...startOptions,
} as const;

export const run: Command<typeof runOptions> = {
  name: "run",
  summary: "Run all steps of a recipe",
  description:
    "Writes the found subnet, its weights, an ONNX model and a report to the work-dir. You can interrupt a run at any " +
    "time, and continue it with --resume. With --subnet, it trains and tests this subnet instead of searching one. " +
    "With --weights, it searches this supernet instead of training one.",
  options: runOptions,
  positionals: [recipeArgument],
  examples: [
    "supernet run detnas-quickstart",
    "supernet run mixed-quickstart --work-dir runs/mine --set seed=1 --set steps.train.epochs=0.2",
    "supernet run my-recipe.yaml --nproc 4 --resume",
    "supernet run mixed-quickstart --subnet subnet.yaml --set steps.retrain.start=scratch --work-dir runs/retrained",
    "supernet run mixed-quickstart --weights supernet.safetensors --work-dir runs/searched",
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
  given: "run --resume",
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

const searchOptions = {
  ...sharedOptions,
  weights: startOptions.weights,
  key: keyOption,
  mapping: mappingOption,
} as const;

export const search: Command<typeof searchOptions> = {
  name: "search",
  summary: "Run the search of a recipe",
  description: "The supernet must be trained, or its weights given.",
  options: searchOptions,
  positionals: [recipeArgument],
  examples: [
    "supernet search detnas-quickstart",
    "supernet search mixed-quickstart --weights supernet.safetensors --work-dir runs/searched",
  ],
  run: async (values, [name]) => {
    if (values.nproc !== undefined) return launch(values.nproc);
    await execute({ command: "search", recipeName: name!, values, choose: chooseUpTo("search") });
  },
};

const evalOptions = { ...options, ...startOptions } as const;

export const evaluate: Command<typeof evalOptions> = {
  name: "eval",
  summary: "Test the found subnet of a recipe, or given weights",
  description:
    "All steps before the test must be finished. With --weights, none is needed: the network in the file is tested. " +
    "--subnet says which subnet it is, or which one of a supernet to test, if the file does not.",
  options: evalOptions,
  positionals: [recipeArgument],
  examples: [
    "supernet eval detnas-quickstart --json",
    "supernet eval mixed-quickstart --weights subnet.safetensors --work-dir runs/tested",
  ],
  async run(values, [name]) {
    if (values.weights === undefined && values.subnet !== undefined)
      throw usageError("--subnet says what the weights belong to: add --weights FILE");
    const given = values.weights === undefined ? {} : await startAtTest(name!, values);
    await execute({
      command: "eval",
      recipeName: name!,
      values: { ...values, ...given },
      choose: chooseUpTo("test"),
    });
  },
};

/** Returns the options of a run that begins with the test, in a folder of its own. */
async function startAtTest(recipeName: string, values: Values<typeof evalOptions>) {
  const { recipe, task } = await openRun(recipeName, values.set);
  const from = task.steps(recipe).find(({ kind }) => kind === "test")!.name;
  return { from, "work-dir": values["work-dir"] ?? join("runs", `${recipe.name}-eval`) };
}
