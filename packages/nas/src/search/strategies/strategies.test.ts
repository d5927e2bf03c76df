import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Random, UserError } from "@supernet/base";
import fc from "fast-check";
import { allSubnets, firstSubnet, type Space, type Subnet, subnetKey } from "../../space/space.js";
import { digitProblem, SMALL_STRATEGIES, toyScore } from "../../testing/search.js";
import { dominates, objectivesOf, paretoFront } from "../pareto.js";
import { type SearchProblem, violationOf } from "../problem.js";
import { runSearch } from "../run-search.js";
import { ranked, type SearchState } from "../state.js";
import type { Strategy } from "../strategy.js";
import { withLocalSearch } from "./local-search.js";
import { nsga2 } from "./nsga2.js";
import { crossValidatePredictor, predictorSearch } from "./predictor.js";
import { type PredictorFrontSettings, predictorFront } from "./predictor-front.js";
import { randomSearch } from "./random.js";
import { regularizedEvolution } from "./regularized-evolution.js";
import { halvingRungs, successiveHalving } from "./successive-halving.js";

const toy = (strategy: Strategy) => runSearch({ strategy, evaluate: async ({ subnet }) => toyScore(subnet) });

/** Asserts that no subnet is scored twice on the same images, and that all meet the constraints. */
function assertSound(problem: SearchProblem, { history }: SearchState) {
  const keys = history.map(({ subnet, fraction }) => `${fraction} ${subnetKey(problem.space, subnet)}`);
  assert.equal(new Set(keys).size, keys.length, "a subnet was scored twice");
  for (const { subnet } of history) assert.equal(violationOf(problem, subnet), 0);
}

describe("every strategy", () => {
  for (const [name, make] of Object.entries(SMALL_STRATEGIES)) {
    test(`${name} proposes the declared number of new subnets that meet the constraints`, async () => {
      const problems = fc.record({
        decisions: fc.integer({ min: 1, max: 6 }),
        digits: fc.integer({ min: 1, max: 4 }),
        seed: fc.integer(),
        share: fc.double({ min: 0.3, max: 1, noNaN: true }),
      });
      await fc.assert(
        fc.asyncProperty(problems, async ({ decisions, digits, seed, share }) => {
          const max = Math.max(decisions, Math.floor(share * decisions * digits));
          const problem = digitProblem(decisions, digits, { seed, constraints: { sum: { max } } });
          const strategy = make(problem);
          const { state, best } = await toy(strategy);
          assertSound(problem, state);
          assert.ok(state.generation <= strategy.generations);
          assert.equal(best, ranked(state.history)[0]);
          const possible = [...allSubnets(problem.space)].filter((s) => violationOf(problem, s) === 0).length;
          const scored = new Set(state.history.map(({ subnet }) => subnetKey(problem.space, subnet))).size;
          // A local search ends if no neighbor is better.
          if (name === "refined") assert.ok(scored >= Math.min(16, possible) && scored <= 24);
          else assert.equal(scored, Math.min(24, possible));
        }),
        { numRuns: 25 },
      );
    });

    test(`${name} continues to its end if nothing can be scored, and treats equal networks as one`, async () => {
      const problem = digitProblem(4, 3);
      const strategy = make(problem);
      let scored = 0;
      const evaluate = async () => {
        scored++;
        return undefined;
      };
      await assert.rejects(runSearch({ strategy, evaluate }), /each of \d+ scores is NaN/);
      assert.ok(scored >= 20);
      const canonical: Space["canonical"] = (subnet) => ({ ...subnet, d2: 1, d3: 1 });
      const narrow = { ...problem, space: { ...problem.space, canonical } };
      const { state } = await toy(make(narrow));
      assertSound(narrow, state);
      assert.equal(new Set(state.history.map(({ subnet }) => subnetKey(narrow.space, subnet))).size, 9);
    });

    test(`${name} depends on the seed`, async () => {
      const histories = await Promise.all(
        [1, 1, 2].map(async (seed) => (await toy(make(digitProblem(8, 4, { seed })))).state.history),
      );
      assert.deepEqual(histories[0], histories[1]);
      assert.notDeepEqual(histories[0], histories[2]);
    });
  }
});

