import { count, type Immutable, Random } from "@supernet/base";
import { z } from "zod";
import type { Subnet } from "../../space/space.js";
import { sampleUnseen } from "../generate.js";
import type { SearchProblem } from "../problem.js";
import { onAllImages, type Strategy } from "../strategy.js";
import { defineStrategy, fullLength, strategyFrom } from "./strategy-definition.js";

const settingsSchema = z
  .strictObject({ candidates: count.describe("Number of subnets to score.") })
  .describe("Random search.");

export type RandomSearchSettings = Immutable<z.output<typeof settingsSchema>>;

/** Number of subnets in a generation. Those after the first one may be stopped early. */
const GENERATION_SIZE = 50;

export const randomDefinition = defineStrategy({
  kind: "random",
  title: "random search",
  settings: () => settingsSchema,
  length: ({ candidates }) => fullLength(candidates),
  earlyStopAfter: () => GENERATION_SIZE,
  create(problem, { candidates }) {
    let sampled: readonly Subnet[] | undefined;
    return {
      generations: Math.ceil(candidates / GENERATION_SIZE),
      elite: 1,
      propose({ generation }) {
        // All generations are sampled at once, so a resumed search proposes the same subnets.
        sampled ??= sampleUnseen(problem, new Set(), {
          count: candidates,
          random: Random.of(problem.seed, "random search"),
        });
        return onAllImages(sampled.slice(generation * GENERATION_SIZE, (generation + 1) * GENERATION_SIZE));
      },
    };
  },
});

/**
 * Creates a random search: different random subnets that meet the constraints. It is the baseline that every strategy
 * must beat (Li and Talwalkar, 2019, https://arxiv.org/abs/1902.07638). It ends early if no more subnets are found.
 *
 * @example
 * const strategy = randomSearch(problem, { candidates: 500 });
 * @throws UserError if a setting is wrong or no subnet meets the constraints
 */
export const randomSearch = (problem: SearchProblem, settings: RandomSearchSettings): Strategy =>
  strategyFrom(randomDefinition, problem, settings);
