import { fileDigest, UserError, unknownName } from "@supernet/base";
import type { StartRecipe } from "../recipe/start.js";
import { commonInputs } from "./inputs.js";
import { networkOfStep } from "./owner.js";
import type { RunContext, StepKind, TaskStep } from "./task.js";

/**
 * Returns the steps of a run. If the recipe begins at a later step, the earlier ones are omitted, except for the
 * measurement of latencies, and those whose results come from files are replaced by steps that read these.
 * @throws UserError if the first step is unknown, or a step would miss a result of an omitted one
 */
export function startedSteps(run: RunContext): readonly TaskStep[] {
  const { recipe, task } = run;
  const steps = task.steps(recipe);
  const { start } = recipe;
  if (start === null) return steps;
  const begin = firstStep(steps, start);
  const search = steps.findIndex(({ kind }) => kind === "search");
  const needed = missingWeights(steps, begin);
  const replaced = start.weights && needed[0]?.name;
  const lacking = needed.find(({ name }) => name !== replaced);
  if (start.weights && replaced === undefined)
    throw new UserError(
      `start.weights (--weights): no step from ${steps[begin]!.name} on loads weights of an earlier step: omit them, or ` +
        `begin training from them with steps.${steps[begin]!.name}.init`,
    );
  if (lacking)
    throw new UserError(
      `step ${lacking.by} loads the weights of step ${lacking.name}, which does not run: ` +
        (replaced === undefined
          ? `give them with --weights FILE, begin at an earlier step with --from, or change steps.${lacking.by}`
          : `begin at an earlier step with --from, or set steps.${lacking.by} to null`),
    );
  if (begin <= search && start.subnet !== undefined)
    throw new UserError(
      `start.subnet (--subnet): the run begins at ${steps[begin]!.name}, and its search would replace the subnet: ` +
        "begin at a later step with --from",
    );
  if (begin > search && start.subnet === undefined && start.weights === undefined)
    throw new UserError(
      `a run that begins at ${steps[begin]!.name} needs a subnet: give it with --subnet FILE`,
    );
  return steps.flatMap((step, i): TaskStep[] => {
    if (i >= begin || step.kind === "latency") return [step];
    const givesSubnet = i === search;
    const givesWeights = step.name === replaced;
    return givesSubnet || givesWeights ? [givenStep(run, step, { start, givesSubnet, givesWeights })] : [];
  });
}

/**
 * Describes the subnet that a run tests, with its weights: "found subnet, fine-tuned".
 * @param weights the weights, if they are not given
 * @param step step that trains them; undefined if none does
 */
export function describeTested({ recipe, task }: RunContext, weights: string, step?: string): string {
  const { start } = recipe;
  const steps = task.steps(recipe);
  const begin = start === null ? 0 : firstStep(steps, start);
  const search = steps.findIndex(({ kind }) => kind === "search");
  const isGiven = step !== undefined && steps.slice(0, begin).some(({ name }) => name === step);
  return `${begin > search ? "given" : "found"} subnet, ${isGiven ? "given weights" : weights}`;
}

/** Returns the index of the first step. */
function firstStep(steps: readonly TaskStep[], { step: name, subnet }: StartRecipe): number {
  const search = steps.findIndex(({ kind }) => kind === "search");
  if (name === undefined)
    return subnet === undefined
      ? search
      : steps.findIndex(({ kind }, i) => i > search && kind !== "calibration");
  const index = steps.findIndex((step) => step.name === name);
  if (index >= 0) return index;
  const names = steps.map((step) => step.name);
  throw new UserError(`start.step (--from): ${unknownName("step", name, names)}`, { exitCode: 2 });
}

/** Returns the steps before the first one whose weights are loaded, and the name of the step that loads each. */
function missingWeights(steps: readonly TaskStep[], begin: number): { name: string; by: string }[] {
  const before = new Set(steps.slice(0, begin).map(({ name }) => name));
  const loaded = steps
    .slice(begin)
    .flatMap(({ name: by, needs = [] }) => needs.map((name) => ({ name, by })))
    .filter(({ name }) => before.has(name));
  return loaded.filter(({ name }, i) => loaded.findIndex((other) => other.name === name) === i);
}

/** Kinds of steps that leave a subnet for later ones. */
const CHOOSING: readonly StepKind[] = ["search", "calibration", "front"];

interface Given {
  readonly start: StartRecipe;
  readonly givesSubnet: boolean;
  readonly givesWeights: boolean;
}

/** A step that reads the result of another one from files. */
function givenStep(run: RunContext, step: TaskStep, { start, givesSubnet, givesWeights }: Given): TaskStep {
  const { subnet, weights } = start;
  const files = [
    ...(givesSubnet && subnet ? [subnet] : []),
    ...(givesWeights && weights ? [weights.file] : []),
  ];
  return {
    name: step.name,
    kind: "given",
    title: `${givesWeights ? "weights" : "subnet"} from ${files.at(-1) ?? weights!.file}`,
    inputs: [
      commonInputs(run.recipe),
      taskSettings(run),
      givesSubnet && subnet && fileDigest(subnet),
      weights && { ...weights, file: fileDigest(weights.file) },
    ],
    async run(context) {
      const { takeSubnet, takeWeights } = await import("./given.js");
      if (givesSubnet || CHOOSING.includes(step.kind)) await takeSubnet(context, start);
      if (givesWeights) await takeWeights(context, networkOfStep(run, step.name)!, weights!);
    },
  };
}

/** Returns the settings of the task, besides those of the steps. */
const taskSettings = ({ recipe, task }: RunContext): unknown =>
  Object.keys(task.settings)
    .filter((key) => key !== "steps")
    .map((key) => Reflect.get(recipe, key));
