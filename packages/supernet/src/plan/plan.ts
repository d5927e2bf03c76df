import { UserError } from "@supernet/base";
import type { NetworkSpace } from "@supernet/nas";
import type { Recipe } from "../recipe/schema.js";
import type { PerActivity, StepWork } from "./activities.js";
import { planClassification } from "./classification/plan.js";
import { planDetection } from "./detection/plan.js";

/** What a run of a recipe will take. */
export interface Plan {
  /** The networks and what they see, in words. */
  readonly networks: string;
  readonly work: readonly StepWork[];
  readonly flopsPerImage: PerActivity;
  /** Measured on this machine. */
  secondsPerImage(device: string): PerActivity;
}

/** Numbers of images for data that is not there. */
export interface GivenCounts {
  /** Labelled images. */
  readonly images?: { readonly train: number; readonly val: number } | undefined;
  /** Images with boxes; the search's are held out of the training ones. */
  readonly detectionImages?: { readonly train: number; readonly test: number } | undefined;
}

/**
 * Plans a run of which nothing is done yet; none of its images is composed or decoded.
 * @throws UserError where data is not there and no numbers are given for it, or a setting has no effect at these
 *   numbers of images, as the run would throw
 */
export async function planOf(recipe: Recipe, space: NetworkSpace, given: GivenCounts): Promise<Plan> {
  switch (recipe.task) {
    case "detection":
      return planDetection(recipe, space, given);
    case "classification":
      return planClassification(recipe, space, given);
  }
}

/** What `count` gives; where data is not there, the error also says which options stand for it. */
export async function counted<T>(options: string, count: () => T | Promise<T>): Promise<T> {
  try {
    return await count();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`${error.message}: or give its numbers of images by ${options}`, { cause: error });
  }
}
