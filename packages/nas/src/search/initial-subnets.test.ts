import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { UserError } from "@supernet/base";
import { type Subnet, subnetKey } from "../space/space.js";
import { digitProblem, SMALL_STRATEGIES, toyScore } from "../testing/search.js";
import { withInitialSubnets } from "./initial-subnets.js";
import { runSearch } from "./run-search.js";

const problem = digitProblem(6, 4, { constraints: { sum: { max: 20 } } });
const { space } = problem;
const subnetOf = (...digits: number[]): Subnet =>
  Object.fromEntries(digits.map((digit, i) => [`d${i}`, digit]));
/** The best subnet within the limit, and one of its neighbors. */
const best = subnetOf(1, 3, 4, 4, 4, 4);
const near = subnetOf(2, 2, 4, 4, 4, 4);
const evaluate = async ({ subnet }: { readonly subnet: Subnet }) => toyScore(subnet);

describe("initial subnets", () => {
  for (const [name, create] of Object.entries(SMALL_STRATEGIES)) {
    it(`are first in the first generation, without changing its size: ${name}`, async () => {
      const plain = create(problem);
      const warm = withInitialSubnets(create(problem), [best, near]);
      const [expected, queue] = [plain, warm].map((strategy) => strategy.propose(strategy.start()).queue);
      assert.equal(queue!.length, expected!.length);
      assert.deepEqual(
        queue!.slice(0, 2).map(({ subnet }) => subnet),
        [best, near],
      );
      const keys = queue!.map(({ subnet }) => subnetKey(space, subnet));
      assert.equal(new Set(keys).size, keys.length);
      // The others are those that the strategy proposes by itself, in their order.
      const own = expected!
        .map(({ subnet }) => subnetKey(space, subnet))
        .filter((key) => !keys.slice(0, 2).includes(key));
      assert.deepEqual(keys.slice(2), own.slice(0, keys.length - 2));
      const result = await runSearch({ strategy: warm, evaluate });
      assert.equal(result.best.score, toyScore(best));
    });
  }

  it("are parents of the second generation of an evolution", async () => {
    const found = async (initial: readonly Subnet[]) => {
      const strategy = withInitialSubnets(SMALL_STRATEGIES.evolution!(problem), initial);
      const { state } = await runSearch({ strategy, evaluate });
      const second = state.history.filter(({ generation }) => generation === 1);
      return Math.max(...second.map(({ subnet }) => toyScore(subnet)));
    };
    assert.ok((await found([best, near])) > (await found([])));
  });

  it("are part of the state, so that other ones do not resume it", () => {
    const strategy = withInitialSubnets(SMALL_STRATEGIES.random!(problem), [best]);
    assert.deepEqual(strategy.start().run.settings.initial, [subnetKey(space, best)]);
  });

  it("are refused if they do not fit", () => {
    const fails = (initial: readonly Subnet[], message: RegExp) =>
      assert.throws(
        () => {
          const strategy = withInitialSubnets(SMALL_STRATEGIES.evolution!(problem), initial);
          strategy.propose(strategy.start());
        },
        (error) => error instanceof UserError && message.test(error.message),
      );
    fails(
      [best, subnetOf(4, 4, 4, 4, 4, 4)],
      /^initial subnet 2 does not meet the constraints of the search: remove it$/,
    );
    fails([near, best, near], /^initial subnet 3 is the same network as subnet 1/);
    const many = [1, 2, 3].flatMap((a) =>
      [1, 2, 3].flatMap((b) => [1, 2, 3].map((c) => subnetOf(a, b, c, 1, 1, 1))),
    );
    fails(many, /^there are 27 initial subnets, but the first generation has \d+: use fewer$/);
  });
});
