import type { Choice, Decision, Subnet } from "../space/space.js";

/** A size of a network that a decision determines, or that is constant if it has a single choice. */
export interface Axis<T extends Choice = number> {
  readonly decisions: readonly string[];
  readonly of: (subnet: Subnet) => T;
}

/**
 * Returns a function that creates axes and adds their decisions to `decisions`. An axis with a single choice has no
 * decision.
 */
export function axisBuilder(
  decisions: Decision[],
): <T extends Choice>(decision: string, choices: readonly T[]) => Axis<T> {
  return <T extends Choice>(decision: string, choices: readonly T[]) => {
    if (choices.length === 1) return { decisions: [], of: () => choices[0]! };
    decisions.push({ name: decision, choices });
    return { decisions: [decision], of: (subnet) => subnet[decision] as T };
  };
}

/** Returns the names of the decisions that several axes depend on, without duplicates. */
export const decisionsOf = (axes: readonly Axis<Choice>[]): string[] => [
  ...new Set(axes.flatMap(({ decisions }) => decisions)),
];