describe("regularized evolution", () => {
  const settings = { candidates: 40, populationSize: 6, sample: 6, children: 1, maxTries: 5 };

  test("changes one decision of the best of a population that drops its oldest", async () => {
    const problem = digitProblem(12, 4);
    // The first subnet is the best of all, and must be dropped after six more.
    const { state } = await runSearch({
      strategy: regularizedEvolution(problem, settings),
      evaluate: async (_, index) => (index === 0 ? 1000 : index % 7),
    });
    let once = 0;
    for (const [index, { subnet }] of state.history.entries()) {
      if (index < settings.populationSize) continue;
      const alive = state.history.slice(index - settings.populationSize, index);
      const parent = ranked(alive)[0]!.subnet;
      const changed = Object.keys(subnet).filter((name) => subnet[name] !== parent[name]);
      // A child that was proposed before is changed once more.
      assert.ok(changed.length === 1 || changed.length === 2, `child ${index}: ${changed.length}`);
      once += Number(changed.length === 1);
    }
    assert.ok(once > 25, `${once} of 34`);
  });

  test("settings at odds are named", () => {
    const refuse = (change: Partial<typeof settings>, message: RegExp) =>
      assert.throws(() => regularizedEvolution(digitProblem(3, 3), { ...settings, ...change }), message);
    refuse({ populationSize: 50 }, /populationSize is 50; expected less than the 40 candidates/);
    refuse({ sample: 7 }, /sample is 7; expected at most 6, the population/);
    refuse({ children: 0 }, /children is 0/);
  });
});

describe("successive halving", () => {
  test("scores the best of each rung on more images", async () => {
    const settings = { candidates: 20, reduction: 3, rungs: 3 };
    assert.deepEqual(halvingRungs(settings), [
      { candidates: 20, fraction: 1 / 9 },
      { candidates: 6, fraction: 1 / 3 },
      { candidates: 2, fraction: 1 },
    ]);
    const problem = digitProblem(6, 4);
    const { state, best } = await toy(successiveHalving(problem, settings));
    const rung = (generation: number) => state.history.filter((one) => one.generation === generation);
    assert.deepEqual(
      [0, 1, 2].map((g) => [rung(g).length, new Set(rung(g).map(({ fraction }) => fraction)).size]),
      [
        [20, 1],
        [6, 1],
        [2, 1],
      ],
    );
    for (const generation of [1, 2]) {
      const expected = ranked(rung(generation - 1)).slice(0, rung(generation).length);
      assert.deepEqual(
        rung(generation).map(({ subnet }) => subnet),
        expected.map(({ subnet }) => subnet),
      );
    }
    assert.equal(best.fraction, 1);
  });

  test("never ranks a score on few images above one on all", async () => {
    const { best } = await runSearch({
      strategy: successiveHalving(digitProblem(6, 4), { candidates: 8, reduction: 2, rungs: 2 }),
      evaluate: async ({ fraction }, index) => (fraction === 1 ? 0.1 : 0.9) + index / 1000,
    });
    assert.deepEqual([best.fraction, best.score], [1, 0.1 + 11 / 1000]);
  });

  test("names too few candidates for the rungs", () => {
    const refuse = (settings: Parameters<typeof halvingRungs>[0], message: RegExp) =>
      assert.throws(() => successiveHalving(digitProblem(3, 3), settings), message);
    refuse({ candidates: 8, reduction: 3, rungs: 3 }, /candidates is 8; expected at least 9/);
    refuse({ candidates: 8, reduction: 1, rungs: 3 }, /reduction is 1/);
  });
});

