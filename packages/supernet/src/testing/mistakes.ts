// For tests: mistakes on the command line, in this process, because starting another takes much longer.
import assert from "node:assert/strict";
import { it } from "node:test";
import { UserError } from "@supernet/base";
import { runCommand } from "../cli/run-command.js";

/** Words after `supernet`, the exit code, and a pattern that the message matches. */
export type Mistake = readonly [args: readonly string[], exitCode: number, text: RegExp];

/** Defines a test for each mistake: it is reported in one line, with its exit code. */
export function testMistakes(
  mistakes: readonly Mistake[],
  titleOf: (args: readonly string[]) => string,
): void {
  for (const [args, exitCode, text] of mistakes) {
    it(titleOf(args), () =>
      assert.rejects(runCommand(args), (error) => {
        assert.ok(error instanceof UserError, String((error as Error).stack));
        assert.equal(error.exitCode, exitCode, error.message);
        assert.match(error.message, text);
        assert.ok(!error.message.includes("\n"), error.message);
        return true;
      }),
    );
  }
}
