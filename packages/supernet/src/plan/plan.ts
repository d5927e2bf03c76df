import { UserError } from "@supernet/base";
import type { Recipe } from "../recipe/common.js";
import type { GivenCounts, PerActivity, TaskPlan } from "../task/plan.js";
import type { RunContext } from "../task/task.js";

/** Cost of a training pass in forward passes. By convention, a backward pass counts as two forward passes. */
const PASSES_IN_TRAINING = 3;

/** Command-line options for the numbers of images. */
export const COUNT_OPTIONS: Readonly<Record<keyof GivenCounts, string>> = {
  images: "--images",
  detectionImages: "--detection-images",
};

/**
 * Plans a complete run, without composing or decoding any image.
 * @throws UserError if data is missing and its number of images is not given
 * @throws UserError if the task does not use a number that is given
 * @throws UserError if a setting has no effect with these numbers (the run would throw too)
 */
export async function planRun(run: RunContext, given: GivenCounts): Promise<TaskPlan> {
  const { recipe, task } = run;
  const { planOptions = [] } = task;
  if (!task.plan) {
    throw new UserError(
      `${recipe.name}: the task ${task.name} does not support plans: use supernet profile --recipe RECIPE for the ` +
        "cost of its networks",
    );
  }
  const options = Object.keys(given) as (keyof GivenCounts)[];
  const unused = options.find((option) => given[option] !== undefined && !planOptions.includes(option));
  if (unused !== undefined) throw unusedCount(recipe, unused);
  try {
    return await task.plan(run, given);
  } catch (error) {
    if (!(error instanceof MissingData)) throw error;
    const missing = planOptions.map((option) => COUNT_OPTIONS[option]).join(" and ");
    throw new UserError(`${error.message}: or pass the numbers of images with ${missing}`, { cause: error });
  }
}

/** Returns the error for a number of images that a recipe does not have. */
export const unusedCount = ({ name }: Recipe, option: keyof GivenCounts): UserError =>
  new UserError(`${COUNT_OPTIONS[option]}: ${name} has no such images: remove the option`, { exitCode: 2 });

/** Error for missing data whose number of images may be given instead. */
class MissingData extends UserError {}

/** Counts images. If that fails, the error of `planRun` names the options to use instead. */
export async function countImages<T>(count: () => T | Promise<T>): Promise<T> {
  try {
    return await count();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new MissingData(error.message, { cause: error });
  }
}

/** Returns the FLOPs per image of each network, by activity. */
export const countFlops = ({ networks }: TaskPlan): PerActivity =>
  Object.fromEntries(
    networks.flatMap(({ name, flops }) => [
      [`${name}Training`, PASSES_IN_TRAINING * flops],
      [`${name}Inference`, flops],
    ]),
  );

/** Measures the seconds per image of each network on this machine, by activity. */
export const measureSeconds = ({ networks }: TaskPlan, device: string): PerActivity =>
  Object.fromEntries(
    networks.flatMap(({ name, seconds }) => {
      const { training, inference } = seconds(device);
      return [
        [`${name}Training`, training],
        [`${name}Inference`, inference],
      ];
    }),
  );

/** Describes the networks and their image sizes in a line for the user. */
export const describeNetworks = ({ networks }: TaskPlan): string =>
  networks.map(({ name, size }) => `${name} at ${size.height}x${size.width}`).join(", ");
