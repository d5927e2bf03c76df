import assert from "node:assert/strict";
import { once } from "node:events";
import { after, describe, it } from "node:test";
import { TwoHosts } from "@supernet/testing";
import { rankProgram } from "../testing/scenarios.js";

describe("ranks on separate hosts", () => {
  const hosts = new TwoHosts("t");
  after(() => hosts.remove());
  const start = (rank: 0 | 1, scenario: string, timeout: string) =>
    hosts.start(rank, [rankProgram, scenario], timeout);

  it("work together", async (context) => {
    if (hosts.problem !== undefined) return context.skip(`no network namespaces: ${hosts.problem}`);
    for (const { code, stdout, stderr } of await Promise.all(
      ([0, 1] as const).map((rank) => start(rank, "together", "30").end),
    )) {
      assert.equal(code, 0, stderr);
      assert.deepEqual(JSON.parse(stdout).sum, [3, 20]);
    }
  });

  it("exit in time with one line each if one is disconnected", async (context) => {
    if (hosts.problem !== undefined) return context.skip(`no network namespaces: ${hosts.problem}`);
    // Longer than the difference between their start times.
    const both = [start(0, "longer", "10"), start(1, "longer", "10")] as const;
    await Promise.race([once(both[1].child.stdout!, "data"), both[1].end]);
    const began = performance.now();
    assert.equal(hosts.cut(), undefined);
    const [first, second] = await Promise.all(both.map(({ end }) => end));
    const seconds = (performance.now() - began) / 1000;
    // Without its own time-outs it would wait for those of TCP, 15 minutes.
    assert.ok(seconds < 300, `it took ${seconds} s`);
    assert.deepEqual([first!.code, second!.code], [1, 1]);
    assert.match(
      first!.stderr,
      /^UserError: rank 0 of 2: lost rank 1: the process ended, or its host was disconnected/,
    );
    assert.match(second!.stderr, /^UserError: rank 1 of 2: lost the store at 10\.231\.7\.1:29517: /);
    for (const { stderr } of [first!, second!]) assert.equal(stderr.trim().split("\n").length, 1, stderr);
  });
});
