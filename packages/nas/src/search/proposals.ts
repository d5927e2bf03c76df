import { parseOptions, positive, UserError } from "@supernet/base";
import { z } from "zod";
import { subnetKey } from "../space/space.js";
import { validateSubnet } from "../space/validate.js";
import { describeRange, violation } from "./constraints.js";
import { measureSubnet, requireResult } from "./problem.js";
import { isWaiting, type SearchState } from "./state.js";
import type { Strategy } from "./strategy.js";

const array = z.custom<readonly unknown[]>(Array.isArray, { error: "an array" });

export const stateSchema = z.looseObject({
  run: z.looseObject({ strategy: z.string() }),
  generation: z.int().min(0),
  history: array,
  queue: z.array(z.looseObject({ subnet: z.looseObject({}), fraction: positive.max(1) })),
});

/** @throws UserError naming `subject` if the state is not a search state */
function checkState(subject: string, state: SearchState): void {
  requireResult(subject, state);
  parseOptions(subject, stateSchema, state);
}

/**
 * Returns the strategy's `propose` for one search, which checks each proposal once.
 *
 * @param first state from which the search starts or resumes
 * @returns a function that throws a UserError naming the strategy if what it proposes is wrong
 */
export function checkedPropose(strategy: Strategy, first: SearchState): Strategy["propose"] {
  checkState("runSearch: strategy: start", first);
  const { problem, generations } = strategy;
  const { space, constraints } = problem;
  const subject = `strategy ${first.run.strategy}`;
  const scored = new Set(
    first.history.map(({ subnet, fraction }) => `${fraction} ${subnetKey(space, subnet)}`),
  );
  return (state) => {
    const proposed = strategy.propose(state);
    checkState(`${subject}: propose`, proposed);
    const { generation, queue } = proposed;
    if (queue.length === 0) return proposed;
    if (!queue.some(isWaiting))
      throw new UserError(`${subject}: propose: every proposal of the queue is already scored`);
    if (state.queue.length === 0 && generation <= state.generation)
      throw new UserError(`${subject}: propose must increase generation, which is still ${generation}`);
    if (generation > generations)
      throw new UserError(`${subject}: propose continues after the last of ${generations} generations`);
    const keys = new Set<string>();
    for (const [i, { subnet, fraction }] of queue.entries()) {
      const source = `${subject}: queue[${i}]`;
      validateSubnet(space, subnet, source);
      if (violation(constraints, measureSubnet(problem, subnet)) > 0) {
        const ranges = Object.entries(constraints).map((entry) => describeRange(...entry));
        throw new UserError(`${source} does not meet the constraints: ${ranges.join(", ")}`);
      }
      const key = subnetKey(space, subnet);
      if (keys.has(key) || scored.has(`${fraction} ${key}`))
        throw new UserError(`${source} was proposed before; propose each subnet once: ${key}`);
      keys.add(key);
      scored.add(`${fraction} ${key}`);
    }
    return proposed;
  };
}
