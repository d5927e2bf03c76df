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

test("violation returns 0 inside the inclusive ranges, and more outside", () => {
  const constraints = { flops: { max: 100 }, params: { min: 10, max: 20 } };
  assert.equal(violation(constraints, { flops: 100, params: 10 }), 0);
  assert.equal(violation(constraints, { flops: 150, params: 5 }), 1);
  assert.ok(violation(constraints, { flops: 101, params: 20 }) > 0);
  assert.equal(violation({}, { flops: 1e9 }), 0);
  assert.equal(violation(constraints, { flops: Number.NaN, params: 15 }), Infinity);
  assert.equal(violation({ flops: { max: 0 } }, { flops: 2 }), 2);
});

test("checkConstraints names unknown resources and empty ranges", () => {
  const names = ["params", "macs", "flops"];
  assert.throws(
    () => checkConstraints({ flop: { max: 1 } }, names),
    /flop .*did you mean flops.*params, macs, flops/,
  );
  assert.throws(() => checkConstraints({ flops: { min: 2, max: 1 } }, names), /flops between 2 and 1/);
  assert.throws(() => checkConstraints({ flops: { max: Number.NaN } }, names), /flops at most NaN/);
  checkConstraints({ flops: { min: 1, max: 1 }, params: {} }, names);
});

test("checkFeasible rejects constraints that no subnet meets, in small and large spaces", () => {
  for (const [decisions, smallest, largest] of [
    [3, 3, 12],
    [40, 40, 160],
  ] as const) {
    const feasible = (sum: object) => digitProblem(decisions, 4, { constraints: { sum } });
    checkFeasible(feasible({ max: smallest }));
    checkFeasible(feasible({ min: largest }));
    const offer = new RegExp(`the space has sum from ${smallest} to ${largest};`);
    refused(feasible({ max: smallest - 1 }), /sum at most/, new RegExp(`nearest has ${smallest};`), offer);
    refused(feasible({ min: largest + 1 }), /sum at least/, new RegExp(`nearest has ${largest};`), offer);
    refused(feasible({ min: smallest + 0.1, max: smallest + 0.9 }), /sum between/);
  }
});

test("checkFeasible reports constraints that can only be met separately", () => {
  for (const decisions of [3, 40]) {
    const constraints = { sum: { max: decisions + 2 }, product: { min: 6 } };
    refused(
      digitProblem(decisions, 4, { constraints }),
      /sum at most .* and product at least 6 together/,
      /nearest/,
    );
  }
});

test("checkFeasible reduces a maximum that many subnets share with its smooth replacement", () => {
  const problem = digitProblem(40, 4, { constraints: { most: { max: 1 } } });
  const digits = (subnet: Subnet) => Object.values(subnet).map(Number);
  const measure = (subnet: Subnet) => ({ most: Math.max(...digits(subnet)) });
  const smooth = (subnet: Subnet) => ({ most: digits(subnet).reduce((sum, digit) => sum + digit ** 4, 0) });
  checkFeasible({ ...problem, measure, smooth });
  const none = { most: { max: 0 } };
  refused({ ...problem, constraints: none, measure, smooth }, /the space has most from 1 to 4;/);
});
