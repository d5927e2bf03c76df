import { requireFunction, requireObject } from "@supernet/base";
import { requireSpace } from "./require.js";

/** A possible value of a decision. `3` and `"3"` are different choices. */
export type Choice = string | number;

/** A decision of a space. Its name is unique, and it has at least one choice, without duplicates. */
export interface Decision {
  readonly name: string;
  readonly choices: readonly Choice[];
}

/** A choice for every decision of a space, as plain JSON. */
export type Subnet = Readonly<Record<string, Choice>>;

/** A search space, as data that samplers, searches, file readers and estimators work from. */
export interface Space {
  readonly name: string;
  readonly decisions: readonly Decision[];
  /**
   * Returns the canonical form of a subnet, in which every void decision has one fixed choice. A decision can be void,
   * like the width of a layer that the chosen depth omits. Equal networks have equal canonical forms. The function must
   * be idempotent. Default: every subnet is its own canonical form.
   */
  readonly canonical?: (subnet: Subnet) => Subnet;
  /**
   * Names of the decisions on the last parts of a network, such as the heads of a detector. Subnets that differ only in
   * these share most of the work of being scored. Default: none.
   */
  readonly lateDecisions?: readonly string[];
  /**
   * Names of the decisions on widths, such as numbers of channels. `scaledSubnets` scales these and the size of the
   * images. Default: none.
   */
  readonly widthDecisions?: readonly string[];
}

/**
 * Returns the number of subnets. With `canonical`, it is an upper bound on the number of different networks;
 * `countNetworks` counts those.
 *
 * @example
 * spaceSize(sposShuffleNetV2()); // 4n ** 20n
 */
export function spaceSize(space: Space): bigint {
  requireSpace("spaceSize", space);
  return space.decisions.reduce((size, decision) => size * BigInt(decision.choices.length), 1n);
}

/**
 * Generates every subnet of a space. The last decision changes fastest. Use it only for a space with a small
 * `spaceSize`.
 */
export function* allSubnets(space: Space): Generator<Subnet> {
  requireSpace("allSubnets", space);
  const digits = space.decisions.map(() => 0);
  for (;;) {
    yield chooseEach(space, (decision, i) => decision.choices[digits[i]!]!);
    let place = digits.length - 1;
    while (place >= 0 && ++digits[place]! === space.decisions[place]!.choices.length) digits[place--] = 0;
    if (place < 0) return;
  }
}

/** Returns the subnet with the choice `choose(decision, index)` for each decision. */
export function chooseEach(space: Space, choose: (decision: Decision, index: number) => Choice): Subnet {
  requireSpace("chooseEach", space);
  requireFunction("chooseEach: choose", choose);
  return Object.fromEntries(space.decisions.map((decision, i) => [decision.name, choose(decision, i)]));
}

/** Returns the subnet with the first choice of each decision. */
export function firstSubnet(space: Space): Subnet {
  requireSpace("firstSubnet", space);
  return chooseEach(space, ({ choices }) => choices[0]!);
}

/**
 * Returns the canonical form of a subnet as a short string. Two subnets are the same network if their keys are equal.
 */
export function subnetKey(space: Space, subnet: Subnet): string {
  requireSpace("subnetKey", space);
  requireObject("subnetKey: subnet", subnet);
  const canonical = space.canonical?.(subnet) ?? subnet;
  return JSON.stringify(space.decisions.map((decision) => canonical[decision.name]));
}

/** Returns the names of the void decisions of a subnet. Their choices do not change the network. */
export function voidDecisions(space: Space, subnet: Subnet): ReadonlySet<string> {
  requireSpace("voidDecisions", space);
  requireObject("voidDecisions: subnet", subnet);
  if (space.canonical === undefined) return new Set();
  const key = subnetKey(space, subnet);
  const isVoid = ({ name, choices }: Decision) =>
    choices.length > 1 && choices.every((choice) => subnetKey(space, { ...subnet, [name]: choice }) === key);
  return new Set(space.decisions.filter(isVoid).map(({ name }) => name));
}
