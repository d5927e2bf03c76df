import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "@supernet/base";
import type { Subnet } from "../space/space.js";
import { digitProblem } from "../testing/search.js";
import { checkConstraints, violation } from "./constraints.js";
import { checkFeasible } from "./feasible.js";
import type { SearchProblem } from "./problem.js";

function refused(problem: SearchProblem, ...words: RegExp[]) {
  assert.throws(
    () => checkFeasible(problem),
    (error: Error) => {
      assert.ok(error instanceof UserError, error.stack);
      for (const word of words) assert.match(error.message, word);
      return true;
    },
  );
}

test("violation is 0 inside the ranges, bounds included, and grows outside", () => {
  const constraints = { flops: { max: 100 }, params: { min: 10, max: 20 } };
  assert.equal(violation(constraints, { flops: 100, params: 10 }), 0);
  assert.equal(violation(constraints, { flops: 150, params: 5 }), 1);
  assert.ok(violation(constraints, { flops: 101, params: 20 }) > 0);
  assert.equal(violation({}, { flops: 1e9 }), 0);
  assert.equal(violation(constraints, { flops: Number.NaN, params: 15 }), Infinity);
  assert.equal(violation({ flops: { max: 0 } }, { flops: 2 }), 2);
});

test("a resource that does not exist, or an empty range, is named", () => {
  const names = ["params", "macs", "flops"];
  assert.throws(
    () => checkConstraints({ flop: { max: 1 } }, names),
    /flop .*did you mean flops.*params, macs, flops/,
  );
  assert.throws(() => checkConstraints({ flops: { min: 2, max: 1 } }, names), /flops between 2 and 1/);
  assert.throws(() => checkConstraints({ flops: { max: Number.NaN } }, names), /flops at most NaN/);
  checkConstraints({ flops: { min: 1, max: 1 }, params: {} }, names);
});

test("constraints that nothing meets are found before the search, in small and large spaces", () => {
  for (const [decisions, least, most] of [
    [3, 3, 12],
    [40, 40, 160],
  ] as const) {
    const feasible = (sum: object) => digitProblem(decisions, 4, { constraints: { sum } });
    checkFeasible(feasible({ max: least }));
    checkFeasible(feasible({ min: most }));
    const offer = new RegExp(`the space has sum from ${least} to ${most};`);
    refused(feasible({ max: least - 1 }), /sum at most/, new RegExp(`nearest has ${least};`), offer);
    refused(feasible({ min: most + 1 }), /sum at least/, new RegExp(`nearest has ${most};`), offer);
    refused(feasible({ min: least + 0.1, max: least + 0.9 }), /sum between/);
  }
});

test("constraints that only exclude each other are told as such", () => {
  for (const decisions of [3, 40]) {
    const constraints = { sum: { max: decisions + 2 }, product: { min: 6 } };
    refused(
      digitProblem(decisions, 4, { constraints }),
      /sum at most .* and product at least 6 together/,
      /nearest/,
    );
  }
});

test("a maximum that many subnets share is brought down by its smooth stand-in", () => {
  const problem = digitProblem(40, 4, { constraints: { most: { max: 1 } } });
  const digits = (subnet: Subnet) => Object.values(subnet).map(Number);
  const measure = (subnet: Subnet) => ({ most: Math.max(...digits(subnet)) });
  const smooth = (subnet: Subnet) => ({ most: digits(subnet).reduce((sum, digit) => sum + digit ** 4, 0) });
  checkFeasible({ ...problem, measure, smooth });
  const none = { most: { max: 0 } };
  refused({ ...problem, constraints: none, measure, smooth }, /the space has most from 1 to 4;/);
});
