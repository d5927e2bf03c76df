import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "@supernet/torch/random";
import { allSubnets, subnetKey } from "../space/space.js";
import { drawFresh } from "./fresh.js";
import { digitProblem } from "./testing.js";

test("the last subnets of a small space are found, however unlikely to be drawn", () => {
  const problem = digitProblem(6, 4);
  const all = [...allSubnets(problem.space)];
  const left = [all[17]!, all[4000]!];
  const keys = (subnets: typeof all) => subnets.map((subnet) => subnetKey(problem.space, subnet)).toSorted();
  const seen = new Set(keys(all.filter((subnet) => !left.includes(subnet))));
  assert.deepEqual(keys(drawFresh(problem, seen, 5, Random.of(1))), keys(left));
  assert.equal(seen.size, all.length);
  assert.deepEqual(drawFresh(problem, seen, 5, Random.of(2)), []);
});

test("draws are spread over what the constraints allow, each once", () => {
  const problem = digitProblem(20, 4, { constraints: { sum: { min: 45, max: 55 } } });
  const subnets = drawFresh(problem, new Set(), 300, Random.of(3));
  assert.equal(new Set(subnets.map((subnet) => subnetKey(problem.space, subnet))).size, 300);
  for (const { name } of problem.space.decisions) {
    assert.equal(new Set(subnets.map((subnet) => subnet[name])).size, 4);
  }
});
