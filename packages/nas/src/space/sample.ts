import { type Random, requireFunction, requireObject } from "@supernet/base";
import { requireRandom, requireSpace } from "./require.js";
import { chooseEach, type Decision, type Space, type Subnet, voidDecisions } from "./space.js";

/** @throws TypeError naming the function and the argument that is wrong */
function checkArguments(name: string, space: Space, subnets: readonly Subnet[], random: Random): void {
  requireSpace(name, space);
  for (const subnet of subnets) requireObject(`${name}: subnet`, subnet);
  requireRandom(name, random);
}

/** A subnet with every decision drawn uniformly: the single path of SPOS (Guo et al., 2020, https://arxiv.org/abs/1904.00420). */
export function sampleSubnet(space: Space, random: Random): Subnet {
  checkArguments("sampleSubnet", space, [], random);
  return chooseEach(space, (decision) => random.pick(decision.choices));
}

/**
 * A copy in which each decision is drawn again with a probability, one for all or one each; a redraw may give the choice
 * it had.
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

/** A child that takes each decision from either parent with probability 1/2. */
export function crossover(space: Space, a: Subnet, b: Subnet, random: Random): Subnet {
  checkArguments("crossover", space, [a, b], random);
  return chooseEach(space, (decision) => (random.uniform() < 0.5 ? a : b)[decision.name]!);
}

/**
 * A copy in which one decision has another choice. A void one is never it; what is void is drawn again, so that what the
 * change brings in is random.
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

/** Every subnet that differs in one decision, decisions that are void in it left out. */
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
