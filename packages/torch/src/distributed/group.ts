import { setTimeout as sleep } from "node:timers/promises";
import {
  requireFunction,
  requireInstance,
  requireInteger,
  requireNumber,
  requireOptions,
  requireString,
} from "@supernet/base";
import { wrapList } from "../engine/call.js";
import { fromTypedArray, type Tensor, zeros } from "../engine/index.js";
import type { DistributedHandle } from "../engine/native.js";
import { requireDevice, wrap } from "../engine/tensor.js";
import { backendFor, requireDistributed } from "./native.js";
import { Store } from "./store.js";

/** Interval between two checks whether all ranks are connected. */
const POLL_INTERVAL_MS = 5;

/** Options of a {@link ProcessGroup}. */
export interface GroupOptions {
  /** Name that no other group of the store has. */
  readonly name: string;
  readonly rank: number;
  readonly size: number;
  /** Device of the tensors: "cpu" or "cuda:N". */
  readonly device: string;
  /** Address that the other ranks use to reach this host. NCCL does not use it. */
  readonly address: string;
  /** Maximum number of milliseconds that one communication may take. */
  readonly timeout: number;
}

/** Tensors of a batch-norm, each with one number per channel. */
export interface ChannelTensors {
  readonly weight: Tensor | undefined;
  readonly bias: Tensor | undefined;
  readonly running_mean: Tensor | undefined;
  readonly running_var: Tensor | undefined;
}

/** Error of a communication in which another rank did not take part in time, or whose connection failed. */
export class CommunicationError extends Error {
  override readonly name = "CommunicationError";
}

/**
 * Group of ranks that communicate: c10d's process group. All ranks call its methods in the same order, each with a
 * tensor of the same shape and dtype. A call returns when the communication is complete.
 * @throws CommunicationError if another rank is gone, or does not take part in time
 */
export class ProcessGroup {
  readonly rank: number;
  readonly size: number;
  readonly #device: string;
  readonly #handle: DistributedHandle;

  private constructor(store: Store, { name, rank, size, device, address, timeout }: GroupOptions) {
    this.rank = rank;
    this.size = size;
    this.#device = device;
    const backend = backendFor(device);
    this.#handle = requireDistributed().openGroup(store.handle, name, rank, size, backend, address, timeout);
  }

  /**
   * Connects to the other ranks, all of which must call this.
   * @param store used only by the group, until all ranks are connected
   * @param check called repeatedly while waiting for the others. An exception stops the wait
   */
  static async open(store: Store, options: GroupOptions, check: () => void): Promise<ProcessGroup> {
    requireInstance("ProcessGroup.open: store", store, Store);
    requireGroupOptions("ProcessGroup.open", options);
    requireFunction("ProcessGroup.open: check", check);
    const group = new ProcessGroup(store, options);
    while (!group.#translateLoss(() => requireDistributed().groupIsOpen(group.#handle))) {
      check();
      await sleep(POLL_INTERVAL_MS);
    }
    return group;
  }

  /** Replaces the tensor with the sum over all ranks. */
  allReduce(tensor: Tensor): void {
    this.#translateLoss(() => requireDistributed().groupAllReduce(this.#handle, tensor.h));
  }

  /** Copies the tensor of rank `root` to all ranks. */
  broadcast(tensor: Tensor, root = 0): void {
    this.#translateLoss(() => requireDistributed().groupBroadcast(this.#handle, tensor.h, root));
  }

