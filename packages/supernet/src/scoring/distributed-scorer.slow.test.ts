import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { type Ended, freePort, rankVariables, startRank, TwoHosts } from "@supernet/testing";
import type { SearchRankOptions } from "../testing/scoring-rank.js";

const program = fileURLToPath(new URL("../testing/scoring-rank.js", import.meta.url));
const root = mkdtempSync(join(tmpdir(), "distributed-scorer-"));
after(() => rmSync(root, { recursive: true, force: true }));

let searches = 0;

/** Runs a search on several ranks, one of which may misbehave from its third scoring on. Returns how they ended. */
async function searched(
  size: number,
  odd?: { readonly rank: number; readonly does: NonNullable<SearchRankOptions["oddly"]> },
  more: Partial<SearchRankOptions> = {},
): Promise<{ readonly ends: readonly Ended[]; readonly scorings: readonly number[] }> {
  const log = join(root, String(searches++));
  const port = await freePort();
  const ends = await Promise.all(
    Array.from({ length: size }, (_, rank) => {
      const options: SearchRankOptions = { log, ...more, ...(rank === odd?.rank && { oddly: odd.does }) };
      return startRank([program, JSON.stringify(options)], rankVariables(rank, size, port)).end;
    }),
  );
  const ranks = readFileSync(log, "utf8").trim().split("\n").map(Number);
  return {
    ends,
    scorings: Array.from({ length: size }, (_, rank) => ranks.filter((scorer) => scorer === rank).length),
  };
}

function resultOf({ code, stdout, stderr }: Ended): { history: unknown[]; said: string[] } {
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

describe("a search distributed over ranks", () => {
  let expected: unknown[];

  it("is the same on one as on four, which all have a part in it", async () => {
    const alone = await searched(1);
    expected = resultOf(alone.ends[0]!).history;
    assert.equal(expected.length, 96);
    const { ends, scorings } = await searched(4);
    for (const { code, stderr } of ends) assert.deepEqual([code, stderr], [0, ""]);
    assert.deepEqual(resultOf(ends[0]!).history, expected);
    for (const count of scorings) assert.ok(count > 0, String(scorings));
  });

  it("ends the same where one of four dies in the middle", async () => {
    const { ends, scorings } = await searched(4, { rank: 2, does: "die" });
    assert.deepEqual(
      ends.map(({ signal }) => signal),
      [null, null, "SIGKILL", null],
    );
    const { history, said } = resultOf(ends[0]!);
    assert.deepEqual(history, expected);
    assert.deepEqual(said, ["reassigning candidates: the rank that was scoring them is slow or has exited"]);
    assert.equal(scorings[2], 2);
  });

  it("ends where the only candidate there is was another's, who died", async () => {
    const { ends } = await searched(2, { rank: 1, does: "die" }, { single: true });
    assert.equal(ends[1]!.signal, "SIGKILL");
    assert.equal(resultOf(ends[0]!).history.length, 1);
  });

  it("does not wait for one that is slow", async () => {
    const { ends } = await searched(3, { rank: 1, does: "be slow" });
    assert.deepEqual(resultOf(ends[0]!).history, expected);
    for (const { code, stderr } of ends) assert.equal(code, 0, stderr);
  });

  it("goes on where one leaves", async () => {
    const { ends, scorings } = await searched(3, { rank: 1, does: "leave" });
    assert.deepEqual(resultOf(ends[0]!).history, expected);
    assert.equal(scorings[1], 2);
  });

  it("ends where one finds a mistake, with its words", async () => {
    const { ends } = await searched(3, { rank: 1, does: "fail" });
    assert.deepEqual(
      ends.map(({ code }) => code),
      [3, 3, 3],
    );
    assert.match(ends[0]!.stderr, /^UserError: rank 1 ended the run: no such data$/m);
  });

  it("goes on where the other host is cut off", async (context) => {
    const hosts = new TwoHosts("s");
    try {
      if (hosts.problem !== undefined) return context.skip(`no network namespaces: ${hosts.problem}`);
      const log = join(root, String(searches++));
      const cut = `${log}-cut`;
      const options = JSON.stringify({ log, awaits: cut });
      // Longer than one may take to start after the other.
      const start = (rank: 0 | 1) => hosts.start(rank, [program, options], "10");
      const [first, second] = [start(0), start(1)];
      const begun = setInterval(() => {
        if (!existsSync(log) || !readFileSync(log, "utf8").includes("1\n")) return;
        clearInterval(begun);
        assert.equal(hosts.cut(), undefined);
        writeFileSync(cut, "");
      }, 20);
      const { history } = resultOf(await first.end);
      clearInterval(begun);
      assert.deepEqual(history, expected);
      const { code, stderr } = await second.end;
      assert.equal(code, 1);
      assert.match(stderr, /^UserError: rank 1 of 2: lost the store at 10\.231\.7\.1:29517: /);
    } finally {
      hosts.remove();
    }
  });
});
