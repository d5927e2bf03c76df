import { type Space, type Subnet, voidDecisions } from "./space.js";

/** Every subnet that differs in one decision, decisions that are void in it left out. */
export function neighbors(space: Space, subnet: Subnet): Subnet[] {
  const voids = voidDecisions(space, subnet);
  return space.decisions
    .filter(({ name }) => !voids.has(name))
    .flatMap(({ name, choices }) =>
      choices.filter((choice) => choice !== subnet[name]).map((choice) => ({ ...subnet, [name]: choice })),
    );
}
