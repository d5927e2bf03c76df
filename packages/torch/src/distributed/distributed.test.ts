import assert from "node:assert/strict";
import { once } from "node:events";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { Random } from "@supernet/base";
import { nn } from "../index.js";
import { backward, type Case, cases, type Found } from "./batch-norm-cases.js";
import { isLoss } from "./group.js";
import { type Ended, freePort, rankVariables, runRanks, startRank } from "./testing.js";

const program = fileURLToPath(new URL("./test-rank.js", import.meta.url));

/** What each of `size` ranks finds. */
async function found(scenario: string, size = 2): Promise<never[]> {
  const all = await runRanks([program, scenario], size);
  return all.map(({ code, stdout, stderr }) => {
    assert.equal(code, 0, stderr);
    assert.equal(stderr, "");
    return JSON.parse(stdout) as never;
  });
}

const near = (
  actual: readonly number[],
  expected: readonly number[],
  tolerance: number,
  what: string,
): void => {
  assert.equal(actual.length, expected.length, what);
  for (const [i, value] of expected.entries())
    assert.ok(Math.abs(actual[i]! - value) <= tolerance, `${what}[${i}]: ${actual[i]}, not ${value}`);
};

describe("a process group", () => {
  it("sums, gives what one rank has to all, and gathers what all have", async () => {
    for (const size of [2, 3]) {
      for (const result of await found("together", size)) {
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
    const [only] = (await found("together", 1)) as { sum: number[] }[];
    assert.deepEqual(only!.sum, [1, 10]);
  });
});

describe("the store", () => {
  it("is one for all ranks", async () => {
    const results = (await found("store", 3)) as Record<string, unknown>[];
    assert.deepEqual(results.map(({ sum }) => sum).sort(), sumsInSomeOrder(results));
    const firsts = new Set(results.map(({ first }) => first));
    assert.equal(firsts.size, 1);
    for (const result of results) {
      assert.deepEqual([result.value, result.total, result.none], ["größer", 6, null]);
    }
  });
});

/** Partial sums of 1, 2 and 3 in whatever order the ranks came: the last is 6, and each step is one of them. */
function sumsInSomeOrder(results: readonly Record<string, unknown>[]): number[] {
  const sums = results.map(({ sum }) => sum as number).sort((a, b) => a - b);
  const steps = sums.map((sum, i) => sum - (sums[i - 1] ?? 0)).sort((a, b) => a - b);
  assert.deepEqual(steps, [1, 2, 3]);
  return sums;
}

describe("the reducer", () => {
  it("averages what any rank used in any pass, and leaves alone what none did", async () => {
    const both = (await found("reducer")) as Record<string, number[] | null>[][];
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

describe("synchronised batch-norm", () => {
  it("is that of the whole batch, and so is its derivative", async () => {
    const parts = (await found("batchNorm")) as Record<string, Found>[];
    for (const one of cases as readonly Case[]) {
      const whole = backward(
        one,
        (x) => x,
        () => {},
      );
      const [a, b] = parts.map((part) => part[one.name]!) as [Found, Found];
      // A bfloat16 has 8 significant bits; a float32 near 300, 2e-5 of a number of size 1.
      const tolerance = one.bfloat16 ? 0.06 : one.offset ? 2e-4 : 2e-6;
      near([...a.y, ...b.y], whole.y, tolerance, `${one.name} y`);
      near([...a.dx, ...b.dx], whole.dx, tolerance, `${one.name} dx`);
      const summed = (x: number[] | null, y: number[] | null) => x?.map((value, i) => value + y![i]!) ?? [];
      near(summed(a.dWeight, b.dWeight), whole.dWeight ?? [], 20 * tolerance, `${one.name} dWeight`);
      near(summed(a.dBias, b.dBias), whole.dBias ?? [], 20 * tolerance, `${one.name} dBias`);
      assert.deepEqual([a.mean, a.variance, a.batches], [b.mean, b.variance, b.batches]);
      near(a.mean ?? [], whole.mean ?? [], one.bfloat16 ? 1e-3 : 2e-5, `${one.name} mean`);
      near(a.variance ?? [], whole.variance ?? [], one.bfloat16 ? 1e-2 : 2e-4, `${one.name} variance`);
      assert.equal(a.batches, whole.batches);
    }
  });

  it("refuses images without channels", async () => {
    for (const message of await found("noChannels"))
      assert.match(String(message), /batch-norm takes \[N, C, \.\.\.\], got \[2, 0, 3, 3\]/);
  });

  it("weighs each rank by its number of images", async () => {
    const [one, four] = (await found("unequal")) as { y: number[]; mean: number[]; variance: number[] }[];
    const random = Random.of("distributed");
    const { fromTypedArray } = await import("../index.js");
    const whole = fromTypedArray(
      Float32Array.from({ length: 30 }, () => random.normal()),
      [5, 2, 3, 1],
    );
    const norm = new nn.BatchNorm2d(2);
    const numbers = (tensor: { toTypedArray(): ArrayLike<unknown> }) =>
      Array.from(tensor.toTypedArray(), Number);
    near([...one!.y, ...four!.y], numbers(norm.forward(whole)), 2e-6, "y");
    near(one!.mean, numbers(norm.running_mean!), 2e-6, "mean");
    near(four!.variance, numbers(norm.running_var!), 2e-6, "variance");
  });
});

/** The one line by which a rank ends. */
function says({ code, stderr }: Ended, exitCode: number, pattern: RegExp): void {
  assert.equal(code, exitCode, stderr);
  assert.match(stderr, pattern);
  assert.equal(stderr.trim().split("\n").length, 1, stderr);
}

describe("a rank that is lost", () => {
  it("is told from other errors by how gloo, NCCL and the store speak", () => {
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

  // Longer than one rank may take to start after another.
  const short = { SUPERNET_DISTRIBUTED_TIMEOUT: "10" };

  it("is named by the others, whether it was killed within a communication or a backward pass", async () => {
    for (const scenario of ["killed", "gone"]) {
      const [first, second, third] = await runRanks([program, scenario], 3);
      assert.equal(second!.signal, "SIGKILL");
      for (const [rank, ended] of [
        [0, first!],
        [2, third!],
      ] as const)
        says(ended, 1, new RegExp(`^UserError: rank ${rank} of 3: lost rank 1: the process ended`));
    }
  });

  it("is rank 0, and the store with it", async () => {
    const [, second] = await runRanks([program, "killedFirst"], 2);
    says(second!, 1, /^UserError: rank 1 of 2: lost the store at 127\.0\.0\.1:\d+: rank 0's process ended/);
  });

  it("is named where it is too late", async () => {
    const port = await freePort();
    const start = (rank: number) => startRank([program, "late"], rankVariables(rank, 2, port, short));
    const [first, second] = [start(0), start(1)];
    says(await first.end, 1, /^UserError: rank 0 of 2: lost rank 1: .*time-out 10 s; .*barrier/);
    second.child.kill("SIGKILL");
    await second.end;
  });

  it("passes its own words on, with its exit code", async () => {
    const [first, second] = await runRanks([program, "mistaken"], 2);
    says(second!, 3, /^UserError: no such data$/m);
    says(first!, 3, /^UserError: rank 1 ended the run: no such data$/m);
    for (const waiting of (await runRanks([program, "waiting"], 2)).slice(1))
      says(waiting, 1, /rank 0 ended the run: disk full/);
  });
});

describe("a rank that is started again", () => {
  const starting = async (scenario: string, size: number) => {
    const port = await freePort();
    return (rank: number, ...again: readonly string[]) =>
      startRank([program, scenario, ...again], rankVariables(rank, size, port));
  };

  it("takes part in what is begun then", async () => {
    const start = await starting("comesBack", 3);
    const [first, second, third] = [start(0), start(1), start(2)];
    assert.equal((await second.end).signal, "SIGKILL");
    for (const { code, stdout, stderr } of await Promise.all([first.end, start(1, "again").end, third.end]))
      assert.deepEqual([code, stdout], [0, "3"], stderr);
  });

  it("ends the run where it died within what takes all", async () => {
    const start = await starting("diesWithin", 2);
    const [first, second] = [start(0), start(1)];
    assert.equal((await second.end).signal, "SIGKILL");
    const [{ code, stderr }, after] = await Promise.all([first.end, start(1, "again").end]);
    assert.deepEqual([code, after.code], [1, 1]);
    assert.match(
      stderr,
      /^UserError: rank 1 ended the run: rank 1 died within together, which takes all ranks$/m,
    );
  });

  it("takes the place of one that is still there", async () => {
    const start = await starting("replaced", 2);
    const [first, old] = [start(0), start(1)];
    await Promise.race([once(old.child.stdout!, "data"), old.end]);
    const [{ code, stdout, stderr }, after] = await Promise.all([first.end, start(1, "again").end]);
    assert.deepEqual([code, after.code], [0, 0], stderr + after.stderr);
    assert.deepEqual([stdout, after.stdout], ['"new"', '"new"']);
    says(await old.end, 1, /^UserError: another process has taken the place of rank 1: this one ends/);
  });
});

describe("ranks that gather", () => {
  it("say whom they wait for, and may be stopped", async () => {
    const [first] = await runRanks([program, "stopped"], 2);
    assert.match(first!.stdout, /^waiting for rank 1, up to 30 s$/m);
    says(first!, 130, /^UserError: stopped$/m);
  });
});

describe("a world that does not fit together", () => {
  const one = (more: Record<string, string>, scenario = "nothing") =>
    startRank([program, scenario], {
      ...process.env,
      MASTER_ADDR: "127.0.0.1",
      SUPERNET_DISTRIBUTED_TIMEOUT: "30",
      ...more,
    }).end;
  const hasty = { SUPERNET_DISTRIBUTED_TIMEOUT: "2" };

  it("lacks a rank", async () => {
    const port = String(await freePort());
    says(
      await one({ MASTER_PORT: port, RANK: "0", WORLD_SIZE: "3", ...hasty }),
      1,
      /rank 0 of 3: ranks 1, 2 did not join within 2 s: are 3 processes started/,
    );
    says(
      await one({ MASTER_PORT: port, RANK: "1", WORLD_SIZE: "3", ...hasty }),
      1,
      /rank 1 of 3: no rank 0 at MASTER_ADDR=127\.0\.0\.1, MASTER_PORT=\d+ within 2 s/,
    );
  });

  it("has ranks of different sizes, recipes, or the same number", async () => {
    const cases: [Record<string, string>, Record<string, string>, RegExp][] = [
      [
        { RANK: "0", WORLD_SIZE: "2" },
        { RANK: "1", WORLD_SIZE: "3" },
        /ranks differ in WORLD_SIZE: rank 0 has 2, rank 1 3: start all alike/,
      ],
      [
        { RANK: "0", WORLD_SIZE: "2", TEST_FACT: "a" },
        { RANK: "1", WORLD_SIZE: "2", TEST_FACT: "b" },
        /ranks differ in recipe: rank 0 has a, rank 1 b/,
      ],
    ];
    for (const [a, b, pattern] of cases) {
      const MASTER_PORT = String(await freePort());
      const both = await Promise.all([one({ MASTER_PORT, ...a }), one({ MASTER_PORT, ...b })]);
      for (const ended of both) says(ended, 1, pattern);
    }
    const MASTER_PORT = String(await freePort());
    const three = await Promise.all(
      ["0", "1", "1"].map((RANK) => one({ MASTER_PORT, RANK, WORLD_SIZE: "3" })),
    );
    for (const ended of three) says(ended, 1, /two processes say that they are rank 1/);
  });

  it("says so where the variables make no sense", async () => {
    const cases: [Record<string, string>, RegExp][] = [
      [
        { RANK: "1", MASTER_ADDR: "" },
        /^UserError: RANK=1 ask for training on several ranks, but MASTER_ADDR, MASTER_PORT, WORLD_SIZE are not set/,
      ],
      [
        { RANK: "2", WORLD_SIZE: "2", MASTER_PORT: "29500" },
        /^UserError: RANK=2: expected a whole number from 0 to 1/,
      ],
      [
        { RANK: "0", WORLD_SIZE: "two", MASTER_PORT: "29500" },
        /^UserError: WORLD_SIZE=two: expected a whole number/,
      ],
      [
        { RANK: "1", WORLD_SIZE: "2", MASTER_PORT: "29500", MASTER_ADDR: "no.such.host.invalid" },
        /^UserError: MASTER_ADDR=no\.such\.host\.invalid: .*is the name right/,
      ],
      [
        { RANK: "1", WORLD_SIZE: "2", MASTER_PORT: "29500", GLOO_SOCKET_IFNAME: "none0" },
        /^UserError: GLOO_SOCKET_IFNAME=none0: there is no such interface/,
      ],
    ];
    for (const [variables, pattern] of cases) says(await one(variables), 1, pattern);
  });
});
