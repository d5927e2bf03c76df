import { nearest, UserError } from "@supernet/base";
import type { Space } from "../space/space.js";

/** Probabilities by a decision's name or the last part of it. */
export type MutationRates = Readonly<Record<string, number>>;

/**
 * The probability with which a mutation draws each decision of a space anew: that of the decision's own name, else that
 * of its name's last part, else `rate`.
 * @throws UserError where a number is no probability, one of `rates` is of no decision, or `rate` is of none
 */
export function mutationRates(
  { name: space, decisions }: Space,
  rate: number,
  rates: MutationRates,
): (decision: string) => number {
  checkProbability("mutationProbability", rate);
  for (const [key, value] of Object.entries(rates)) checkProbability(`mutationProbabilities.${key}`, value);
  const names = decisions.map(({ name }) => name);
  const keys = new Map(
    names.map((name) => [name, [name, lastPart(name)].find((key) => Object.hasOwn(rates, key))]),
  );
  const used = new Set(keys.values());
  const idle = Object.keys(rates).find((key) => !used.has(key));
  if (idle !== undefined) {
    const known = new Set([...names.map(lastPart), ...names].filter((name) => !/^\d+$/.test(name)));
    const guess = nearest(idle, known);
    throw new UserError(
      `the mutation probability for ${idle} is of no decision of ${space}: ` +
        (guess === undefined ? `there are ${[...known].join(", ")}` : `did you mean ${guess}?`),
    );
  }
  if (!used.has(undefined)) {
    throw new UserError(
      `the mutation probability ${rate} has no effect: every decision of ${space} has one of its own`,
    );
  }
  return (decision) => {
    const key = keys.get(decision);
    return key === undefined ? rate : rates[key]!;
  };
}

const lastPart = (name: string): string => name.slice(name.lastIndexOf(".") + 1);

export function checkProbability(name: string, rate: number): void {
  if (!(rate >= 0 && rate <= 1)) throw new UserError(`${name} is ${rate}; it takes a number from 0 to 1`);
}
