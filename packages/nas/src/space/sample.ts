import { type Random, requireFunction, requireObject } from "@supernet/base";
import { requireRandom, requireSpace } from "./require.js";
import { chooseEach, type Decision, type Space, type Subnet, voidDecisions } from "./space.js";

/** @throws TypeError naming the function and the argument that is wrong */
function checkArguments(name: string, space: Space, subnets: readonly Subnet[], random: Random): void {
  requireSpace(name, space);
  for (const subnet of subnets) requireObject(`${name}: subnet`, subnet);
  requireRandom(name, random);
}

/**
 * Samples every decision uniformly: the single path of SPOS (Guo et al., 2020, https://arxiv.org/abs/1904.00420).
 *
 * @example
 * const subnet = sampleSubnet(space, Random.of(1));
 */
export function sampleSubnet(space: Space, random: Random): Subnet {
  checkArguments("sampleSubnet", space, [], random);
  return chooseEach(space, (decision) => random.pick(decision.choices));
}

/**
 * Returns a copy in which each decision is resampled with a probability. Resampling may return the same choice.
 *
 * @param probability one for all decisions, or a function that returns one for each
 */
export function mutate(
  space: Space,
  subnet: Subnet,
  probability: number | ((decision: Decision) => number),
  random: Random,
): Subnet {
  checkArguments("mutate", space, [subnet], random);
  if (typeof probability !== "number") requireFunction("mutate: probability", probability);
  const of = typeof probability === "number" ? () => probability : probability;
  return chooseEach(space, (decision) =>
    random.uniform() < of(decision) ? random.pick(decision.choices) : subnet[decision.name]!,
  );
}

/** Returns a child that has the choice of either parent with probability 1/2 for each decision. */
export function crossover(space: Space, a: Subnet, b: Subnet, random: Random): Subnet {
  checkArguments("crossover", space, [a, b], random);
  return chooseEach(space, (decision) => (random.uniform() < 0.5 ? a : b)[decision.name]!);
}

/**
 * Returns a copy in which one decision that is not void has another choice. Void decisions are resampled, so those that
 * the change makes effective are random.
 */
export function mutateOne(space: Space, subnet: Subnet, random: Random): Subnet {
  checkArguments("mutateOne", space, [subnet], random);
  const voids = voidDecisions(space, subnet);
  const open = space.decisions.filter(({ name, choices }) => choices.length > 1 && !voids.has(name));
  const changed = open.length > 0 ? random.pick(open) : undefined;
  return chooseEach(space, (decision) => {
    const { name, choices } = decision;
    if (decision === changed) return random.pick(choices.filter((choice) => choice !== subnet[name]));
    return voids.has(name) ? random.pick(choices) : subnet[name]!;
  });
}

/** Returns every subnet that differs in one decision, except for void decisions. */
export function neighbors(space: Space, subnet: Subnet): Subnet[] {
  requireSpace("neighbors", space);
  requireObject("neighbors: subnet", subnet);
  const voids = voidDecisions(space, subnet);
  return space.decisions
    .filter(({ name }) => !voids.has(name))
    .flatMap(({ name, choices }) =>
      choices.filter((choice) => choice !== subnet[name]).map((choice) => ({ ...subnet, [name]: choice })),
    );
}
