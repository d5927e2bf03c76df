import assert from "node:assert/strict";
import { it } from "node:test";

/** A wrong call from untyped code, and the message that it throws. */
export type WrongCall = readonly [name: string, args: readonly unknown[], message: RegExp];

/** JavaScript's own messages if a wrong argument is not checked. */
const UNCHECKED = /Cannot (read|destructure|convert)|is not (a function|iterable|a constructor)|undefined \(/;

/**
 * Tests that each call throws its message. Also tests that every exported function and class names a missing argument
 * if it is called without any.
 *
 * @param exported a package's exports
 * @param exempt functions that may be called without arguments, and why
 */
export function testWrongCalls(
  exported: object,
  calls: readonly WrongCall[],
  exempt: Readonly<Record<string, string>>,
): void {
  const functions = new Map(Object.entries(exported).filter(([, value]) => typeof value === "function"));
  for (const [name, args, message] of calls) {
    it(`${name} throws ${message}`, () => rejects(functions.get(name), args, message));
  }
  for (const [name, call] of functions) {
    if (!Object.hasOwn(exempt, name))
      it(`${name} names the missing argument`, () => rejects(call, [], /\w: \w/));
  }
  it("exempts only exported functions", () => {
    for (const name of Object.keys(exempt)) assert.ok(functions.has(name), name);
  });
}

async function rejects(call: unknown, args: readonly unknown[], message: RegExp): Promise<void> {
  await assert.rejects(
    async () => {
      const returned = isClass(call) ? Reflect.construct(call, args) : await (call as Call)(...args);
      // A generator checks its arguments when it starts.
      if (isIterable(returned)) Array.from(returned);
    },
    (error: Error) => {
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, UNCHECKED);
      return true;
    },
  );
}

const isIterable = (value: unknown): value is Iterable<unknown> => Symbol.iterator in Object(value);

type Call = (...args: readonly unknown[]) => unknown;

function isClass(value: unknown): value is new (...args: readonly unknown[]) => unknown {
  return String(value).startsWith("class ");
}
