import { requireFunction, requireObject } from "@supernet/base";
import { requireSpace } from "./require.js";

/** One answer to a decision. `3` and `"3"` are different choices. */
export type Choice = string | number;

/** One question that a space asks: a unique name, and at least one choice, each choice once. */
export interface Decision {
  readonly name: string;
  readonly choices: readonly Choice[];
}

/** The answer to every decision of a space: plain JSON. */
export type Subnet = Readonly<Record<string, Choice>>;

/** A search space: data that every sampler, searcher, file reader and estimator works from. */
export interface Space {
  readonly name: string;
  readonly decisions: readonly Decision[];
  /**
   * For spaces in which a decision can be void (the width of a layer that the chosen depth leaves out):
   * gives every void decision one fixed choice, so that equal networks are equal subnets.
   * Must be idempotent. Without it every subnet is its own canonical form.
   */
  readonly canonical?: (subnet: Subnet) => Subnet;
}

/** How many ways there are to answer every decision; with `canonical`, an upper bound on the different networks. */
export function spaceSize(space: Space): bigint {
  requireSpace("spaceSize", space);
  return space.decisions.reduce((size, decision) => size * BigInt(decision.choices.length), 1n);
}

/** Every subnet of a space, the last decision changing fastest. Only for spaces whose `spaceSize` is small. */
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

/** The subnet whose choice at each decision is `choose(decision, index)`. */
export function chooseEach(space: Space, choose: (decision: Decision, index: number) => Choice): Subnet {
  requireSpace("chooseEach", space);
  requireFunction("chooseEach: choose", choose);
  return Object.fromEntries(space.decisions.map((decision, i) => [decision.name, choose(decision, i)]));
}

/** The subnet of the first choice at each decision. */
export function firstSubnet(space: Space): Subnet {
  requireSpace("firstSubnet", space);
  return chooseEach(space, ({ choices }) => choices[0]!);
}

/** The canonical form of a subnet as a short string: two subnets are the same network where keys are equal. */
export function subnetKey(space: Space, subnet: Subnet): string {
  requireSpace("subnetKey", space);
  requireObject("subnetKey: subnet", subnet);
  const canonical = space.canonical?.(subnet) ?? subnet;
  return JSON.stringify(space.decisions.map((decision) => canonical[decision.name]));
}

/** The decisions that are void in a subnet: whatever they choose, it is the same network. */
export function voidDecisions(space: Space, subnet: Subnet): ReadonlySet<string> {
  requireSpace("voidDecisions", space);
  requireObject("voidDecisions: subnet", subnet);
  if (space.canonical === undefined) return new Set();
  const key = subnetKey(space, subnet);
  const isVoid = ({ name, choices }: Decision) =>
    choices.length > 1 && choices.every((choice) => subnetKey(space, { ...subnet, [name]: choice }) === key);
  return new Set(space.decisions.filter(isVoid).map(({ name }) => name));
}
