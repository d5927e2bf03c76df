import { requireSpace } from "./require.js";
import { type Choice, chooseEach, type Decision, type Space, type Subnet, subnetKey } from "./space.js";

/** A space with the sizes that are scaled by hand. */
export interface ScalableSpace extends Space {
  /** Decision on the size of the images, if it is searched. */
  readonly imageSizeDecision?: string;
}

/**
 * Returns the networks that one gets without a search: the first choice of every decision, with the size of the images
 * and all widths scaled by a common factor. Each size has the choice that is nearest to the scaled first one. All other
 * decisions keep their first choice (compound scaling without depth, https://arxiv.org/abs/1905.11946).
 *
 * @returns different networks, from the smallest factor to the largest; one of them has only first choices. Just that
 *   one if the space has no widths and no image sizes.
 * @example
 * const fitting = scaledSubnets(space).filter((subnet) => measure(subnet).flops <= 10e6);
 */
export function scaledSubnets(space: ScalableSpace): Subnet[] {
  requireSpace("scaledSubnets", space);
  const { decisions, imageSizeDecision, widthDecisions = [] } = space;
  const scaled = decisions.filter(({ name }) => name === imageSizeDecision || widthDecisions.includes(name));
  const ratios = new Map(scaled.map((decision) => [decision.name, ratiosOf(decision)]));
  // A choice is the nearest one up to the middle between it and the next.
  const middles = Array.from(ratios.values(), (all) => {
    const sorted = all.toSorted((a, b) => a - b);
    return sorted.slice(1).map((ratio, i) => (ratio + sorted[i]!) / 2);
  }).flat();
  const bounds = [0, ...new Set(middles.toSorted((a, b) => a - b)), 2 * Math.max(1, ...middles)];
  const subnets = bounds.slice(1).map((bound, i) => {
    const factor = (bound + bounds[i]!) / 2;
    return chooseEach(space, ({ name, choices }) => {
      const own = ratios.get(name);
      if (own === undefined) return choices[0]!;
      const distances = own.map((ratio) => Math.abs(ratio - factor));
      return choices[distances.indexOf(Math.min(...distances))]!;
    });
  });
  return [...new Map(subnets.map((subnet) => [subnetKey(space, subnet), subnet])).values()];
}

/** Returns the choices of a decision, as fractions of the first one. */
function ratiosOf({ choices }: Decision): number[] {
  const [first = 1] = choices.map(sizeOf);
  return choices.map((choice) => sizeOf(choice) / first);
}

/** Returns a choice as a number. One that is a list, such as "64,64", is its mean. */
function sizeOf(choice: Choice): number {
  const numbers = String(choice).split(",").map(Number);
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/** Whether a choice is a positive number, or a list of them. */
export const isSize = (choice: Choice): boolean => sizeOf(choice) > 0;
