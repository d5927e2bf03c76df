import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "@supernet/base";
import { allSubnets, type Subnet, subnetKey } from "../space/space.js";
import { digitProblem, toyScore } from "../testing/search.js";
import { generateChild, sampleUnseen } from "./generate.js";

test("finds the last subnets of a small space, even if they are unlikely samples", () => {
  const problem = digitProblem(6, 4);
  const all = [...allSubnets(problem.space)];
  const left = [all[17]!, all[4000]!];
  const keys = (subnets: typeof all) => subnets.map((subnet) => subnetKey(problem.space, subnet)).toSorted();
  const seen = new Set(keys(all.filter((subnet) => !left.includes(subnet))));
  assert.deepEqual(keys(sampleUnseen(problem, seen, { count: 5, random: Random.of(1) })), keys(left));
  assert.equal(seen.size, all.length);
  assert.deepEqual(sampleUnseen(problem, seen, { count: 5, random: Random.of(2) }), []);
});

test("samples each subnet within the constraints at most once, and spreads the samples", () => {
  const problem = digitProblem(20, 4, { constraints: { sum: { min: 45, max: 55 } } });
  const subnets = sampleUnseen(problem, new Set(), { count: 300, random: Random.of(3) });
  assert.equal(new Set(subnets.map((subnet) => subnetKey(problem.space, subnet))).size, 300);
  for (const { name } of problem.space.decisions) {
    assert.equal(new Set(subnets.map((subnet) => subnet[name])).size, 4);
  }
});

test("proposes the best of several samples with a pre-filter, and keeps the others unseen", () => {
  const scored: string[] = [];
  const score = (subnet: Subnet) => {
    scored.push(subnetKey(space, subnet));
    return toyScore(subnet);
  };
  const problem = digitProblem(8, 4, { prefilter: { name: "toy", draws: 5, score } });
  const { space } = problem;
  const seen = new Set<string>();
  const fresh = sampleUnseen(problem, seen, { count: 3, random: Random.of(4) });
  assert.equal(scored.length, 15);
  assert.deepEqual(
    [...seen],
    fresh.map((subnet) => subnetKey(space, subnet)),
  );
  for (const [i, subnet] of fresh.entries()) {
    const group = scored.slice(5 * i, 5 * i + 5);
    assert.equal(new Set(group).size, 5);
    const best = Math.max(...group.map((key) => toyScore(JSON.parse(key))));
    assert.equal(toyScore(subnet), best);
  }
  const digits = [2, 4, Number.NaN, 3];
  const children = digits.map((d0) => ({ ...fresh[0]!, d0, d1: -1 }));
  let next = 0;
  const odd = { ...problem, prefilter: { name: "odd", draws: 4, score: ({ d0 }: Subnet) => Number(d0) } };
  assert.equal(generateChild(odd, seen, { maxTries: 1, makeChild: () => children[next++]! })?.d0, 4);
});
