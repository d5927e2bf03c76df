import assert from "node:assert/strict";
import { it } from "node:test";
import { ScorerPool } from "./pool.js";

it("a thread stops between two batches if its scores are no longer needed, and then runs the next task", async () => {
  await using pool = new ScorerPool(new URL("../testing/scoring-thread.js", import.meta.url), {}, 1);
  const task = (subnets: number) => ({ subnets: Array(subnets).fill({}), fraction: 1, checks: [] });
  let calls = 0;
  const given = pool.score(task(1), async () => {
    if (++calls === 3) throw new Error("enough");
  });
  await assert.rejects(given, /^Error: enough$/);
  assert.deepEqual(await pool.score(task(2), async () => {}), [{ score: 0 }, { score: 1 }]);
});
