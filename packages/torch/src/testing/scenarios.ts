import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { runRanks } from "@supernet/testing";

/** Path of the program that runs a scenario as one rank. */
export const rankProgram = fileURLToPath(new URL("./rank-program.js", import.meta.url));

/** Runs a scenario on `size` ranks and returns the result of each. */
export async function scenarioResults(scenario: string, size = 2): Promise<never[]> {
  const all = await runRanks([rankProgram, scenario], size);
  return all.map(({ code, stdout, stderr }) => {
    assert.equal(code, 0, stderr);
    assert.equal(stderr, "");
    return JSON.parse(stdout) as never;
  });
}