describe("NSGA-II", () => {
  const settings = {
    minimize: ["sum"],
    populationSize: 20,
    generations: 20,
    crossoverProbability: 0.9,
    mutationProbability: 0.1,
    maxTries: 10,
  };

  test("finds a front that no point of a random search with equally many candidates dominates", async () => {
    const problem = digitProblem(10, 4);
    const found = await toy(nsga2(problem, settings));
    const random = await toy(randomSearch(problem, { candidates: 400 }));
    assert.equal(found.state.history.length, random.state.history.length);
    const [evolved, sampled] = [found, random].map(({ state }) =>
      paretoFront(state.history, ["sum"]).candidates.map((one) => objectivesOf(one, ["sum"])),
    );
    const beaten = (front: typeof evolved, by: typeof evolved) =>
      front!.filter((point) => by!.some((other) => dominates(other, point))).length;
    assert.equal(beaten(evolved, sampled), 0);
    assert.ok(
      beaten(sampled, evolved) > 0.8 * sampled!.length,
      `${beaten(sampled, evolved)} of ${sampled!.length}`,
    );
    assert.ok(evolved!.length > sampled!.length);
  });

  test("names an objective that is not measured", () => {
    const refuse = (change: Partial<typeof settings>, message: RegExp) =>
      assert.throws(
        () => nsga2(digitProblem(3, 3), { ...settings, ...change }),
        (error: Error) => error instanceof UserError && message.test(error.message),
      );
    refuse({ minimize: ["summ"] }, /minimize\[0\] is "summ"; expected one of "sum", "product"/);
    refuse({ minimize: [] }, /minimize is \[\]; expected at least 1 item/);
    refuse({ minimize: ["sum", "sum"] }, /minimize is \["sum","sum"\]; expected each resource once/);
    refuse({ mutationProbability: 2 }, /mutationProbability is 2/);
  });
});

describe("the predictor", () => {
  const settings = { candidates: 60, initial: 20, batch: 5, pool: 100, exploration: 1 };

  test("beats random search on a score with interactions", async () => {
    // 4^12 subnets; pairs of adjacent even digits score extra.
    const problem = digitProblem(12, 4);
    const score = (subnet: Readonly<Record<string, unknown>>) => {
      const digits = Object.values(subnet).map(Number);
      return digits.reduce((sum, d, i) => sum + d + (d % 2 === 0 && digits[i + 1] === d ? 2 : 0), 0);
    };
    const search = (strategy: Strategy) =>
      runSearch({ strategy, evaluate: async ({ subnet }) => score(subnet) });
    const predicted = await search(predictorSearch(problem, settings));
    const random = await search(randomSearch(problem, { candidates: 600 }));
    assert.ok(predicted.best.score! > random.best.score!, `${predicted.best.score} ${random.best.score}`);
  });

  test("settings at odds are named", () => {
    const refuse = (change: Partial<typeof settings>, message: RegExp) =>
      assert.throws(() => predictorSearch(digitProblem(3, 3), { ...settings, ...change }), message);
    refuse({ initial: 61 }, /initial is 61; expected less than the 60 candidates/);
    refuse({ batch: 101 }, /pool is 100; expected more than batch \(101\)/);
    refuse({ exploration: -1 }, /exploration is -1/);
  });
});

