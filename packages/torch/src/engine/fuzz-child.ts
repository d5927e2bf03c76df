// Calls operators with junk until the time is up; run by fuzz.test.ts, which sees a crash as this process's end.
// The call in progress is written to standard error first, so that the operator that crashed is known.
import { writeSync } from "node:fs";
import { Random } from "../util/random.js";
import { arange, ones, ops, randn, type Tensor, tensor, tidy, zeros } from "./index.js";
import { native } from "./native.js";

const [from, to, rounds, seed] = process.argv.slice(2).map(Number) as [number, number, number, number];
const names = Object.keys(ops).slice(from, to);

const released = zeros([2]);
released.dispose();

function junk(random: Random): unknown {
  // Sizes that no machine has: smaller ones would be honest work of minutes.
  const huge = [2 ** 40, 2 ** 53, -(2 ** 31), 1e18];
  const makers: (() => unknown)[] = [
    () => randn([2, 3]),
    () => randn([1, 4, 8, 8]),
    () => randn([4, 4, 3, 3]),
    () => zeros([0, 3]),
    () => ones([]),
    () => arange(0, 6),
    () => tensor([0, -1, 99], { dtype: "int64" }),
    () => tensor([1, 0, 1], { dtype: "bool" }),
    () => tensor([Number.NaN, Number.POSITIVE_INFINITY]),
    () => released,
    () => random.int(5) - 2,
    () => random.pick(huge),
    () => random.uniform(-2, 2),
    () => Number.NaN,
    () => random.uniform() < 0.5,
    () => random.pick(["", "mean", "reflect", "floor", "trunc", "ij", "\u0000", "float32"]),
    () => [random.int(4) - 1, random.int(4) - 1],
    () => [random.pick(huge), 1],
    () => [],
    () => [randn([2, 3]), randn([2, 3])],
    () => [tensor([0], { dtype: "int64" }), undefined],
    () => undefined,
    () => null,
    () => ({}),
    () => ({ dtype: random.pick(["float32", "int64", "nonsense"]) }),
    () => ({ alpha: random.pick([1, Number.NaN, "x"]), roundingMode: "floor" }),
    () => Symbol("junk"),
    () => 10n ** 30n,
    () => () => 1,
  ];
  return random.pick(makers)();
}

for (const name of names) {
  writeSync(2, `${name}\n`);
  const call = (ops as unknown as Record<string, (...args: unknown[]) => unknown>)[name]!;
  for (let round = 0; round < rounds; round++) {
    const random = Random.of(seed, name, round);
    tidy(() => {
      // The first arguments are tensors more often than not: otherwise few calls would pass the conversion.
      const args = Array.from({ length: random.int(8) }, (_, i) =>
        i < 2 && random.uniform() < 0.7
          ? randn(random.pick([[2, 3], [1, 4, 8, 8], [4, 4], [3]]))
          : junk(random),
      );
      try {
        call(...args);
      } catch (error) {
        if (!(error instanceof Error)) throw new Error(`${name} threw what is no Error: ${String(error)}`);
      }
    });
  }
}

// The bridge's own functions, which no user calls, must not crash either.
writeSync(2, "bridge\n");
for (let round = 0; round < rounds * 10; round++) {
  const random = Random.of(seed, "bridge", round);
  const names = Object.keys(native).filter((name) => !["schemas", "setNumThreads", "info"].includes(name));
  const call = (native as unknown as Record<string, (...args: unknown[]) => unknown>)[random.pick(names)]!;
  const handles = [
    0,
    -1,
    1,
    2 ** 30,
    1.5,
    Number.NaN,
    "1",
    {},
    [],
    [-1],
    new Int32Array(2),
    new Uint8Array(3),
  ];
  const keep: Tensor[] = [];
  try {
    const args = Array.from({ length: random.int(6) }, () =>
      random.uniform() < 0.7 ? random.pick(handles) : junk(random),
    );
    if (call !== native.setGradEnabled) call(...args);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
  for (const made of keep) made.dispose();
}
process.stdout.write("survived");
process.exit(0);
