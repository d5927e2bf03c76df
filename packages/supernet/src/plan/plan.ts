import { UserError } from "@supernet/base";
import type { GivenCounts, PerActivity, TaskPlan } from "../task/plan.js";
import type { RunContext } from "../task/task.js";

/** FLOPs of a training pass in forward passes. By convention, a backward pass counts as two forward passes. */
const PASSES_IN_TRAINING = 3;

/** The command line's options for the numbers of a plan. */
export const COUNT_OPTIONS: Readonly<Record<keyof GivenCounts, string>> = {
  images: "--images",
  detectionImages: "--detection-images",
};

/**
 * Plans a run of which nothing is done yet; none of its images is composed or decoded.
 * @throws UserError if data is missing and no numbers are given for it, numbers are given that the task does not use,
 *   or a setting has no effect with these numbers of images, as the run would throw
 */
export async function planRun(run: RunContext, given: GivenCounts): Promise<TaskPlan> {
  const { recipe, task } = run;
  const { planOptions = [] } = task;
  if (!task.plan) {
    throw new UserError(
      `${recipe.name}: runs of the task ${task.name} are not planned, as it has no plan: ` +
        "supernet profile --recipe RECIPE tells what its networks take",
    );
  }
  const options = Object.keys(given) as (keyof GivenCounts)[];
  const unused = options.find((option) => given[option] !== undefined && !planOptions.includes(option));
  if (unused !== undefined) {
    throw new UserError(`${COUNT_OPTIONS[unused]}: ${recipe.name} has no such images: omit it`, {
      exitCode: 2,
    });
  }
  try {
    return await task.plan(run, given);
  } catch (error) {
    if (!(error instanceof MissingData)) throw error;
    const missing = planOptions.map((option) => COUNT_OPTIONS[option]).join(" and ");
    throw new UserError(`${error.message}: or give its numbers of images with ${missing}`, { cause: error });
  }
}

/** Data is missing, and numbers may be given instead. */
class MissingData extends UserError {}

/** Counts images. The message of an error then says that the numbers may be given instead. */
export async function countImages<T>(count: () => T | Promise<T>): Promise<T> {
  try {
    return await count();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new MissingData(error.message, { cause: error });
  }
}

/** Counts the FLOPs of each network for one image, by activity. */
export const countFlops = ({ networks }: TaskPlan): PerActivity =>
  Object.fromEntries(
    networks.flatMap(({ name, flops }) => [
      [`${name}Training`, PASSES_IN_TRAINING * flops],
      [`${name}Inference`, flops],
    ]),
  );

/** Measures the seconds of each network for one image on this machine, by activity. */
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

/** Describes the networks and their image sizes, for the user. */
export const describeNetworks = ({ networks }: TaskPlan): string =>
  networks.map(({ name, size }) => `${name} at ${size.height}x${size.width}`).join(", ");