describe("the predictor of a front", () => {
  const settings = { minimize: ["sum"], candidates: 80, initial: 20, batch: 10, pool: 400, exploration: 1 };
  // The front is every sum, with the large digits last.
  const hypervolume = async (strategy: Strategy) => {
    const { state } = await toy(strategy);
    const front = paretoFront(state.history, ["sum"]).candidates;
    return front
      .toReversed()
      .reduce(
        (area, { score, resources }, i, all) =>
          area + score! * ((all[i + 1]?.resources.sum ?? 40) - resources.sum!),
        0,
      );
  };

  test("finds a better front than NSGA-II and random search with as many candidates", async () => {
    const problem = digitProblem(10, 4);
    const predicted = await hypervolume(predictorFront(problem, settings));
    const random = await hypervolume(randomSearch(problem, { candidates: 80 }));
    const evolved = await hypervolume(
      nsga2(problem, {
        minimize: ["sum"],
        populationSize: 20,
        generations: 4,
        crossoverProbability: 0.9,
        mutationProbability: 0.1,
        maxTries: 10,
      }),
    );
    assert.ok(predicted > 1.05 * random && predicted > 1.05 * evolved, `${predicted} ${random} ${evolved}`);
  });

  test("starts with the first choice of every decision, if it meets the constraints", async () => {
    const problem = digitProblem(6, 4);
    const first = firstSubnet(problem.space);
    const of = async (min: number) =>
      (await toy(predictorFront({ ...problem, constraints: { sum: { min } } }, settings))).state.history;
    const isFirst = ({ subnet }: { subnet: Subnet }) =>
      subnetKey(problem.space, subnet) === subnetKey(problem.space, first);
    assert.ok(isFirst((await of(0))[0]!));
    assert.equal((await of(7)).length, 80);
    assert.ok(!(await of(7)).some(isFirst));
  });

  test("proposes each subnet with siblings that differ only in late decisions", async () => {
    const digits = digitProblem(6, 4);
    const late = digits.space.decisions.slice(-2).map(({ name }) => name);
    const problem = {
      ...digits,
      space: { ...digits.space, lateDecisions: late },
      constraints: { sum: { max: 12 } },
    };
    const strategy = predictorFront(problem, { ...settings, siblings: 4 });
    const { state } = await toy(strategy);
    assert.equal(state.history.length, 80);
    assert.equal(new Set(state.history.map(({ subnet }) => subnetKey(problem.space, subnet))).size, 80);
    for (const { resources } of state.history) assert.ok(resources.sum! <= 12);
    const family = (subnet: Subnet) =>
      Object.entries(subnet)
        .filter(([name]) => !late.includes(name))
        .join();
    const sizes: number[] = [];
    for (const generation of new Set(state.history.map((candidate) => candidate.generation))) {
      const members = state.history.filter((candidate) => candidate.generation === generation);
      const families = members.map(({ subnet }) => family(subnet));
      sizes.push(members.length / new Set(families).size);
    }
    // A generation's last family, and one near the limit, can be smaller. Two families can be relatives.
    assert.ok(
      sizes.every((size) => size > 3),
      String(sizes),
    );
    const found = paretoFront(state.history, ["sum"]).candidates;
    assert.equal(found[0]!.resources.sum, 12);
  });

  test("refuses siblings in a space without late decisions, or with too many of their choices", () => {
    const { space, ...problem } = digitProblem(6, 4);
    const create = (lateDecisions: readonly string[]) =>
      predictorFront({ ...problem, space: { ...space, lateDecisions } }, { ...settings, siblings: 4 });
    assert.throws(() => create([]), /siblings: the space has no decisions on the last parts of a network/);
    const all = space.decisions.map(({ name }) => name);
    assert.throws(() => create(all), /the last parts of a network have 4096 variants, and only 256/);
  });

  test("names settings that do not fit each other", () => {
    const refuse = (change: Partial<PredictorFrontSettings>, message: RegExp) =>
      assert.throws(() => predictorFront(digitProblem(3, 3), { ...settings, ...change }), message);
    refuse({ initial: 80 }, /initial is 80; expected less than the 80 candidates/);
    refuse({ siblings: 10 }, /siblings is 10; expected less than batch \(10\)/);
    refuse({ batch: 400 }, /pool is 400; expected more than batch \(400\)/);
    refuse({ minimize: ["summ"] }, /minimize\[0\] is "summ"/);
  });
});

