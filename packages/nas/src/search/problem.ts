import type { Space, Subnet } from "../space/space.js";
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
  /** Settles every draw: equal problem, settings, seed and scores give equal searches. */
  readonly seed: number;
}

/** How far a subnet is from meeting the problem's constraints; 0 where it meets them all. */
export function violationOf(problem: SearchProblem, subnet: Subnet): number {
  return violation(problem.constraints, problem.measure(subnet));
}
