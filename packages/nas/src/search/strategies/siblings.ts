import { UserError } from "@supernet/base";
import { allSubnets, type Space, type Subnet, spaceSize, subnetKey } from "../../space/space.js";
import { acceptIfNew } from "../generate.js";
import type { SearchProblem } from "../problem.js";

// Subnets that differ only in their last parts share most of the work of being scored, so they are proposed together.

/** Maximum number of combinations of late decisions. */
const MAX_VARIANTS = 256;

/** @throws UserError if a space has no late decisions, or too many combinations of their choices */
export function checkLateDecisions(space: Space): void {
  const late = lateSpace(space);
  if (late.decisions.length === 0) {
    throw new UserError(
      "siblings: the space has no decisions on the last parts of a network, such as sizes of a detector's heads. Use 0.",
    );
  }
  const variants = spaceSize(late);
  if (variants > MAX_VARIANTS) {
    throw new UserError(
      `siblings: the last parts of a network have ${variants} variants, and only ${MAX_VARIANTS} can be listed. ` +
        "Use 0, or fewer choices.",
    );
  }
}

/** Returns subnets that differ from a given one only in late decisions, and that are not in `seen`. */
type VariantsOf = (subnet: Subnet, seen: ReadonlySet<string>) => readonly Subnet[];

/** Returns a function that lists all variants within the constraints. */
export function lateVariants(problem: SearchProblem): VariantsOf {
  const late = [...allSubnets(lateSpace(problem.space))];
  return (subnet, seen) => {
    const own = new Set(seen);
    return late
      .map((choices) => ({ ...subnet, ...choices }))
      .filter((variant) => acceptIfNew(problem, own, variant));
  };
}

function lateSpace({ name, decisions, lateDecisions = [] }: Space): Space {
  return { name, decisions: decisions.filter((decision) => lateDecisions.includes(decision.name)) };
}

/** Subnets to propose, each with its siblings. */
export class Families {
  readonly subnets: Subnet[] = [];
  readonly #space: Space;
  readonly #seen: Set<string>;
  readonly #variantsOf: VariantsOf;

  /** @param seen keys of the subnets that are not proposed again */
  constructor(space: Space, seen: ReadonlySet<string>, variantsOf: VariantsOf) {
    this.#space = space;
    this.#seen = new Set(seen);
    this.#variantsOf = variantsOf;
  }

  get size(): number {
    return this.subnets.length;
  }

  /** Keys of the subnets that are not proposed again, including all proposed ones. */
  get seen(): ReadonlySet<string> {
    return this.#seen;
  }

  /**
   * Adds a subnet and its siblings, if they are new.
   * @param max maximum number of subnets of all families
   * @param choose returns the siblings, out of those that are new
   */
  add(subnet: Subnet, max: number, choose: (variants: readonly Subnet[]) => readonly Subnet[]): void {
    if (this.#seen.has(subnetKey(this.#space, subnet))) return;
    this.#propose(subnet);
    const variants = this.#variantsOf(subnet, this.#seen);
    for (const sibling of choose(variants).slice(0, max - this.size)) this.#propose(sibling);
  }

  #propose(subnet: Subnet): void {
    this.#seen.add(subnetKey(this.#space, subnet));
    this.subnets.push(subnet);
  }
}
