import { count, crossFieldCheck, type Immutable, Random } from "@supernet/base";
import { z } from "zod";
import type { Subnet } from "../../space/space.js";
import { sampleUnseen } from "../generate.js";
import type { SearchProblem } from "../problem.js";
import { type Candidate, ranked, seenKeys } from "../state.js";
import type { Strategy } from "../strategy.js";
import { defineStrategy, strategyFrom } from "./strategy-definition.js";

const settingsSchema = z
  .strictObject({
    candidates: count.describe("Number of random subnets in the first rung."),
    reduction: z
      .int()
      .min(2)
      .describe(
        "The best 1 / `reduction` of a rung continue to the next one, with `reduction` times the images.",
      ),
    rungs: z.int().min(2).describe("Number of rungs. The last one scores on all images."),
  })
  .superRefine(
    crossFieldCheck(({ candidates, reduction, rungs }, addIssue) => {
      const min = reduction ** (rungs - 1);
      if (candidates < min) addIssue(["candidates"], `at least ${min}, so that the last rung has one`);
    }),
  )
  .describe(
    "Successive halving (https://arxiv.org/abs/1502.07943): scores many random subnets on few images, and the best " +
      "ones on more.",
  );

export type HalvingSettings = Immutable<z.output<typeof settingsSchema>>;

/** Number of subnets in a rung, and the fraction of the images that they are scored on. */
interface Rung {
  readonly candidates: number;
  readonly fraction: number;
}

/** Returns the rungs of a search. */
export const halvingRungs = ({ candidates, reduction, rungs }: HalvingSettings): Rung[] =>
  Array.from({ length: rungs }, (_, rung) => ({
    candidates: Math.floor(candidates / reduction ** rung),
    fraction: 1 / reduction ** (rungs - 1 - rung),
  }));

export const successiveHalvingDefinition = defineStrategy({
  kind: "successive-halving",
  title: "successive halving",
  settings: () => settingsSchema,
  length(settings) {
    const rungs = halvingRungs(settings);
    return {
      candidates: rungs.reduce((sum, { candidates }) => sum + candidates, 0),
      evaluations: rungs.reduce((sum, { candidates, fraction }) => sum + candidates * fraction, 0),
    };
  },
  create(problem, settings) {
    const rungs = halvingRungs(settings);
    return {
      generations: rungs.length,
      propose(state) {
        const { candidates, fraction } = rungs[state.generation]!;
        const random = Random.of(problem.seed, "successive halving");
        const subnets =
          state.generation === 0
            ? sampleUnseen(problem, seenKeys(problem.space, state), { count: candidates, random })
            : survivors(
                state.history.filter(({ generation }) => generation === state.generation - 1),
                settings.reduction,
              );
        return subnets.map((subnet) => ({ subnet, fraction }));
      },
    };
  },
});

/** Returns the best 1/reduction of a rung. The rung may be smaller than planned if the space has few subnets. */
function survivors(rung: readonly Candidate[], reduction: number): Subnet[] {
  return ranked(rung)
    .slice(0, Math.max(1, Math.floor(rung.length / reduction)))
    .map(({ subnet }) => subnet);
}

/**
 * Creates a successive halving (Jamieson and Talwalkar, "Non-stochastic Best Arm Identification and Hyperparameter
 * Optimization", AISTATS 2016, https://arxiv.org/abs/1502.07943) over fractions of the validation images. Many random
 * subnets are scored on few images, and the best of them on more and more. Every rung needs about as many images.
 *
 * @example
 * const strategy = successiveHalving(problem, { candidates: 64, reduction: 2, rungs: 4 });
 * @throws UserError if a setting is wrong or no subnet meets the constraints
 */
export const successiveHalving = (problem: SearchProblem, settings: HalvingSettings): Strategy =>
  strategyFrom(successiveHalvingDefinition, problem, settings);
