// One rank: runs the scenario that its first argument names and prints the result as JSON.

import { Random } from "@supernet/base";
import { distributed, fromTypedArray, nn, noGrad, ones, type Tensor, zeros } from "@supernet/torch";
import { backward, type Case, cases } from "./batch-norm-cases.js";

type World = distributed.World;

const half = (world: World, whole: Tensor): Tensor => {
  const n = whole.shape[0]! / world.size;
  return whole.narrow(0, world.rank * n, n);
};

/** Two linear layers that are used one at a time, and one that is never used. */
class Choice extends nn.Module {
  readonly a = new nn.Linear(4, 3);
  readonly b = new nn.Linear(4, 3);
  readonly idle = new nn.Linear(4, 3);

  forward(x: Tensor, which: "a" | "b"): Tensor {
    return this[which].forward(x);
  }
}

const numbers = (tensor: Tensor | undefined) => tensor && Array.from(tensor.toTypedArray(), Number);

/** @param again true if the rank was restarted */
const scenarios: Readonly<Record<string, (world: World, again: boolean) => unknown>> = {
  /** Each communication once. */
  together({ group, rank }) {
    const sum = fromTypedArray(Float32Array.of(rank + 1, 10), [2]);
    group.allReduce(sum);
    const last = zeros([2, 2]).fill_(rank);
    group.broadcast(last, group.size - 1);
    // Column-major.
    const turned = fromTypedArray(Float32Array.of(1, 2, 3, 4), [2, 2])
      .mul(rank === 0 ? 1 : 0)
      .t();
    group.broadcast(turned);
    // A column of a matrix, and a matrix that is row-major on rank 0 and column-major on the others.
    const matrix = zeros([2, 2]);
    group.allReduce(matrix.narrow(1, 0, 1).add_(1));
    const inOrder = fromTypedArray(Float32Array.of(1, 2, 3, 4), [2, 2]);
    const mixed = rank === 0 ? inOrder : inOrder.t().contiguous().t();
    group.allReduce(mixed);
    group.barrier();
    return {
      sum: numbers(sum),
      last: numbers(last),
      turned: numbers(turned),
      matrix: numbers(matrix),
      mixed: numbers(mixed),
      all: group.allGather(fromTypedArray(BigInt64Array.of(BigInt(rank)), [1])).map(numbers),
      text: group.broadcastText(rank === 0 ? "größer" : ""),
      nothing: group.broadcastText(""),
      tensors: Array.from(
        group.broadcastTensors(new Map(rank === 0 ? [["w", ones([2, 1])]] : [])),
        ([name, w]) => [name, w.shape, numbers(w)],
      ),
    };
  },

  store({ store, rank, group }) {
    const sum = store.add("count", rank + 1);
    if (rank === 0) store.set("key", "größer");
    group.barrier();
    const first = store.compareSet("claimed", "", String(rank));
    const value = store.get("key");
    group.barrier();
    return { sum, first, value, total: store.add("count", 0), none: store.get("none") ?? null };
  },

  /** Gradients of a model whose modules are used by different ranks, passes and iterations. */
  reducer(world) {
    const model = new Choice();
    for (const parameter of model.parameters()) noGrad(() => parameter.fill_(0.1));
    const reducer = world.reducer(model.parameters());
    const seen: unknown[] = [];
    // The module that each rank uses, by iteration and pass.
    for (const passes of [
      [["a", "a"]],
      [["b", "b"]],
      [["a", "b"]],
      [
        ["a", "a"],
        ["b", "b"],
      ],
    ] as const) {
      for (const [i, uses] of passes.entries()) {
        const x = fromTypedArray(Float32Array.of(1, 2, 3, 4 + world.rank), [1, 4]);
        const loss = model.forward(x, uses[world.rank]!).sum();
        (i === passes.length - 1 ? reducer.prepare(loss) : loss).backward();
      }
      seen.push(
        Object.fromEntries(
          [...model.namedParameters()].map(([name, { grad }]) => [name, numbers(grad) ?? null]),
        ),
      );
      for (const parameter of model.parameters()) parameter.grad = undefined;
    }
    return seen;
  },

  /** A rank's share of each batch-norm case. */
  batchNorm(world) {
    return Object.fromEntries(
      cases.map((testCase: Case) => [
        testCase.name,
        backward(
          testCase,
          (x) => half(world, x),
          (norm) => nn.synchronizeBatchNorm(norm, world.group),
        ),
      ]),
    );
  },

  /** Unequal shares: rank 0 has one image and rank 1 has four. */
  unequal(world) {
    const whole = fromTypedArray(
      Float32Array.from({ length: 5 * 2 * 3 }, () => random.normal()),
      [5, 2, 3, 1],
    );
    const norm = new nn.BatchNorm2d(2);
    nn.synchronizeBatchNorm(norm, world.group);
    const x = world.rank === 0 ? whole.narrow(0, 0, 1) : whole.narrow(0, 1, 4);
    return {
      y: numbers(norm.forward(x)),
      mean: numbers(norm.running_mean),
      variance: numbers(norm.running_var),
    };
  },

  /** Images without channels. Kernels would divide by their number. */
  noChannels({ group }) {
    const none = { weight: undefined, bias: undefined, running_mean: undefined, running_var: undefined };
    try {
      group.batchNorm(zeros([2, 0, 3, 3]), none, { momentum: 0.1, eps: 1e-5 });
      return null;
    } catch (error) {
      return (error as Error).message;
    }
  },

  /** Rank 1 is killed. */
  killed(world) {
    if (world.rank === 1) process.kill(process.pid, "SIGKILL");
    world.group.barrier();
  },

  /** Rank 0, which serves the store, is killed. */
  killedFirst(world) {
    if (world.rank === 0) process.kill(process.pid, "SIGKILL");
    world.group.barrier();
  },

  /** Rank 1 throws a UserError. */
  mistaken(world) {
    if (world.rank === 1) throw Object.assign(new Error("no such data"), { name: "UserError", exitCode: 3 });
    world.group.barrier();
  },

  /** Rank 1 does not take part until it is killed. */
  async late(world) {
    if (world.rank === 1) await new Promise((resolve) => setTimeout(resolve, 600_000));
    world.group.barrier();
  },

  /** Rank 1 is killed before its backward pass. */
  gone(world) {
    const model = new nn.Linear(2, 2);
    const reducer = world.reducer(model.parameters());
    const loss = model.forward(ones([1, 2])).sum();
    const prepared = reducer.prepare(loss);
    if (world.rank === 1) process.kill(process.pid, "SIGKILL");
    prepared.backward();
  },

  /** The others wait for rank 0, which fails meanwhile. */
  async waiting(world) {
    if (world.rank > 0) return world.wait("never");
    await new Promise((resolve) => setTimeout(resolve, 300));
    throw Object.assign(new Error("disk full"), { name: "UserError", exitCode: 1 });
  },

  /** Communicates for as long as possible, and prints a line after the start. */
  async longer(world) {
    for (let i = 0; ; i++) {
      world.group.allReduceSums([1]);
      if (i === 3) process.stdout.write("going\n");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  },

  /** Rank 1 dies between two pieces of work. */
  async comesBack(world, again) {
    if (world.rank === 1 && !again) process.kill(process.pid, "SIGKILL");
    await world.openGroup("together", callbacks);
    return world.group.allReduceSums([1])[0];
  },

  /** Rank 1 dies after it has joined but before the others have, and is restarted. */
  async diesWithin(world, again) {
    if (world.rank === 0) await world.wait("gather/together/1");
    await world.openGroup("together", {
      ...callbacks,
      check() {
        if (world.rank === 1 && !again) process.kill(process.pid, "SIGKILL");
      },
    });
  },

  /** Rank 1 never joins rank 0, which is stopped after it has logged that. */
  async stopped(world) {
    if (world.rank === 1) return world.wait("never");
    let logged = false;
    await world.openGroup("together", {
      log(line) {
        process.stdout.write(`${line}\n`);
        logged = true;
      },
      check() {
        if (logged) throw Object.assign(new Error("stopped"), { name: "UserError", exitCode: 130 });
      },
    });
  },

  /** Rank 1 reports that it is running, and continues until another process claims to be rank 1. */
  async replaced(world, again) {
    if (world.rank === 0) {
      await world.wait("there");
      await world.store.wait("old has ended", { timeout: 60_000, check: () => world.throwIfFailed() });
      return "new";
    }
    if (!again) {
      process.stdout.write("there\n");
      try {
        return await world.wait("never");
      } finally {
        world.store.setFlag("old has ended");
      }
    }
    world.store.set("there", "new");
    return "new";
  },

  nothing: () => ({}),
};

const UNGATHERED = ["comesBack", "diesWithin", "stopped", "replaced"];
const callbacks = { check() {}, log() {} };
const random = Random.of("distributed");

async function main(name: string, again: boolean, fact = "same"): Promise<void> {
  let world: World | undefined;
  try {
    world = await distributed.joinFromEnvironment(process.env, { device: "cpu", facts: { recipe: fact } });
    if (!UNGATHERED.includes(name)) await world!.openGroup("test", callbacks);
    const result = await scenarios[name]!(world!, again);
    process.stdout.write(JSON.stringify(result ?? null));
    await world!.leave();
  } catch (error) {
    const cause = (world ? await world.fail(error) : error) as Error & { exitCode?: number };
    process.stderr.write(`${cause.name}: ${cause.message}\n`);
    process.exitCode = cause.exitCode ?? 70;
  }
}

await main(process.argv[2]!, process.argv[3] === "again", process.env.TEST_FACT);
