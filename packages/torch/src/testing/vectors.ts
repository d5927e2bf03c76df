import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { PYTHON, withoutModule } from "@supernet/testing";
import { type DType, type Tensor, tensor } from "../engine/index.js";

// Results of PyTorch, stored or computed now. See test-data/make_vectors.py.

export interface Packed {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

export interface Vectors {
  readonly layers: readonly {
    readonly name: string;
    readonly train: boolean;
    readonly state: Readonly<Record<string, Packed>>;
    readonly inputs: readonly Packed[];
    readonly outputs: readonly Packed[];
    readonly cotangent: Packed;
    readonly inputGradient: Packed;
    readonly gradients: Readonly<Record<string, Packed>>;
    readonly stateAfter: Readonly<Record<string, Packed>>;
  }[];
  readonly losses: readonly {
    readonly name: string;
    readonly inputs: readonly Packed[];
    readonly value: Packed;
    readonly gradient: Packed;
  }[];
  readonly trajectories: readonly {
    readonly name: string;
    readonly start: readonly Packed[];
    readonly gradients: readonly (readonly (Packed | null)[])[];
    readonly results: readonly (readonly Packed[])[];
  }[];
  readonly clips: readonly {
    readonly limit: number;
    readonly before: readonly Packed[];
    readonly norm: number;
    readonly after: readonly Packed[];
  }[];
  readonly averages: readonly {
    readonly decay: number;
    readonly states: readonly Readonly<Record<string, Packed>>[];
    readonly results: readonly Readonly<Record<string, Packed>>[];
  }[];
  readonly initials: { readonly layers: Readonly<Record<string, Packed>> } & Readonly<Record<string, Packed>>;
  readonly schedules: Readonly<Record<string, readonly number[]>>;
}

const folder = new URL("../../test-data/", import.meta.url);

export const storedJson = <T>(name: string): T => JSON.parse(readFileSync(new URL(name, folder), "utf8"));

/** Value for the option `skip` of tests that need PyTorch: the reason why it is missing, or false. */
export const withoutTorch = withoutModule("torch");

/** Returns the output of a script in test-data, which needs PyTorch. */
export const freshJson = <T>(script: string): T =>
  JSON.parse(
    execFileSync(PYTHON, [fileURLToPath(new URL(script, folder))], {
      encoding: "utf8",
      maxBuffer: 2 ** 26,
      stdio: ["ignore", "pipe", "pipe"],
    }),
  );

export const storedVectors = (): Vectors => storedJson("vectors.json");
export const freshVectors = (): Vectors => freshJson("make_vectors.py");

export function unpack(packed: Packed): Tensor {
  const data =
    packed.dtype === "int64" ? BigInt64Array.from(packed.values, BigInt) : Float64Array.from(packed.values);
  return tensor(data, { shape: packed.shape, dtype: packed.dtype });
}

/** Returns the largest difference, relative for values above 1. Returns infinity if shape or dtype differ. */
export function difference(actual: Tensor, expected: Packed): number {
  if (actual.dtype !== expected.dtype || actual.shape.join() !== expected.shape.join()) {
    return Number.POSITIVE_INFINITY;
  }
  const values = Array.from(actual.toTypedArray() as Float32Array, Number);
  return values.reduce((worst, value, i) => {
    const wanted = expected.values[i]!;
    const error = Math.abs(value - wanted) / Math.max(1, Math.abs(wanted));
    return Number.isNaN(error) ? Number.POSITIVE_INFINITY : Math.max(worst, error);
  }, 0);
}
