// Ranks in network namespaces of their own, which see each other through a virtual cable alone, as hosts do.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { rankVariables, started } from "./testing.js";

const program = fileURLToPath(new URL("./test-rank.js", import.meta.url));

const tag = process.pid.toString(36);
const hosts = ["a", "b"].map((name) => `sn-${tag}-${name}`) as [string, string];
const cables = ["a", "b"].map((name) => `sn${tag}${name}`) as [string, string];
const ADDRESSES = ["10.231.7.1", "10.231.7.2"] as const;
const PORT = 29517;

const ip = (...args: readonly string[]): string | undefined => {
  const { status, stderr, error } = spawnSync("ip", args, { encoding: "utf8" });
  return status === 0 ? undefined : (error?.message ?? stderr.trim());
};

/** Two hosts with a cable between them; why not, where this is not allowed. */
function connectHosts(): string | undefined {
  const inside = (i: 0 | 1, ...args: readonly string[]) => ["netns", "exec", hosts[i], "ip", ...args];
  const commands = [
    ["netns", "add", hosts[0]],
    ["netns", "add", hosts[1]],
    [
      "link",
      "add",
      cables[0],
      "netns",
      hosts[0],
      "type",
      "veth",
      "peer",
      "name",
      cables[1],
      "netns",
      hosts[1],
    ],
    ...([0, 1] as const).flatMap((i) => [
      inside(i, "addr", "add", `${ADDRESSES[i]}/24`, "dev", cables[i]),
      inside(i, "link", "set", cables[i], "up"),
      inside(i, "link", "set", "lo", "up"),
    ]),
  ];
  for (const args of commands) {
    const problem = ip(...args);
    if (problem !== undefined) return `ip ${args.join(" ")}: ${problem}`;
  }
  return undefined;
}

/** A rank on a host of its own. */
const start = (rank: 0 | 1, scenario: string, timeout: string) =>
  started(
    spawn("ip", ["netns", "exec", hosts[rank], process.execPath, program, scenario], {
      env: rankVariables(rank, 2, PORT, {
        MASTER_ADDR: ADDRESSES[0],
        LOCAL_RANK: "0",
        LOCAL_WORLD_SIZE: "1",
        SUPERNET_DISTRIBUTED_TIMEOUT: timeout,
      }),
      stdio: ["ignore", "pipe", "pipe"],
    }),
  );

describe("ranks on hosts of their own", () => {
  let problem: string | undefined;
  before(() => {
    problem = connectHosts();
  });
  after(() => {
    for (const host of hosts) ip("netns", "del", host);
  });

  it("work together", async (context) => {
    if (problem !== undefined) return context.skip(`no network namespaces: ${problem}`);
    for (const { code, stdout, stderr } of await Promise.all(
      ([0, 1] as const).map((rank) => start(rank, "together", "30").end),
    )) {
      assert.equal(code, 0, stderr);
      assert.deepEqual(JSON.parse(stdout).sum, [3, 20]);
    }
  });

  it("end in a line each, in time, where one is cut off", async (context) => {
    if (problem !== undefined) return context.skip(`no network namespaces: ${problem}`);
    const both = [start(0, "longer", "3"), start(1, "longer", "3")] as const;
    await new Promise((resolve) => both[1].child.stdout!.once("data", resolve));
    const began = performance.now();
    assert.equal(ip("netns", "exec", hosts[1], "ip", "link", "set", cables[1], "down"), undefined);
    const [first, second] = await Promise.all(both.map(({ end }) => end));
    const seconds = (performance.now() - began) / 1000;
    assert.ok(seconds < 40, `it took ${seconds} s`);
    assert.deepEqual([first!.code, second!.code], [1, 1]);
    assert.match(
      first!.stderr,
      /^UserError: rank 0 of 2: lost rank 1: the process ended, or its host was cut off/,
    );
    assert.match(second!.stderr, /^UserError: rank 1 of 2: lost the store at 10\.231\.7\.1:29517: /);
    for (const { stderr } of [first!, second!]) assert.equal(stderr.trim().split("\n").length, 1, stderr);
  });
});
