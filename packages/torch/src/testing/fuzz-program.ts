// Calls operators with junk for several rounds each. fuzz.slow.test.ts runs this program and notices if it crashes.
// Each call is first written to standard error, so the operator that crashed is known.
import { writeSync } from "node:fs";
import { Random } from "@supernet/base";
import { arange, manualSeed, ones, ops, randn, Tensor, tensor, tidy, zeros } from "../engine/index.js";
import { native } from "../engine/native.js";

const [from, to, rounds, seed] = process.argv.slice(2).map(Number) as [number, number, number, number];
const names = Object.keys(ops).slice(from, to);

const released = zeros([2]);
released.dispose();

// Sizes beyond the memory of any machine. Smaller ones would be valid calls that take minutes.
const HUGE = [2 ** 40, 2 ** 53, -(2 ** 31), 1e18];
// A polynomial takes as many steps as its order, so a huge order is not rejected but takes years.
const ORDERS = [-3, 0, 7, 1000];

function junk(random: Random, huge: readonly number[]): unknown {
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

function briefly(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(briefly).join(", ")}]`;
  if (value instanceof Tensor) return value.disposed ? "released" : `${value.dtype}[${value.shape}]`;
  if (typeof value === "object" && value !== null) return JSON.stringify(value);
  return String(value);
}

for (const name of names) {
  const call = (ops as unknown as Record<string, (...args: unknown[]) => unknown>)[name]!;
  for (let round = 0; round < rounds; round++) {
    const random = Random.of(seed, name, round);
    manualSeed(random.int(2 ** 31));
    const huge = /Polynomial/.test(name) ? ORDERS : HUGE;
    tidy(() => {
      // The first arguments are mostly tensors. Otherwise few calls would pass the conversion.
      const args = Array.from({ length: random.int(8) }, (_, i) =>
        i < 2 && random.uniform() < 0.7
          ? randn(random.pick([[2, 3], [1, 4, 8, 8], [4, 4], [3]]))
          : junk(random, huge),
      );
      writeSync(2, `${name}(${args.map(briefly).join(", ")})\n`);
      try {
        call(...args);
      } catch (error) {
        if (!(error instanceof Error))
          throw new Error(`${name} threw a value that is not an Error: ${String(error)}`);
      }
    });
  }
}

// The bridge's internal functions, which users do not call, must not crash either.
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
  try {
    const args = Array.from({ length: random.int(6) }, () =>
      random.uniform() < 0.7 ? random.pick(handles) : junk(random, HUGE),
    );
    if (call !== native.setGradEnabled) call(...args);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
}
process.stdout.write("survived");
process.exit(0);
