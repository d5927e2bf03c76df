import { Random, UserError } from "@supernet/base";
import { checkFeasible } from "../feasible.js";
import { sampleUnseen } from "../generate.js";
import type { SearchProblem } from "../problem.js";
import { checkWhole } from "../settings.js";
import { defineStrategy, ranked, type Strategy, seenKeys } from "../state.js";

export interface HalvingSettings {
  /** Random subnets in the first rung. */
  readonly candidates: number;
  /** Of a rung the best 1/reduction go on to the next, which scores them on so many times the images. */
  readonly reduction: number;
  /** Rungs; the last one scores on all images. */
  readonly rungs: number;
}

/** What a rung scores, and on which part of the images. */
export interface Rung {
  readonly candidates: number;
  readonly fraction: number;
}

/** The rungs of settings in range. */
export function halvingRungs({ candidates, reduction, rungs }: HalvingSettings): Rung[] {
  return Array.from({ length: rungs }, (_, rung) => ({
    candidates: Math.floor(candidates / reduction ** rung),
    fraction: 1 / reduction ** (rungs - 1 - rung),
  }));
}

/**
 * Successive halving (Jamieson and Talwalkar, "Non-stochastic Best Arm Identification and Hyperparameter Optimization",
 * AISTATS 2016) over parts of the validation images: many random subnets are scored on few, and the best of them on
 * more and more. Every rung takes about as many images.
 * @throws UserError where a setting is out of range or no subnet meets the constraints
 */
export function successiveHalving(problem: SearchProblem, settings: HalvingSettings): Strategy {
  checkSettings(settings);
  const rungs = halvingRungs(settings);
  checkFeasible(problem);
  return defineStrategy("successive halving", problem, { ...settings }, rungs.length, (state) => {
    const { candidates, fraction } = rungs[state.generation]!;
    const random = Random.of(problem.seed, "successive halving");
    const subnets =
      state.generation === 0
        ? sampleUnseen(problem, seenKeys(problem.space, state), candidates, random)
        : survivors(state.history.filter(({ generation }) => generation === state.generation - 1));
    return subnets.map((subnet) => ({ subnet, fraction }));
  });

  // A space may have had fewer subnets than the first rung asks for.
  function survivors(rung: Parameters<typeof ranked>[0]) {
    const count = Math.max(1, Math.floor(rung.length / settings.reduction));
    return ranked(rung)
      .slice(0, count)
      .map(({ subnet }) => subnet);
  }
}

function checkSettings({ candidates, reduction, rungs }: HalvingSettings): void {
  checkWhole({ candidates }, 1);
  checkWhole({ reduction, rungs }, 2);
  const least = reduction ** (rungs - 1);
  if (candidates >= least) return;
  throw new UserError(
    `search: candidates is ${candidates}; it takes ${least} or more for one to be left after ${rungs} rungs`,
  );
}
