import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  requireArray,
  requireBoolean,
  requireFunction,
  requireInstance,
  requireInteger,
  requireIterable,
  requireNumber,
  requireObject,
  requireOneOf,
  requireOptions,
  requireString,
} from "./options.js";

describe("option checks", () => {
  it("accept valid values", () => {
    requireInteger("a", 3, { min: 3, max: 3 });
    requireNumber("a", 0.5, { above: 0, below: 1 });
    requireNumber("a", Number.POSITIVE_INFINITY, { min: 0 });
    requireBoolean("a", false);
    requireString("a", "");
    requireOneOf("a", "x", ["x", "y"]);
    requireInstance("a", new Map(), Map);
    requireFunction("a", () => {});
    requireArray("a", []);
    requireIterable("a", new Set());
    requireObject("a", {});
    requireOptions("a", {}, []);
    requireOptions<{ lr: number }>("a", { lr: undefined }, ["lr"]);
  });

  it("name the option, the expected value and the actual one", () => {
    const sgd = (options: object) =>
      requireOptions<{ lr: number; momentum: number }>("a", options, ["lr", "momentum"]);
    const cases: [() => void, typeof Error, string][] = [
      [() => requireInteger("a", undefined), TypeError, "a must be an integer, got undefined"],
      [() => requireInteger("a", "3"), TypeError, 'a must be an integer, got "3"'],
      [() => requireInteger("a", 1.5, { min: 1 }), RangeError, "a must be an integer of at least 1, got 1.5"],
      [() => requireInteger("a", 0, { min: 1 }), RangeError, "a must be an integer of at least 1, got 0"],
      [() => requireNumber("a", Number.NaN), RangeError, "a must be a number, got NaN"],
      [
        () => requireNumber("a", 2, { min: 0, max: 1 }),
        RangeError,
        "a must be a number of at least 0 and at most 1, got 2",
      ],
      [
        () => requireNumber("a", 1, { above: 0, below: 1 }),
        RangeError,
        "a must be a number above 0 and below 1, got 1",
      ],
      [() => requireBoolean("a", 1), TypeError, "a must be true or false, got 1"],
      [() => requireString("a", null), TypeError, "a must be a string, got null"],
      [() => requireOneOf("a", "z", ["x", "y"]), TypeError, 'a must be one of x, y, got "z"'],
      [() => requireInstance("a", {}, Map), TypeError, "a must be a Map, got an object (Object)"],
      [() => requireFunction("a", {}), TypeError, "a must be a function, got an object (Object)"],
      [() => requireArray("a", {}), TypeError, "a must be an array, got an object (Object)"],
      [() => requireIterable("a", "text"), TypeError, 'a must be iterable, got "text"'],
      [() => requireObject("a", [1]), TypeError, "a must be an object, got an array"],
      [() => requireOptions("a", undefined, []), TypeError, "a: options must be an object, got undefined"],
      [() => sgd({ momentm: 1 }), TypeError, "a: unknown option momentm, did you mean momentum?"],
      [() => sgd({ zzzzzzzz: 1 }), TypeError, "a: unknown option zzzzzzzz; valid: lr, momentum"],
    ];
    for (const [check, type, message] of cases) {
      assert.throws(check, (error) => error instanceof type && error.message === message, message);
    }
  });
});
