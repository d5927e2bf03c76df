import { callable, count, parseOptions, requireObject, UserError } from "@supernet/base";
import { z } from "zod";
import type { Space, Subnet } from "../space/space.js";
import { checkSpace } from "../space/validate.js";
import { type Constraints, type Measurements, violation } from "./constraints.js";

/** What is searched, whatever the strategy. */
export interface SearchProblem {
  readonly space: Space;
  readonly constraints: Constraints;
  /** Pure and fast, as it is called thousands of times; always the same names, always finite numbers. */
  readonly measure: (subnet: Subnet) => Measurements;
  /**
   * Stand-ins for the measurements that fall wherever a single decision brings them nearer to falling, for those
   * of which many subnets have the same value: a maximum over parts. Without it, measurements are their own.
   */
  readonly smooth?: (subnet: Subnet) => Measurements;
  /** A cheap score that settles which of several subnets is proposed; without it the first drawn is. */
  readonly prefilter?: Prefilter;
  /** Settles every draw: equal problem, settings, seed and scores give equal searches. */
  readonly seed: number;
}

/** A score that takes no training and no validation images (Abdelfattah et al., "Zero-cost proxies", ICLR 2021). */
export interface Prefilter {
  /** Of the score; a search is resumed with the same one alone. */
  readonly name: string;
  /** Subnets that are drawn, within the constraints and new, for each one that is proposed. */
  readonly draws: number;
  /** Higher is better; settled by the subnet alone. No number ranks last. */
  readonly score: (subnet: Subnet) => number;
}

/** How far a subnet is from meeting the problem's constraints; 0 where it meets them all. */
export function violationOf(problem: SearchProblem, subnet: Subnet): number {
  requireObject("violationOf: problem", problem);
  return violation(problem.constraints, problem.measure(subnet));
}

/** @throws UserError if a user's function, which must not be async, returned nothing or a promise */
export function requireResult(name: string, result: unknown): void {
  if (result === undefined || result === null) throw new UserError(`${name} returned ${result}`);
  if (result instanceof Promise) throw new UserError(`${name} returned a promise: it must not be async`);
}

const measurementsSchema = z.record(z.string(), z.number());

/**
 * Measures a subnet, and checks what the problem's `measure` returns.
 * @throws UserError if it does not return finite numbers
 */
export function measureSubnet({ measure }: SearchProblem, subnet: Subnet): Measurements {
  const measured = measure(subnet);
  requireResult("search problem: measure", measured);
  return parseOptions("search problem: measure", measurementsSchema, measured);
}

/** A number, infinite ones included. */
const bound = z.custom<number>((value) => typeof value === "number", { error: "a number" }).optional();

const problemSchema = z.strictObject({
  space: z.looseObject({}),
  constraints: z.record(z.string(), z.strictObject({ min: bound, max: bound })),
  measure: callable,
  smooth: callable.optional(),
  prefilter: z.strictObject({ name: z.string(), draws: count, score: callable }).optional(),
  seed: z.int(),
});

/** @throws UserError if a part of the problem is missing, unknown or wrong */
export function checkProblem(problem: SearchProblem): void {
  parseOptions("search problem", problemSchema, problem);
  checkSpace("search problem", problem.space);
}