  /** Returns the tensors of all ranks, in the order of ranks. */
  allGather(tensor: Tensor): Tensor[] {
    return wrapList(this.#translateLoss(() => requireDistributed().groupAllGather(this.#handle, tensor.h)));
  }

  /** Returns when all ranks have called this. */
  barrier(): void {
    this.#translateLoss(() => requireDistributed().groupBarrier(this.#handle));
  }

  /** Returns the sum over all ranks of each number. All ranks pass arrays of the same length. */
  allReduceSums(numbers: readonly number[]): number[] {
    using tensor = fromTypedArray(Float64Array.from(numbers), [numbers.length], { device: this.#device });
    this.allReduce(tensor);
    return Array.from(tensor.toTypedArray(), Number);
  }

  /** Returns rank 0's text. The texts of other ranks are ignored. */
  broadcastText(text: string): string {
    const bytes = this.rank === 0 ? new TextEncoder().encode(text) : new Uint8Array();
    using length = fromTypedArray(BigInt64Array.of(BigInt(bytes.length)), [1], { device: this.#device });
    this.broadcast(length);
    const size = length.item();
    using content =
      this.rank === 0
        ? fromTypedArray(bytes, [size], { device: this.#device })
        : zeros([size], { dtype: "uint8", device: this.#device });
    if (size > 0) this.broadcast(content);
    return new TextDecoder().decode(content.toTypedArray() as Uint8Array);
  }

  /** Returns copies of rank 0's tensors, which the caller disposes of. The tensors of other ranks are ignored. */
  broadcastTensors(tensors: ReadonlyMap<string, Tensor>): Map<string, Tensor> {
    const outline = JSON.stringify(
      Array.from(tensors, ([name, { shape, dtype }]) => ({ name, shape, dtype })),
    );
    const device = this.#device;
    const all = new Map<string, Tensor>();
    for (const { name, shape, dtype } of JSON.parse(this.broadcastText(outline))) {
      const tensor = zeros(shape, { dtype, device });
      const source = this.rank === 0 && tensors.get(name);
      if (source) tensor.copy_(source);
      this.broadcast(tensor);
      all.set(name, tensor);
    }
    return all;
  }

  /**
   * Normalizes [N, C, ...] by the statistics of x on all ranks, and updates the running statistics with them, as
   * torch.nn.SyncBatchNorm does. Differentiable. N may differ between ranks.
   */
  batchNorm(
    x: Tensor,
    tensors: ChannelTensors,
    { momentum, eps }: { readonly momentum: number; readonly eps: number },
  ): Tensor {
    const { weight, bias, running_mean, running_var } = tensors;
    const handles = [weight?.h, bias?.h, running_mean?.h, running_var?.h] as const;
    return wrap(
      this.#translateLoss(() =>
        requireDistributed().groupBatchNorm(this.#handle, x.h, ...handles, momentum, eps),
      ),
    );
  }

  /** Creates c10d's Reducer for parameters, in the model's order. */
  reducer(parameters: readonly Tensor[]): Reducer {
    const handles = parameters.map((parameter) => parameter.h);
    return new Reducer(this.#translateLoss(() => requireDistributed().openReducer(this.#handle, handles)));
  }

  /** Closes the connections. Communications in progress fail on all ranks. */
  close(): void {
    requireDistributed().closeDistributed(this.#handle);
  }

  #translateLoss<T>(body: () => T): T {
    try {
      return body();
    } catch (error) {
      if (!isLoss(error)) throw error;
      const message = (error as Error).message.split("\n")[0]!;
      throw new CommunicationError(`rank ${this.rank} of ${this.size}: ${message}`, { cause: error });
    }
  }
}

function requireGroupOptions(subject: string, options: GroupOptions): void {
  requireOptions<GroupOptions>(subject, options, ["name", "rank", "size", "device", "address", "timeout"]);
  const { name, rank, size, device, address, timeout } = options;
  requireString(`${subject}: name`, name);
  requireInteger(`${subject}: size`, size, { min: 1 });
  requireInteger(`${subject}: rank`, rank, { min: 0, max: size - 1 });
  requireDevice(`${subject}: device`, device);
  requireString(`${subject}: address`, address);
  requireNumber(`${subject}: timeout`, timeout, { min: 0 });
}

/**
 * Averages gradients over the ranks during the backward pass. Parameters are grouped in buckets, each of which is sent
 * as soon as its gradients are ready. Parameters that no rank uses keep their gradient, or none.
 * See [Li et al., "PyTorch Distributed"](https://arxiv.org/abs/2006.15704), 2020.
 */
export class Reducer {
  readonly #handle: DistributedHandle;

  /** @internal see `ProcessGroup.reducer` */
  constructor(handle: DistributedHandle) {
    this.#handle = handle;
  }

  /**
   * Prepares the next backward pass: it then leaves the average of all ranks' gradients in the parameters, including
   * gradients from earlier passes. A pass without this adds only to this rank's gradients.
   * @returns the scalar to start the pass with, equal to `output`
   */
  prepare(output: Tensor): Tensor {
    return wrap(requireDistributed().reducerPrepare(this.#handle, output.h));
  }

  /** Releases the reducer. */
  close(): void {
    requireDistributed().closeDistributed(this.#handle);
  }
}

/**
 * Messages of gloo, NCCL and c10d's store about another process that is gone or late. The pattern is applied to any
 * error of a run, so it must not match other uses of words such as "connected" or "time".
 */
const LOSS = new RegExp(
  [
    "\\btimed? ?out\\b",
    "\\bconnection (was )?(likely )?(closed|reset|refused|abort)",
    "\\b(failed|trying) to connect\\b",
    "\\bendpoint is not connected\\b",
    "\\bno route to host\\b|\\bnetwork is (down|unreachable)\\b",
    "\\bbroken pipe\\b",
    "\\b(client|server) socket\\b|\\bSocketImpl\\b",
    "\\bgloo/|\\bnccl",
  ].join("|"),
  "i",
);

/** Whether an error, possibly from a backward pass, was caused by another rank that is gone or late. */
export const isLoss = (error: unknown): boolean =>
  error instanceof CommunicationError || (error instanceof Error && LOSS.test(error.message));
