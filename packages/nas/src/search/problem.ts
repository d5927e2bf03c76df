import { callable, count, parseOptions, requireObject, UserError } from "@supernet/base";
import { z } from "zod";
import type { Space, Subnet } from "../space/space.js";
import { checkSpace } from "../space/validate.js";
import { type Constraints, type Measurements, violation } from "./constraints.js";

/** The problem that a strategy searches. */
export interface SearchProblem {
  readonly space: Space;
  readonly constraints: Constraints;
  /**
   * Returns finite numbers, always with the same names. It must be pure and fast, because it is called thousands of
   * times.
   */
  readonly measure: (subnet: Subnet) => Measurements;
  /**
   * Returns smooth replacements of measurements. They are useful for a resource that is a maximum over parts, because
   * many subnets have the same value. A replacement must decrease whenever a decision brings the measurement closer to
   * a decrease. Default: `measure`.
   */
  readonly smooth?: (subnet: Subnet) => Measurements;
  /** Cheap score that selects one of several sampled subnets to propose. Default: the first one is proposed. */
  readonly prefilter?: Prefilter;
  /** Seed of all random numbers. Equal problem, settings, seed and scores give equal searches. */
  readonly seed: number;
}

/**
 * A score without training and validation images (Abdelfattah et al., "Zero-Cost Proxies", ICLR 2021,
 * https://arxiv.org/abs/2101.08134).
 */
export interface Prefilter {
  /** Name of the score. A search can only be resumed with the same one. */
  readonly name: string;
  /** Number of new subnets within the constraints that are sampled for each proposal. */
  readonly draws: number;
  /** Returns the score, higher is better. It must depend only on the subnet. NaN ranks last. */
  readonly score: (subnet: Subnet) => number;
}

/** Returns how far a subnet is from meeting the problem's constraints, or 0 if it meets them. */
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