test("the error of a predictor is that of candidates that it has not learned from", async () => {
  const problem = digitProblem(6, 4);
  const { state } = await toy(randomSearch(problem, { candidates: 120 }));
  const learned = crossValidatePredictor(problem.space, state.history);
  assert.equal(learned.candidates, 120);
  assert.ok(learned.rootMeanSquare < 0.2 * learned.deviation && learned.kendallTau > 0.9);
  const random = Random.of("unpredictable");
  const noise = state.history.map((candidate) => ({ ...candidate, score: random.uniform() }));
  const guessed = crossValidatePredictor(problem.space, noise);
  assert.ok(guessed.rootMeanSquare > 0.9 * guessed.deviation && Math.abs(guessed.kendallTau) < 0.25);
});

test("a pre-filter selects the samples of every strategy, but not a predictor's pool", async () => {
  const scoreCount = async (strategy: (problem: SearchProblem) => Strategy) => {
    let scored = 0;
    const score = () => ++scored;
    await toy(strategy(digitProblem(9, 4, { prefilter: { name: "count", draws: 3, score } })));
    return scored;
  };
  // Three scores for each of 24, 24 and the first 8, or fewer if a child is not found.
  assert.equal(await scoreCount(SMALL_STRATEGIES.random!), 72);
  assert.equal(await scoreCount(SMALL_STRATEGIES.halving!), 72);
  assert.equal(await scoreCount(SMALL_STRATEGIES.predictor!), 24);
  for (const name of ["evolution", "regularized", "nsga2"]) {
    const scored = await scoreCount(SMALL_STRATEGIES[name]!);
    assert.ok(scored > 48 && scored <= 80, `${name} ${scored}`);
  }
  const better = digitProblem(9, 4, { prefilter: { name: "toy", draws: 8, score: toyScore } });
  const { best } = await toy(randomSearch(better, { candidates: 10 }));
  const plain = await toy(randomSearch(digitProblem(9, 4), { candidates: 10 }));
  assert.ok(best.score! > plain.best.score!);
});

describe("refinement", () => {
  test("changes one decision of the best until no neighbor is better", async () => {
    const problem = digitProblem(6, 3);
    const strategy = withLocalSearch(randomSearch(problem, { candidates: 5 }), {
      candidates: 1000,
      batch: 4,
    });
    const { state, best } = await toy(strategy);
    assert.deepEqual(Object.values(best.subnet), [3, 3, 3, 3, 3, 3]);
    const refinement = state.history.filter(({ generation }) => generation >= 1);
    let leader = ranked(state.history.slice(0, 5))[0]!;
    for (let generation = 1; generation < state.generation; generation++) {
      const batch = refinement.filter((one) => one.generation === generation);
      for (const { subnet } of batch) {
        const changed = Object.keys(subnet).filter((name) => subnet[name] !== leader.subnet[name]);
        assert.equal(changed.length, 1);
      }
      leader = ranked([leader, ...batch])[0]!;
    }
    // Each step to the optimum scores at most the twelve neighbors.
    assert.ok(refinement.length <= 12 * 13, `${refinement.length}`);
  });

  test("ends with its budget, and is part of the run's settings", async () => {
    const problem = digitProblem(20, 4);
    const strategy = withLocalSearch(randomSearch(problem, { candidates: 5 }), { candidates: 7, batch: 4 });
    const { state } = await toy(strategy);
    assert.deepEqual(
      state.history.map(({ generation }) => generation),
      [0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2],
    );
    assert.deepEqual(strategy.start().run.settings, {
      candidates: 5,
      refinement: { candidates: 7, batch: 4 },
    });
  });

  test("scores subnets on all images that were scored on few", async () => {
    const problem = digitProblem(2, 3);
    const halving = successiveHalving(problem, { candidates: 9, reduction: 3, rungs: 2 });
    const { state, best } = await toy(withLocalSearch(halving, { candidates: 20, batch: 10 }));
    assert.deepEqual(best.subnet, { d0: 3, d1: 3 });
    assertSound(problem, state);
    assert.ok(state.history.filter(({ fraction }) => fraction === 1).length > 3);
  });
});
