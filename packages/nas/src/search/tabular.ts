import { callable, count, fraction, parseOptions, Random, UserError } from "@supernet/base";
import { z } from "zod";
import { allSubnets, type Decision, type Space, type Subnet, spaceSize, subnetKey } from "../space/space.js";
import { decisionSchema } from "../space/validate.js";
import { checkedPropose } from "./proposals.js";
import { observe } from "./state.js";
import { checkStrategy, type Strategy } from "./strategy.js";

/** Measured accuracy of every subnet of a small space. A search over it takes no time. */
export interface TableFile {
  readonly decisions: readonly Decision[];
  /** Command that measured it. */
  readonly command: string;
  /** Number of images that every subnet was scored on. */
  readonly images: number;
  /** Number of correct answers of each subnet, in the order of `allSubnets`. */
  readonly correct: readonly number[];
  /** Numbers of correct answers on the first `fraction` of the images. */
  readonly partial?: readonly { readonly fraction: number; readonly correct: readonly number[] }[];
}

/** A table that can be searched. */
export interface Table {
  readonly space: Space;
  /** The highest accuracy on all images. */
  readonly best: number;
  /** Fractions of the images for which accuracies are known, including 1. */
  readonly fractions: readonly number[];
  /** @throws RangeError if the accuracy on that fraction of the images is not known */
  accuracy(subnet: Subnet, fraction: number): number;
}

const tableSchema = z.strictObject({
  decisions: z.array(decisionSchema),
  command: z.string(),
  images: count,
  correct: z.array(z.number()),
  partial: z.array(z.strictObject({ fraction, correct: z.array(z.number()) })).optional(),
});

/**
 * Checks a table and makes it searchable.
 *
 * @example
 * const table = openTable(JSON.parse(readFileSync("table.json", "utf8")), "table.json");
 * table.accuracy(subnet, 1);
 * @throws UserError if a key is missing, unknown or wrong, or the numbers of correct answers do not fit the space
 */
export function openTable(file: TableFile, name = "the table"): Table {
  parseOptions(name, tableSchema, file);
  const { decisions, images, correct: all, partial = [] } = file;
  const space: Space = { name, decisions };
  const columns = [{ fraction: 1, correct: all }, ...partial];
  const accuracies = new Map(
    columns.map(({ fraction, correct }) => {
      const max = Math.ceil(fraction * images);
      if (BigInt(correct.length) !== spaceSize(space)) {
        throw new UserError(`${name}: ${correct.length} scores for ${spaceSize(space)} subnets`);
      }
      const odd = correct.find((count) => !(Number.isInteger(count) && count >= 0 && count <= max));
      if (odd !== undefined) throw new UserError(`${name}: ${odd} correct answers of ${max} images`);
      return [fraction, correct.map((count) => count / max)] as const;
    }),
  );
  const indices = new Map([...allSubnets(space)].map((subnet, i) => [subnetKey(space, subnet), i]));
  return {
    space,
    best: accuracies.get(1)!.reduce((a, b) => Math.max(a, b)),
    fractions: [...accuracies.keys()],
    accuracy(subnet, fraction) {
      const value = accuracies.get(fraction)?.[indices.get(subnetKey(space, subnet))!];
      if (value === undefined) throw new RangeError(`${name}: no accuracy on ${fraction} of the images`);
      return value;
    },
  };
}

/** Maximum number of searches. After that many, further ones will not get near the best either. */
const MAX_SEARCHES = 1000;

export interface EvaluationsOptions {
  readonly table: Table;
  /** Creates the strategy for a seed. */
  readonly make: (seed: number) => Strategy;
  readonly seed: number;
  /** Difference to the best accuracy that is close enough. */
  readonly tolerance: number;
}

const evaluationsSchema = z.strictObject({
  table: z.looseObject({ best: z.number(), accuracy: callable }),
  make: callable,
  seed: z.int(),
  tolerance: z.number().min(0),
});

/**
 * Returns the number of evaluations until a subnet that was scored on all images is within `tolerance` of the table's
 * best. An evaluation on a fraction of the images counts as that fraction. If a search ends before, another one with
 * another seed continues the count.
 *
 * @throws UserError if an option is missing, unknown or wrong
 */
export function evaluationsToBest(options: EvaluationsOptions): number {
  parseOptions("evaluationsToBest", evaluationsSchema, options);
  const { table, make, seed, tolerance } = options;
  let evaluations = 0;
  for (let search = 0; search < MAX_SEARCHES; search++) {
    const strategy = make(Random.of(seed, "beginning", search).uint32());
    checkStrategy("evaluationsToBest: make", strategy);
    const start = strategy.start();
    const propose = checkedPropose(strategy, start);
    let state = propose(start);
    while (state.queue.length > 0) {
      for (const { subnet, fraction } of state.queue) {
        const score = table.accuracy(subnet, fraction);
        evaluations += fraction;
        // Rounding must not decide if the difference equals the tolerance.
        if (fraction === 1 && score >= table.best - tolerance - 1e-12) return evaluations;
        state = observe(strategy.problem, state, { subnet, score });
      }
      state = propose(state);
    }
  }
  throw new Error(`evaluationsToBest: not within ${tolerance} after ${MAX_SEARCHES} searches`);
}
