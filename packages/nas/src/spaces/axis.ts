import type { Decision, Subnet } from "../space/space.js";

/** A number that a subnet settles: by a decision, or by there being one choice alone. */
export interface Axis {
  readonly decisions: readonly string[];
  readonly of: (subnet: Subnet) => number;
}

/** Makes axes, and adds the decisions that they need to a space's: what has a single choice is no decision. */
export function axesInto(decisions: Decision[]): (decision: string, choices: readonly number[]) => Axis {
  return (decision, choices) => {
    if (choices.length === 1) return { decisions: [], of: () => choices[0]! };
    decisions.push({ name: decision, choices });
    return { decisions: [decision], of: (subnet) => Number(subnet[decision]) };
  };
}

/** The decisions that several axes hang on, each once. */
export const decisionsOf = (axes: readonly Axis[]): string[] => [
  ...new Set(axes.flatMap(({ decisions }) => decisions)),
];
