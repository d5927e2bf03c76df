import { Random } from "@supernet/base";
import { chooseEach, type Decision, type Space } from "../space/space.js";
import { checkSampler, type Sampler, type SamplerKey } from "./sampler.js";

/** Subnets in an iteration of fair sampling: as many as the decision with the most choices has. */
export const fairSubnets = ({ decisions }: Space): number =>
  Math.max(...decisions.map(({ choices }) => choices.length));

/**
 * Strictly fair sampling (Chu et al., "FairNAS", ICCV 2021, arXiv:1907.01845): where all decisions have m choices, an
 * iteration trains m subnets in which every choice of every decision occurs once, and their gradients make one step.
 * So no choice is trained more often than another, nor earlier.
 *
 * FairNAS asks for equal numbers of choices. Where they differ, an iteration has as many subnets as the largest number,
 * m, and each decision goes through its own choices in cycles of its own length k, a fresh random order each cycle,
 * which go on over the iterations' ends. Every choice is used exactly once a cycle, and so exactly m times in every k
 * iterations. Within one iteration it is used m/k times where k divides m; where not, strict fairness has to give: it
 * is m/k rounded down or up, or one beside that where two cycles meet. The orders of different decisions are
 * independent. What is fair are the draws: a decision that others make void, as a depth does, is not trained by them.
 */
export function fairSampler(space: Space, key: SamplerKey): Sampler {
  checkSampler("fairSampler", space, key);
  const subnets = fairSubnets(space);
  return {
    subnets,
    at: (iteration) =>
      Array.from({ length: subnets }, (_, i) =>
        chooseEach(space, (decision) => choiceAt(decision, iteration * subnets + i, key)),
      ),
  };
}

/** The choice of a decision in the subnet that is number `place` of the whole training. */
function choiceAt({ name, choices }: Decision, place: number, key: SamplerKey) {
  const cycle = Math.floor(place / choices.length);
  const order = Random.of(...key, "fair", name, cycle).permutation(choices.length);
  return choices[order[place % choices.length]!]!;
}
