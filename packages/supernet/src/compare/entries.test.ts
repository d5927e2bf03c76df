import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { firstSubnet, type NetworkSpace, type SearchProblem, type Subnet, violationOf } from "@supernet/nas";
import { budgetsOf, entriesAt } from "./entries.js";

const SPACE = {
  name: "toy",
  decisions: [
    { name: "size", choices: [128, 112, 96, 80, 64] },
    { name: "width", choices: [48, 40, 32, 24, 16] },
    { name: "depth", choices: [4, 2, 1] },
  ],
  imageSizeDecision: "size",
  widthDecisions: ["width"],
} as unknown as NetworkSpace;

const costOf = ({ size, width, depth }: Subnet): number =>
  ((Number(size) / 128) ** 2 * (Number(width) / 48) * (1 + Number(depth))) / 5;
const problem: SearchProblem = {
  space: SPACE,
  constraints: {},
  measure: (subnet) => ({ "detector.latency": costOf(subnet), "detector.flops": costOf(subnet) }),
  seed: 0,
};
const resource = "detector.latency";
const settings = { budgets: [0.3, 0.6], randomSubnets: 2, handMade: null, randomSearch: true, largest: true };

describe("budgetsOf", () => {
  it("makes each budget the cost of the hand-scaled network next to a fraction of the default's", () => {
    const budgets = budgetsOf(problem, { budgets: [0.3, 0.6, 1], resource });
    assert.equal(budgets.length, 3);
    for (const [i, { limit, handScaled }] of budgets.entries()) {
      assert.equal(limit, costOf(handScaled!));
      assert.equal(handScaled!.depth, 4);
      assert.ok(Math.abs(limit! - [0.3, 0.6, 1][i]!) < 0.15, `${limit}`);
    }
    assert.deepEqual(budgets[2]!.handScaled, firstSubnet(SPACE));
  });

  it("uses the limits of the search if there are no fractions", () => {
    const limited = { ...problem, constraints: { [resource]: { max: 0.4 } } };
    const [{ limit, handScaled } = assert.fail(), ...others] = budgetsOf(limited, {
      budgets: null,
      resource,
    });
    assert.equal(others.length, 0);
    assert.equal(limit, null);
    assert.ok(costOf(handScaled!) <= 0.4 && costOf(handScaled!) > 0.25);
  });

  it("merges budgets with the same hand-scaled network, and has none if nothing is scaled", () => {
    assert.equal(budgetsOf(problem, { budgets: [0.3, 0.301], resource }).length, 1);
    const fixed = { ...problem, space: { ...SPACE, widthDecisions: [], imageSizeDecision: undefined } };
    const [only = assert.fail()] = budgetsOf(fixed, { budgets: [0.5], resource });
    assert.deepEqual([only.handScaled, only.limit], [undefined, 0.5]);
  });
});

describe("entriesAt", () => {
  const [budget = assert.fail()] = budgetsOf(
    problem,
    settings.budgets.length > 0 ? { budgets: [0.3], resource } : assert.fail(),
  );
  const point = (size: number, width: number, depth: number, score: number | null) => ({
    subnet: { size, width, depth },
    score,
  });
  const sources = {
    found: [point(128, 48, 4, 0.9), point(96, 16, 1, 0.5), point(112, 16, 1, 0.6), point(64, 16, 1, null)],
    random: [point(64, 24, 2, 0.3), point(128, 48, 2, 0.8)],
  };
  const entries = entriesAt(SPACE, budget, { index: 0, settings, resource, sources });
  const of = (origin: string) =>
    entries.filter((entry) => entry.origin === origin).map(({ subnet }) => subnet);

  it("takes the best found and the best random candidate within the budget", () => {
    assert.deepEqual(of("found"), [{ size: 112, width: 16, depth: 1 }]);
    assert.deepEqual(of("best of random search"), [{ size: 64, width: 24, depth: 2 }]);
    assert.deepEqual(of("hand-scaled"), [budget.handScaled]);
  });

  it("finds the largest network, and samples random ones that use the budget", () => {
    const [largest = assert.fail()] = of("largest");
    for (const { subnet } of entries) {
      assert.equal(violationOf(budget.problem, subnet), 0);
      assert.ok(costOf(subnet) <= costOf(largest));
    }
    assert.equal(of("random").length, 2);
    for (const subnet of of("random")) assert.ok(costOf(subnet) >= 0.9 * budget.limit!);
  });

  it("omits what a recipe omits", () => {
    const few = entriesAt(SPACE, budget, {
      index: 0,
      settings: { ...settings, largest: false, randomSubnets: 0 },
      resource,
      sources: { ...sources, random: [] },
    });
    assert.deepEqual(
      few.map(({ origin }) => origin),
      ["found", "hand-scaled"],
    );
  });

  it("includes a hand-made network, and refuses one that is not in the space", () => {
    const withHandMade = (handMade: string | Record<string, number>) =>
      entriesAt(SPACE, budget, { index: 0, settings: { ...settings, handMade }, resource, sources });
    const handMade = { size: 64, width: 16, depth: 4 };
    assert.deepEqual(withHandMade(handMade).find(({ origin }) => origin === "hand-made")!.subnet, handMade);
    assert.throws(() => withHandMade("z"), /steps\.compare\.handMade: z is not a choice of size in toy/);
  });
});
