import assert from "node:assert/strict";
import { once } from "node:events";
import { describe, it } from "node:test";
import { type Ended, freePort, rankVariables, runRanks, startRank } from "@supernet/testing";
import { rankProgram, scenarioResults } from "../testing/scenarios.js";
import { isLoss } from "./group.js";

describe("a process group", () => {
  it("sums, broadcasts and gathers", async () => {
    for (const size of [2, 3]) {
      for (const result of await scenarioResults("together", size)) {
        const last = size - 1;
        assert.deepEqual(result, {
          sum: [(size * (size + 1)) / 2, 10 * size],
          last: [last, last, last, last],
          turned: [1, 3, 2, 4],
          matrix: [size, 0, size, 0],
          mixed: [1, 2, 3, 4].map((n) => size * n),
          all: Array.from({ length: size }, (_, rank) => [rank]),
          text: "größer",
          nothing: "",
          tensors: [["w", [2, 1], [1, 1]]],
        });
      }
    }
  });

  it("works with one rank", async () => {
    const [only] = (await scenarioResults("together", 1)) as { sum: number[] }[];
    assert.deepEqual(only!.sum, [1, 10]);
  });
});

describe("the store", () => {
  it("is shared by all ranks", async () => {
    const results = (await scenarioResults("store", 3)) as Record<string, unknown>[];
    assert.deepEqual(results.map(({ sum }) => sum).sort(), sumsInSomeOrder(results));
    const firsts = new Set(results.map(({ first }) => first));
    assert.equal(firsts.size, 1);
    for (const result of results) {
      assert.deepEqual([result.value, result.total, result.none], ["größer", 6, null]);
    }
  });
});

/**
 * Checks the partial sums of 1, 2 and 3, in any order of the ranks: the last is 6, and each step is one of the numbers.
 */
function sumsInSomeOrder(results: readonly Record<string, unknown>[]): number[] {
  const sums = results.map(({ sum }) => sum as number).sort((a, b) => a - b);
  const steps = sums.map((sum, i) => sum - (sums[i - 1] ?? 0)).sort((a, b) => a - b);
  assert.deepEqual(steps, [1, 2, 3]);
  return sums;
}

describe("the reducer", () => {
  it("averages gradients that any rank or pass used, and does not change the others", async () => {
    const both = (await scenarioResults("reducer")) as Record<string, number[] | null>[][];
    assert.deepEqual(both[0], both[1]);
    const row = (...values: number[]) => [...values, ...values, ...values];
    const used = row(1, 2, 3, 4.5);
    const expected: [number[] | null, number[] | null][] = [
      [used, null],
      [null, used],
      [row(0.5, 1, 1.5, 2), row(0.5, 1, 1.5, 2.5)],
      [used, used],
    ];
    for (const [i, [a, b]] of expected.entries()) {
      const gradients = both[0]![i]!;
      assert.deepEqual([gradients["a.weight"], gradients["b.weight"]], [a, b]);
      assert.deepEqual([gradients["idle.weight"], gradients["idle.bias"]], [null, null]);
    }
  });
});

/** Checks that a rank exited with one line on standard error. */
function says({ code, stderr }: Ended, exitCode: number, pattern: RegExp): void {
  assert.equal(code, exitCode, stderr);
  assert.match(stderr, pattern);
  assert.equal(stderr.trim().split("\n").length, 1, stderr);
}

