// For tests: mistakes on the command line, in this process, because starting another takes much longer.
import assert from "node:assert/strict";
import { it } from "node:test";
import { UserError } from "@supernet/base";
import { runCommand } from "../cli/run-command.js";

/** Words after `supernet`, the exit code, and a pattern that the message matches. */
export type Mistake = readonly [args: readonly string[], exitCode: number, text: RegExp];

/** Checks that a mistake is reported in one line, with its exit code. */
export const assertMistake = (...[args, exitCode, text]: Mistake): Promise<void> =>
  assert.rejects(runCommand(args), (error) => {
    assert.ok(error instanceof UserError, String((error as Error).stack));
    assert.equal(error.exitCode, exitCode, error.message);
    assert.match(error.message, text);
    assert.ok(!error.message.includes("\n"), error.message);
    return true;
  });

/** Defines a test for each mistake. */
export function testMistakes(
  mistakes: readonly Mistake[],
  titleOf: (args: readonly string[]) => string,
): void {
  for (const mistake of mistakes) it(titleOf(mistake[0]), () => assertMistake(...mistake));
}
