import { nearest, UserError } from "@supernet/base";
import type { Space } from "../../space/space.js";

export interface MutationProbabilities {
  /** Probability of every decision that `perDecision` does not name. */
  readonly probability: number;
  /** Probabilities by a decision's name or the last part of its name. */
  readonly perDecision?: Readonly<Record<string, number>> | undefined;
}

/**
 * Returns a function that looks up the probability that a mutation resamples a decision. It looks for the decision's
 * name, then for the last part of the name. Default: `probability`.
 *
 * @throws UserError if `perDecision` names an unknown decision, or `probability` applies to no decision
 */
export function mutationRates(
  { name: space, decisions }: Space,
  { probability, perDecision = {} }: MutationProbabilities,
): (decision: string) => number {
  const names = decisions.map(({ name }) => name);
  const keys = new Map(
    names.map((name) => [name, [name, lastPart(name)].find((key) => Object.hasOwn(perDecision, key))]),
  );
  const used = new Set(keys.values());
  const idle = Object.keys(perDecision).find((key) => !used.has(key));
  if (idle !== undefined) {
    const known = new Set([...names.map(lastPart), ...names].filter((name) => !/^\d+$/.test(name)));
    const guess = nearest(idle, known);
    throw new UserError(
      `mutations.perDecision.${idle} is not a decision of ${space}: ` +
        (guess === undefined ? `valid: ${[...known].join(", ")}` : `did you mean ${guess}?`),
    );
  }
  if (!used.has(undefined)) {
    throw new UserError(
      `mutations.probability (${probability}) has no effect: perDecision names every decision of ${space}`,
    );
  }
  return (decision) => {
    const key = keys.get(decision);
    return key === undefined ? probability : perDecision[key]!;
  };
}

const lastPart = (name: string): string => name.slice(name.lastIndexOf(".") + 1);
