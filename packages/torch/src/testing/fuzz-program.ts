// Calls operators for several rounds each: in turn with arguments of the kinds that they accept but with hostile values,
// and with junk. fuzz.slow.test.ts and benchmarks/fuzz.mjs run this program and notice if it crashes.
// Each call is first written to standard error, so the operator that crashed is known.
import { writeSync } from "node:fs";
import { Random } from "@supernet/base";
import { arange, manualSeed, ones, ops, randn, Tensor, tensor, tidy, zeros } from "../engine/index.js";
import { native, type SchemaParameter } from "../engine/native.js";
import { camelCase } from "../generator/select.js";

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

/** Parameters of the overloads of each operator, by its name in `ops`. */
const overloads = new Map<string, SchemaParameter[][]>();
for (const { name, parameters } of native.schemas()) {
  if (!name.startsWith("aten::")) continue;
  const key = camelCase(name.slice("aten::".length));
  overloads.set(key, [...(overloads.get(key) ?? []), parameters]);
}

const LEAST = -(2n ** 63n);
const INTEGERS: readonly (number | bigint)[] = [0, 1, -1, 2, -2, 3, 7, -(2 ** 31), LEAST, -LEAST - 1n];
const FLOATS = [
  0,
  -0,
  1,
  -1,
  0.5,
  1e-45,
  1e38,
  -1e308,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
];

/** Returns a small tensor with values at the ends of its type's range. */
function hostileTensor(random: Random, order: boolean): Tensor {
  const shape = random.pick([[], [0], [1], [2], [3], [2, 3], [2, 2], [0, 3], [1, 3, 4, 4], [2, 2, 3, 3]]);
  const size = shape.reduce((product, length) => product * length, 1);
  const values = <T>(from: readonly T[]) => Array.from({ length: size }, () => random.pick(from));
  const makers: (() => Tensor)[] = [
    () => randn(shape),
    () => randn(shape).to({ dtype: "float64" }),
    () => tensor(values(order ? ORDERS : FLOATS), { shape }),
    () =>
      tensor(BigInt64Array.from(values(order ? [-3n, 0n, 7n] : [LEAST, -1n, 0n, 1n, 2n, -LEAST - 1n])), {
        shape,
      }),
    () =>
      tensor(Int32Array.from(values(order ? [-3, 0, 7] : [-(2 ** 31), -1, 0, 1, 2 ** 31 - 1])), { shape }),
    () => tensor(BigInt64Array.from(values([0n, 1n, 2n])), { shape }),
    () => tensor(Uint8Array.from(values([0, 1, 255])), { shape }),
    () => tensor(values([0, 1]), { shape, dtype: "bool" }),
    () => randn([3, ...shape]).select(0, 1),
  ];
  return random.pick(makers)();
}

/** Returns a hostile value of a parameter's kind. */
function hostile({ kind, fixedLength, optional }: SchemaParameter, random: Random, order: boolean): unknown {
  if (optional && random.uniform() < 0.3) return undefined;
  const integer = () => (order ? random.pick(ORDERS) : random.pick(INTEGERS));
  const list = <T>(make: () => T) => Array.from({ length: random.pick([0, 1, 2, 2, 3, 4]) }, make);
  switch (kind) {
    case "Tensor":
      return hostileTensor(random, order);
    case "Tensor[]":
    case "Tensor?[]":
      return list(() =>
        kind === "Tensor?[]" && random.uniform() < 0.3 ? undefined : hostileTensor(random, order),
      );
    case "int":
      return integer();
    case "float":
      return random.pick(FLOATS);
    case "Scalar":
      return order ? random.pick(ORDERS) : random.pick([...INTEGERS, 2 ** 31, ...FLOATS]);
    case "bool":
      return random.uniform() < 0.5;
    case "int[]":
      return fixedLength > 0 && random.uniform() < 0.5 ? integer() : list(integer);
    case "float[]":
      return list(() => random.pick(FLOATS));
    case "bool[]":
      return list(() => random.uniform() < 0.5);
    case "Scalar[]":
      return list(() => random.pick(FLOATS));
    case "string":
      return random.pick([
        "",
        "trunc",
        "floor",
        "mean",
        "sum",
        "none",
        "reflect",
        "ij",
        "xy",
        "linear",
        "forward",
      ]);
    case "dtype":
      return random.pick(["float32", "float64", "int64", "int32", "uint8", "bool", "float16", "bfloat16"]);
    default:
      return undefined;
  }
}

/** Returns arguments of the kinds that one overload of an operator accepts. */
function hostileArguments(name: string, random: Random, order: boolean): unknown[] | undefined {
  const all = overloads.get(name) ?? overloads.get(name.replace(/\$$/, ""));
  if (all === undefined) return undefined;
  const parameters = random.pick(all);
  const value = (parameter: SchemaParameter) => hostile(parameter, random, order);
  const options = parameters.filter(({ keywordOnly, written }) => keywordOnly && !written);
  return [
    ...parameters.filter(({ keywordOnly }) => !keywordOnly).map(value),
    ...(options.length > 0 && random.uniform() < 0.6
      ? [Object.fromEntries(options.map((parameter) => [camelCase(parameter.name), value(parameter)]))]
      : []),
  ];
}

function briefly(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(briefly).join(", ")}]`;
  if (value instanceof Tensor) return value.disposed ? "released" : `${value.dtype}[${value.shape}]`;
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "object" && value !== null)
    return `{${Object.entries(value)
      .map(([key, each]) => `${key}: ${briefly(each)}`)
      .join(", ")}}`;
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
      const anything = () =>
        Array.from({ length: random.int(8) }, (_, i) =>
          i < 2 && random.uniform() < 0.7
            ? randn(random.pick([[2, 3], [1, 4, 8, 8], [4, 4], [3]]))
            : junk(random, huge),
        );
      const args =
        (round % 2 === 0 ? hostileArguments(name, random, huge === ORDERS) : undefined) ?? anything();
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
