import { setTimeout as sleep } from "node:timers/promises";
import { wrapList } from "../engine/call.js";
import { fromTypedArray, type Tensor, zeros } from "../engine/index.js";
import type { DistributedHandle } from "../engine/native.js";
import { wrap } from "../engine/tensor.js";
import { backendFor, distributed } from "./native.js";
import type { Store } from "./store.js";

/** Milliseconds between two looks at whether all ranks are connected. */
const PAUSE = 5;

export interface GroupOptions {
  /** That no other group of the store has. */
  readonly name: string;
  readonly rank: number;
  readonly size: number;
  /** Of the tensors: "cpu" or "cuda:N". */
  readonly device: string;
  /** Of this host, at which the other ranks reach it; NCCL finds its own. */
  readonly address: string;
  /** The most that one communication may take, in milliseconds. */
  readonly timeout: number;
}

/** What a batch-norm works with, one number a channel each. */
export interface ChannelTensors {
  readonly weight: Tensor | undefined;
  readonly bias: Tensor | undefined;
  readonly running_mean: Tensor | undefined;
  readonly running_var: Tensor | undefined;
}

/** A communication in which another rank did not take part in time, or whose connection broke. */
export class CommunicationError extends Error {
  override readonly name = "CommunicationError";
}

/**
 * c10d's process group: what all ranks do together, each with a tensor of the same shape and dtype, all in the same
 * order. A call returns when it is done.
 * @throws CommunicationError where another rank is gone, or does not take part in time
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
    this.#handle = distributed().openGroup(store.handle, name, rank, size, backend, address, timeout);
  }

  /**
   * Connects to the other ranks, which all have to do so.
   * @param store of the group alone: it is in use until all are connected
   * @param look called now and then while others are waited for; what it throws ends the waiting
   */
  static async open(store: Store, options: GroupOptions, look: () => void): Promise<ProcessGroup> {
    const group = new ProcessGroup(store, options);
    while (!group.#together(() => distributed().groupIsOpen(group.#handle))) {
      look();
      await sleep(PAUSE);
    }
    return group;
  }

  /** Makes the tensor the sum of all ranks'. */
  allReduce(tensor: Tensor): void {
    this.#together(() => distributed().groupAllReduce(this.#handle, tensor.h));
  }

  /** Makes the tensor that of rank `root`. */
  broadcast(tensor: Tensor, root = 0): void {
    this.#together(() => distributed().groupBroadcast(this.#handle, tensor.h, root));
  }

  /** The tensors of all ranks, in their order. */
  allGather(tensor: Tensor): Tensor[] {
    return wrapList(this.#together(() => distributed().groupAllGather(this.#handle, tensor.h)));
  }

  /** Returns when all ranks have come here. */
  barrier(): void {
    this.#together(() => distributed().groupBarrier(this.#handle));
  }

  /** The sums over all ranks of numbers, as many on each. */
  sums(numbers: readonly number[]): number[] {
    using tensor = fromTypedArray(Float64Array.from(numbers), [numbers.length], { device: this.#device });
    this.allReduce(tensor);
    return Array.from(tensor.toTypedArray(), Number);
  }

  /** Rank 0's text; what the others give is not looked at. */
  text(own: string): string {
    const bytes = this.rank === 0 ? new TextEncoder().encode(own) : new Uint8Array();
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

  /** Rank 0's tensors, to be disposed of; what the others give is not looked at. */
  tensors(own: ReadonlyMap<string, Tensor>): Map<string, Tensor> {
    const outline = JSON.stringify(Array.from(own, ([name, { shape, dtype }]) => ({ name, shape, dtype })));
    const device = this.#device;
    const all = new Map<string, Tensor>();
    for (const { name, shape, dtype } of JSON.parse(this.text(outline))) {
      const tensor = zeros(shape, { dtype, device });
      const given = this.rank === 0 && own.get(name);
      if (given) tensor.copy_(given);
      this.broadcast(tensor);
      all.set(name, tensor);
    }
    return all;
  }

  /**
   * Batch-norm of [N, C, ...] by the statistics of all ranks' x, which are taken into the running ones; differentiable.
   * It is torch.nn.SyncBatchNorm's, and ranks may have different N.
   */
  batchNorm(x: Tensor, tensors: ChannelTensors, momentum: number, eps: number): Tensor {
    const { weight, bias, running_mean, running_var } = tensors;
    const handles = [weight?.h, bias?.h, running_mean?.h, running_var?.h] as const;
    return wrap(
      this.#together(() => distributed().groupBatchNorm(this.#handle, x.h, ...handles, momentum, eps)),
    );
  }

  /** c10d's Reducer over parameters, in the model's order. */
  reducer(parameters: readonly Tensor[]): Reducer {
    const handles = parameters.map((parameter) => parameter.h);
    return new Reducer(this.#together(() => distributed().openReducer(this.#handle, handles)));
  }

  /** Closes the connections: communications under way fail, here and elsewhere. */
  close(): void {
    distributed().closeDistributed(this.#handle);
  }

  #together<T>(body: () => T): T {
    try {
      return body();
    } catch (error) {
      if (!isLoss(error)) throw error;
      const message = (error as Error).message.split("\n")[0]!;
      throw new CommunicationError(`rank ${this.rank} of ${this.size}: ${message}`, { cause: error });
    }
  }
}

/**
 * Averages gradients over the ranks while the backward pass goes on: parameters are gathered in buckets, each of which
 * is on its way as soon as its gradients are ready (Li et al., "PyTorch Distributed", 2020). Parameters that no rank
 * uses keep the gradient that they have, or none.
 */
export class Reducer {
  readonly #handle: DistributedHandle;

  /** @internal see `ProcessGroup.reducer` */
  constructor(handle: DistributedHandle) {
    this.#handle = handle;
  }

  /**
   * Makes the next backward pass leave the average of all ranks' gradients in the parameters, those included that earlier
   * passes left there. A pass that was not prepared adds to this rank's gradients alone.
   * @returns `output`, a scalar, as the pass has to begin at it
   */
  prepare(output: Tensor): Tensor {
    return wrap(distributed().reducerPrepare(this.#handle, output.h));
  }

  close(): void {
    distributed().closeDistributed(this.#handle);
  }
}

/**
 * How gloo, NCCL and c10d's store tell of another process that is gone or late. Any error of a run is asked: other
 * things are connected too, and time and output come together.
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

/** Whether an error, which may come out of a backward pass, tells of another rank that is gone or late. */
export const isLoss = (error: unknown): boolean =>
  error instanceof CommunicationError || (error instanceof Error && LOSS.test(error.message));
