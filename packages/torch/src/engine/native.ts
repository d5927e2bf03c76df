import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { UserError, withoutStack } from "@supernet/base";

/** An operator of libtorch: handles and plain values in, handles and plain values out. */
export type NativeOperator = (...args: unknown[]) => unknown;

/** One parameter of an operator's schema, as the registry describes it. */
export interface SchemaParameter {
  name: string;
  kind: string;
  optional: boolean;
  keywordOnly: boolean;
  hasDefault: boolean;
  fixedLength: number;
  written: boolean;
}

export interface Schema {
  name: string;
  overload: string;
  parameters: SchemaParameter[];
  results: string[];
}

/** Version and build of libtorch, and the hardware it uses. */
export interface EngineInfo {
  /** libtorch's version, for example "1.13.1". */
  version: string;
  /** Build configuration of libtorch: BLAS, oneDNN, OpenMP, instruction sets. */
  config: string;
  /** Number of threads that one operator may use. */
  threads: number;
  /** Number of CUDA devices. */
  cudaDevices: number;
}

/** A store, a process group or a reducer of libtorch's c10d. */
export type DistributedHandle = object & { readonly [distributed]: never };
declare const distributed: unique symbol;

/** Communication between processes. Available if `distributedBackends` is not empty. */
export interface NativeDistributed {
  /** "gloo" or "gloo,nccl"; empty if libtorch or the addon was built without c10d. */
  readonly distributedBackends: string;
  openStore(host: string, port: number, serve: boolean, prefix: string, limit: number): DistributedHandle;
  storePort(store: DistributedHandle): number;
  storeSet(store: DistributedHandle, limit: number, key: string, value: string): void;
  storeGet(store: DistributedHandle, limit: number, key: string): string;
  storeAdd(store: DistributedHandle, limit: number, key: string, amount: number): number;
  storeCompareSet(
    store: DistributedHandle,
    limit: number,
    key: string,
    expected: string,
    desired: string,
  ): string;
  storeCheck(store: DistributedHandle, limit: number, key: string): boolean;
  localAddress(host: string, port: number): string;
  openGroup(
    store: DistributedHandle,
    name: string,
    rank: number,
    size: number,
    backend: string,
    address: string,
    limit: number,
  ): DistributedHandle;
  groupIsOpen(group: DistributedHandle): boolean;
  groupAllReduce(group: DistributedHandle, handle: number): void;
  groupBroadcast(group: DistributedHandle, handle: number, root: number): void;
  groupAllGather(group: DistributedHandle, handle: number): number[];
  groupBarrier(group: DistributedHandle): void;
  groupBatchNorm(
    group: DistributedHandle,
    x: number,
    weight: number | undefined,
    bias: number | undefined,
    runningMean: number | undefined,
    runningVar: number | undefined,
    momentum: number,
    eps: number,
  ): number;
  openReducer(group: DistributedHandle, parameters: number[]): DistributedHandle;
  reducerPrepare(reducer: DistributedHandle, output: number): number;
  closeDistributed(handle: DistributedHandle): void;
}

/** Exports of the addon. Tensors are passed as handles, which are integers; 0 means no tensor. */
export interface Native extends NativeDistributed {
  operator(name: string, overload: string, inPlace: boolean): NativeOperator;
  schemas(): Schema[];
  fromTypedArray(array: ArrayBufferView, shape: readonly number[], dtype: string): number;
  fromShared(array: Float32Array, shape: readonly number[]): number;
  toTypedArray(handle: number): ArrayBufferView;
  shape(handle: number): number[];
  dtype(handle: number): string;
  device(handle: number): string;
  item(handle: number): number;
  release(handle: number): void;
  releaseMany(handles: Int32Array, count: number): void;
  alias(handle: number): number;
  liveTensors(): number;
  setGradEnabled(enabled: boolean): boolean;
  setAutocast(device: string, dtype: string | undefined): string | undefined;
  requiresGrad(handle: number): boolean;
  setRequiresGrad(handle: number, value: boolean): void;
  getGrad(handle: number): number;
  setGrad(handle: number, gradient: number | undefined): void;
  backward(
    outputs: number[],
    gradients: number[] | undefined,
    retainGraph: boolean,
    createGraph: boolean,
  ): void;
  gradOf(
    outputs: number[],
    inputs: number[],
    gradients: number[] | undefined,
    retainGraph: boolean,
    createGraph: boolean,
  ): number[];
  info(): EngineInfo;
  setNumThreads(threads: number): void;
  getNumThreads(): number;
  manualSeed(seed: number): void;
  memory(): { inUse: number; cached: number; peak: number };
  resetPeakMemory(): void;
  reportMemory(): void;
  trimMemory(): void;
}

function load(): Native {
  const inPackage = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
  const addon = inPackage("build/torch.node");
  const build = `node ${inPackage("native/build.mjs")}`;
  if (!existsSync(addon)) {
    throw withoutStack(
      new UserError(
        `the engine is not built: run ${build} (it needs libtorch: apt-get install libtorch-dev libopenblas0-openmp)`,
      ),
    );
  }
  try {
    return createRequire(import.meta.url)(addon) as Native;
  } catch (error) {
    throw withoutStack(
      new UserError(
        `the engine cannot be loaded (${(error as Error).message}): if libtorch has changed, run ${build}; ` +
          "supernet doctor shows what is installed",
        { cause: error },
      ),
    );
  }
}

// OpenMP threads wait for each other by spinning for a large part of a millisecond. If another process is busy, that
// keeps the awaited thread off its core: a training step was measured to take six times as long. A short spin has no
// measurable cost on an otherwise idle machine. OpenMP reads this variable when it is loaded.
if (process.env.OMP_WAIT_POLICY === undefined) process.env.GOMP_SPINCOUNT ??= "1000";

// c10d logs every failed attempt to connect and then throws an error. For one of several ranks, the error is enough.
if (process.env.WORLD_SIZE !== undefined) {
  process.env.TORCH_CPP_LOG_LEVEL ??= "FATAL";
  // For builds of libtorch that log through glog, such as Debian's.
  process.env.GLOG_minloglevel ??= "3";
}

// Debian's libtorch 2.6 and 2.14 link UCX, which hooks the process's memory functions: it overwrites the start of mmap
// and others when it is loaded. In earlier tries, about 1 in 100 rank processes died with SIGSEGV inside V8. The hooks
// were suspected, not proven: with them off it was not seen.
process.env.UCX_MEM_EVENTS ??= "no";

export const native: Native = load();
