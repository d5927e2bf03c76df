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

/** Runs a search on several ranks; one of them may be faulty. Returns their ends and numbers of scorings. */
async function searched(
  size: number,
  faulty?: { readonly rank: number; readonly fault: NonNullable<SearchRankOptions["fault"]> },
  more: Partial<SearchRankOptions> = {},
): Promise<{ readonly ends: readonly Ended[]; readonly scorings: readonly number[] }> {
  const log = join(root, String(searches++));
  const port = await freePort();
  const ends = await Promise.all(
    Array.from({ length: size }, (_, rank) => {
      const options: SearchRankOptions = {
        log,
        ...more,
        ...(rank === faulty?.rank && { fault: faulty.fault }),
      };
      return startRank([program, JSON.stringify(options)], rankVariables(rank, size, port)).end;
    }),
  );
  const ranks = readFileSync(log, "utf8").trim().split("\n").map(Number);
  return {
    ends,
    scorings: Array.from({ length: size }, (_, rank) => ranks.filter((scorer) => scorer === rank).length),
  };
}

function resultOf({ code, stdout, stderr }: Ended): { history: unknown[]; logged: string[] } {
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

describe("a search distributed over ranks", () => {
  let expected: unknown[];

  it("has the same history on one and four ranks, and all four score", async () => {
    const single = await searched(1);
    expected = resultOf(single.ends[0]!).history;
    assert.equal(expected.length, 96);
    const { ends, scorings } = await searched(4);
    for (const { code, stderr } of ends) assert.deepEqual([code, stderr], [0, ""]);
    assert.deepEqual(resultOf(ends[0]!).history, expected);
    for (const count of scorings) assert.ok(count > 0, String(scorings));
  });

  it("has the same history if one of four ranks dies during the search", async () => {
    const { ends, scorings } = await searched(4, { rank: 2, fault: "die" });
    assert.deepEqual(
      ends.map(({ signal }) => signal),
      [null, null, "SIGKILL", null],
    );
    const { history, logged } = resultOf(ends[0]!);
    assert.deepEqual(history, expected);
    assert.deepEqual(logged, [
      "reassigning candidates: the rank that was scoring them is slow or has exited",
    ]);
    assert.equal(scorings[2], 2);
  });

  it("finishes if the rank with the only candidate dies", async () => {
    const { ends } = await searched(2, { rank: 1, fault: "die" }, { single: true });
    assert.equal(ends[1]!.signal, "SIGKILL");
    assert.equal(resultOf(ends[0]!).history.length, 1);
  });

  it("does not wait for a slow rank", async () => {
    const { ends } = await searched(3, { rank: 1, fault: "be slow" });
    assert.deepEqual(resultOf(ends[0]!).history, expected);
    for (const { code, stderr } of ends) assert.equal(code, 0, stderr);
  });

  it("continues if a rank leaves", async () => {
    const { ends, scorings } = await searched(3, { rank: 1, fault: "leave" });
    assert.deepEqual(resultOf(ends[0]!).history, expected);
    assert.equal(scorings[1], 2);
  });

  it("stops all ranks with the message of a rank that fails", async () => {
    const { ends } = await searched(3, { rank: 1, fault: "fail" });
    assert.deepEqual(
      ends.map(({ code }) => code),
      [3, 3, 3],
    );
    assert.match(ends[0]!.stderr, /^UserError: rank 1 aborted the run: no such data$/m);
  });

  it("continues if the other host is disconnected", async (context) => {
    const hosts = new TwoHosts("s");
    try {
      if (hosts.problem !== undefined) return context.skip(`no network namespaces: ${hosts.problem}`);
      const log = join(root, String(searches++));
      const cut = `${log}-cut`;
      const options = JSON.stringify({ log, waitFor: cut });
      // The timeout is longer than the delay between the starts of the two ranks.
      const start = (rank: 0 | 1) => hosts.start(rank, [program, options], "10");
      const [first, second] = [start(0), start(1)];
      const timer = setInterval(() => {
        if (!existsSync(log) || !readFileSync(log, "utf8").includes("1\n")) return;
        clearInterval(timer);
        assert.equal(hosts.cut(), undefined);
        writeFileSync(cut, "");
      }, 20);
      const { history } = resultOf(await first.end);
      clearInterval(timer);
      assert.deepEqual(history, expected);
      const { code, stderr } = await second.end;
      assert.equal(code, 1);
      assert.match(stderr, /^UserError: rank 1 of 2: lost the store at 10\.231\.7\.1:29517: /);
    } finally {
      hosts.remove();
    }
  });
});
