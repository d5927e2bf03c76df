import type { Space, Subnet } from "../space/space.js";
import type { SearchProblem } from "./problem.js";

/** A toy problem: `decisions` digits; `sum` and `product` of the digits are its resources. */
export function digitProblem(
  decisions: number,
  digits: number,
  change: Partial<SearchProblem> = {},
): SearchProblem {
  const choices = Array.from({ length: digits }, (_, i) => i + 1);
  const space: Space = {
    name: "digits",
    decisions: Array.from({ length: decisions }, (_, i) => ({ name: `d${i}`, choices })),
  };
  return { space, constraints: {}, measure, seed: 1, ...change };
}

/** Digits weighed by their place, with ties: what the toy searches climb on. */
export function toyScore(subnet: Subnet): number {
  return Object.values(subnet).reduce<number>((sum, digit, i) => sum + (i + 1) * Number(digit), 0);
}

function measure(subnet: Subnet): { sum: number; product: number } {
  const digits = Object.values(subnet).map(Number);
  return { sum: digits.reduce((a, b) => a + b, 0), product: digits.reduce((a, b) => a * b, 1) };
}
