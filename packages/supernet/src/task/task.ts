import type { NetworkSpace } from "@supernet/nas";
import type { z } from "zod";
import type { ImageShape } from "../network/model.js";
import type { Recipe } from "../recipe/common.js";
import type { Refuse } from "../recipe/values.js";
import type { RunPaths } from "../run/work-dir.js";
import type { TaskNetwork } from "./network.js";
import type { GivenCounts, TaskPlan } from "./plan.js";
import type { RunContext } from "./run-context.js";
import type { ScorerSource } from "./scorer.js";
import type { TaskStep } from "./step.js";

/**
 * What a recipe's networks are for, such as object detection. Everything that depends on it is answered here, once:
 * plan, profile, latency, export, extract and report ask the task. It is known without the engine, which the bodies of
 * its steps load.
 */
export interface Task<R extends Recipe = Recipe> {
  /** The recipe's `task`. */
  readonly name: string;
  /** Schemas of the recipe's sections beside the common ones; `steps` is one of them and has a `search`. */
  readonly settings: z.ZodRawShape;
  /** Checks settings against each other. */
  check?(recipe: R, refuse: Refuse): void;
  /** Name under which candidates' scores are recorded, such as "AP". Higher is better. */
  readonly metric: string;
  /** The steps of a run, in their order. */
  steps(recipe: R): readonly TaskStep<R>[];
  /** How candidates are scored. */
  readonly scorer: ScorerSource<R>;
  /** The networks that a subnet makes. */
  readonly networks: readonly TaskNetwork<R>[];
  /** Shape of the image for which the search's limits hold. */
  searchInput(recipe: R): ImageShape;
  /**
   * Checks settings against the space that is searched.
   * @throws UserError if they do not fit
   */
  checkSpace?(recipe: R, space: NetworkSpace): void;
  /** The numbers of images that a plan needs and that may be given for data that is not there. */
  readonly planOptions: readonly (keyof GivenCounts)[];
  /**
   * Plans a run of which nothing is done yet, without composing or decoding an image.
   * @throws UserError if data is missing and no numbers are given for it, or a setting has no effect with these
   *   numbers of images, as the run would throw
   */
  plan(run: RunContext<R>, given: GivenCounts): Promise<TaskPlan>;
  /** Reads what a run found; undefined if its test is not finished. */
  outcome(run: RunContext<R>, workDir: RunPaths): Outcome | undefined;
}

/** What a run found. */
export interface Outcome {
  /** As plain JSON. */
  readonly results: object;
  /** The same for a person, a line each. */
  lines(): string[];
  /** Renders the report as one HTML file. */
  report(): Promise<string>;
}