describe("a lost rank", () => {
  it("is distinguished from other errors by the messages of gloo, NCCL and the store", () => {
    const losses = [
      "[../gloo/transport/tcp/pair.cc:598] Connection closed by peer [127.0.0.1]:4711",
      "[../third_party/gloo/gloo/transport/tcp/unbound_buffer.cc:84] Timed out waiting 3000ms for recv operation",
      "Read error [10.0.0.2]:29500: Connection reset by peer",
      "Application timeout caused pair closure",
      "NCCL error in: ProcessGroupNCCL.cpp:1, unhandled system error",
      "ncclRemoteError: a call failed possibly due to a network error",
      "Socket Timeout",
      "Broken pipe",
      "The client socket has failed to connect to any network address of (node1, 29500).",
      "recvValue failed on SocketImpl(fd=3, addr=[localhost]:1): Failed to recv, got 0 bytes",
      "Connection was likely closed. Did the remote server shutdown or crash?",
      "store.get: timed out: the store does not answer",
      "Transport endpoint is not connected",
    ];
    for (const message of losses) assert.ok(isLoss(new Error(message)), message);
    const others = [
      "node 3 is not connected to the output",
      "failed to create fully connected operator with requant scale",
      "ENOENT: read error of file",
      "EACCES: permission denied, open '/run/socket/x'",
      "the websocket is not open",
      "at run time output 3 has another shape",
      "runtime output",
      "mat1 and mat2 shapes cannot be multiplied",
    ];
    for (const message of others) assert.ok(!isLoss(new Error(message)), message);
  });

  // Longer than the difference between the start times of the ranks.
  const short = { SUPERNET_DISTRIBUTED_TIMEOUT: "10" };

  it("is named by the others if it is killed during a communication or a backward pass", async () => {
    for (const scenario of ["killed", "gone"]) {
      const [first, second, third] = await runRanks([rankProgram, scenario], 3);
      assert.equal(second!.signal, "SIGKILL");
      // A rank that notices later reads the other rank's report, or finds that
      // the other rank has ended too.
      for (const [rank, ended] of [
        [0, first!],
        [2, third!],
      ] as const)
        says(
          ended,
          1,
          new RegExp(
            `^UserError: (rank ${rank} of 3|rank ${2 - rank} aborted the run: rank ${2 - rank} of 3): lost (rank 1|ranks [01], [12]): the process ended`,
          ),
        );
    }
  });

  it("may be rank 0, which serves the store", async () => {
    const [, second] = await runRanks([rankProgram, "killedFirst"], 2);
    says(second!, 1, /^UserError: rank 1 of 2: lost the store at 127\.0\.0\.1:\d+: rank 0's process ended/);
  });

  it("is named if it is late", async () => {
    const port = await freePort();
    const start = (rank: number) => startRank([rankProgram, "late"], rankVariables(rank, 2, port, short));
    const [first, second] = [start(0), start(1)];
    says(await first.end, 1, /^UserError: rank 0 of 2: lost rank 1: .*time-out 10 s; .*barrier/);
    second.child.kill("SIGKILL");
    await second.end;
  });

  it("passes on its own message and exit code", async () => {
    const [first, second] = await runRanks([rankProgram, "mistaken"], 2);
    says(second!, 3, /^UserError: no such data$/m);
    says(first!, 3, /^UserError: rank 1 aborted the run: no such data$/m);
    for (const waiting of (await runRanks([rankProgram, "waiting"], 2)).slice(1))
      says(waiting, 1, /rank 0 aborted the run: disk full/);
  });
});

describe("a restarted rank", () => {
  const starting = async (scenario: string, size: number) => {
    const port = await freePort();
    return (rank: number, ...again: readonly string[]) =>
      startRank([rankProgram, scenario, ...again], rankVariables(rank, size, port));
  };

  it("takes part in work that starts afterwards", async () => {
    const start = await starting("comesBack", 3);
    const [first, second, third] = [start(0), start(1), start(2)];
    assert.equal((await second.end).signal, "SIGKILL");
    for (const { code, stdout, stderr } of await Promise.all([first.end, start(1, "again").end, third.end]))
      assert.deepEqual([code, stdout], [0, "3"], stderr);
  });

  it("aborts the run if it died during work that needs all ranks", async () => {
    const start = await starting("diesWithin", 2);
    const [first, second] = [start(0), start(1)];
    assert.equal((await second.end).signal, "SIGKILL");
    const [{ code, stderr }, after] = await Promise.all([first.end, start(1, "again").end]);
    assert.deepEqual([code, after.code], [1, 1]);
    assert.match(
      stderr,
      /^UserError: rank 1 aborted the run: rank 1 died during together, which needs all ranks$/m,
    );
  });

  it("replaces a process that is still running", async () => {
    const start = await starting("replaced", 2);
    const [first, old] = [start(0), start(1)];
    await Promise.race([once(old.child.stdout!, "data"), old.end]);
    const [{ code, stdout, stderr }, after] = await Promise.all([first.end, start(1, "again").end]);
    assert.deepEqual([code, after.code], [0, 0], stderr + after.stderr);
    assert.deepEqual([stdout, after.stdout], ['"new"', '"new"']);
    says(await old.end, 1, /^UserError: another process has replaced rank 1: this one exits/);
  });
});

describe("waiting ranks", () => {
  it("log the missing ranks, and can be stopped", async () => {
    const [first] = await runRanks([rankProgram, "stopped"], 2);
    assert.match(first!.stdout, /^waiting for rank 1, up to 30 s$/m);
    says(first!, 130, /^UserError: stopped$/m);
  });
});

describe("an inconsistent world", () => {
  const startOne = (more: Record<string, string>, scenario = "nothing") =>
    startRank([rankProgram, scenario], {
      ...process.env,
      MASTER_ADDR: "127.0.0.1",
      SUPERNET_DISTRIBUTED_TIMEOUT: "30",
      ...more,
    }).end;
  const hasty = { SUPERNET_DISTRIBUTED_TIMEOUT: "2" };

  it("reports a missing rank", async () => {
    const port = String(await freePort());
    says(
      await startOne({ MASTER_PORT: port, RANK: "0", WORLD_SIZE: "3", ...hasty }),
      1,
      /rank 0 of 3: ranks 1, 2 did not join within 2 s: start 3 processes/,
    );
    says(
      await startOne({ MASTER_PORT: port, RANK: "1", WORLD_SIZE: "3", ...hasty }),
      1,
      /rank 1 of 3: no rank 0 at MASTER_ADDR=127\.0\.0\.1, MASTER_PORT=\d+ within 2 s/,
    );
  });

  it("reports ranks with different sizes or recipes, or the same number", async () => {
    const cases: [Record<string, string>, Record<string, string>, RegExp][] = [
      [
        { RANK: "0", WORLD_SIZE: "2" },
        { RANK: "1", WORLD_SIZE: "3" },
        /ranks differ in WORLD_SIZE: rank 0 has 2, rank 1 has 3: start all ranks with the same settings/,
      ],
      [
        { RANK: "0", WORLD_SIZE: "2", TEST_FACT: "a" },
        { RANK: "1", WORLD_SIZE: "2", TEST_FACT: "b" },
        /ranks differ in recipe: rank 0 has a, rank 1 has b/,
      ],
    ];
    for (const [a, b, pattern] of cases) {
      const MASTER_PORT = String(await freePort());
      const both = await Promise.all([startOne({ MASTER_PORT, ...a }), startOne({ MASTER_PORT, ...b })]);
      for (const ended of both) says(ended, 1, pattern);
    }
    const MASTER_PORT = String(await freePort());
    const three = await Promise.all(
      ["0", "1", "1"].map((RANK) => startOne({ MASTER_PORT, RANK, WORLD_SIZE: "3" })),
    );
    for (const ended of three) says(ended, 1, /two processes have RANK=1/);
  });

  it("reports environment variables that are not valid", async () => {
    const cases: [Record<string, string>, RegExp][] = [
      [
        { RANK: "1", MASTER_ADDR: "" },
        /^UserError: RANK=1 requests several ranks, but MASTER_ADDR, MASTER_PORT, WORLD_SIZE are not set/,
      ],
      [
        { RANK: "2", WORLD_SIZE: "2", MASTER_PORT: "29500" },
        /^UserError: RANK=2: expected an integer from 0 to 1/,
      ],
      [
        { RANK: "0", WORLD_SIZE: "two", MASTER_PORT: "29500" },
        /^UserError: WORLD_SIZE=two: expected an integer/,
      ],
      [
        { RANK: "1", WORLD_SIZE: "2", MASTER_PORT: "29500", MASTER_ADDR: "no.such.host.invalid" },
        /^UserError: MASTER_ADDR=no\.such\.host\.invalid: .*check the name and the network/,
      ],
      [
        { RANK: "1", WORLD_SIZE: "2", MASTER_PORT: "29500", GLOO_SOCKET_IFNAME: "none0" },
        /^UserError: GLOO_SOCKET_IFNAME=none0: no interface of this name has an address/,
      ],
    ];
    for (const [variables, pattern] of cases) says(await startOne(variables), 1, pattern);
  });
});
