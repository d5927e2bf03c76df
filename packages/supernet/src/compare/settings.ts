import { type AddIssue, positive, UserError } from "@supernet/base";
import { type Choice, chooseEach, type Space, type Subnet, validateSubnet } from "@supernet/nas";
import { z } from "zod";
import { type CalibrateRecipe, checkCalibrate } from "../candidates/settings.js";
import { minimized, type StrategyRecipe, searchLength } from "../recipe/strategy.js";

const choice = z.union([z.string(), z.number()]);

/** Settings of a comparison of the search's result with other networks, for every task. */
export const compareSchema = z.strictObject({
  budgets: z
    .array(positive)
    .min(1)
    .refine((all) => all.every((budget, i) => i === 0 || budget > all[i - 1]!), "rising numbers")
    .nullable()
    .default(null)
    .describe(
      "Budgets to compare at, as fractions of what the network with the first choice of every decision costs. The cost is " +
        "the first resource that the search minimizes. Each budget is that of the hand-scaled network next to it. `null` " +
        "uses the limits of the search as the only budget.",
    ),
  randomSubnets: z
    .int()
    .min(0)
    .describe(
      "Number of random subnets at each budget that are trained alone. They cost at least 90 % of the budget. Those of all " +
        "budgets also measure how well the supernet ranks subnets.",
    ),
  handMade: z
    .union([choice, z.record(z.string(), choice)])
    .nullable()
    .default(null)
    .describe(
      "Hand-made network to compare with: one choice for every decision, such as `shuffle_3x3`, or an object with the " +
        "choice of each decision. `null` for none.",
    ),
  randomSearch: z
    .boolean()
    .default(true)
    .describe(
      "Whether to compare with the best of a random search at each budget. It costs as much as the search: each candidate " +
        "that the search trained counts as the candidates that could be scored instead.",
    ),
  largest: z
    .boolean()
    .default(true)
    .describe("Whether to compare with the network with the most FLOPs within each budget."),
});

export type CompareRecipe = z.infer<typeof compareSchema>;

/** Checks a calibration and a comparison against the strategy of the search. */
export function checkTrained(
  {
    calibrate,
    compare,
    strategy,
  }: {
    readonly calibrate: CalibrateRecipe | null;
    readonly compare: CompareRecipe | null;
    readonly strategy: StrategyRecipe;
  },
  addIssue: AddIssue,
): void {
  // A user's strategy is not loaded yet when its recipe is checked.
  if (strategy.kind === "file") return;
  const within =
    (key: string): AddIssue =>
    (path, expected) =>
      addIssue([key, ...path], expected);
  if (calibrate !== null) checkCalibrate(calibrate, searchLength(strategy).candidates, within("calibrate"));
  if (compare !== null) checkCompare(compare, minimized(strategy), within("compare"));
}

/** Checks a comparison against the search. @param minimize resources that the search minimizes */
function checkCompare({ budgets }: CompareRecipe, minimize: readonly string[], addIssue: AddIssue): void {
  if (budgets !== null && minimize.length === 0)
    addIssue(["budgets"], "null, because the search minimizes no resource");
  if (budgets === null && minimize.length > 0)
    addIssue(["budgets"], "fractions, such as [0.25, 0.5, 0.75], because the search ends in a front");
}

/**
 * Returns the subnet that a recipe specifies as hand-made.
 * @throws UserError if it is not in the space
 */
export function handMadeSubnet(space: Space, handMade: NonNullable<CompareRecipe["handMade"]>): Subnet {
  if (typeof handMade === "object") return validateSubnet(space, handMade, "steps.compare.handMade");
  const single: Choice = handMade;
  return chooseEach(space, ({ name, choices }) => {
    if (choices.includes(single)) return single;
    throw new UserError(
      `steps.compare.handMade: ${single} is not a choice of ${name} in ${space.name}: use one of ${choices.join(", ")}`,
    );
  });
}
