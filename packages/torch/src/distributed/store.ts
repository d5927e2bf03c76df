import { poll } from "@supernet/base";
import type { DistributedHandle } from "../engine/native.js";
import { distributed } from "./native.js";

export interface StoreOptions {
  readonly host: string;
  /** 0, where this process serves the store: any that is free. */
  readonly port: number;
  /** Whether this process serves the store to the others. */
  readonly serve: boolean;
  /** Put before every key. */
  readonly prefix?: string | undefined;
  /** How long to try to connect, in milliseconds. */
  readonly timeout: number;
  /** The most that an answer may take, in milliseconds. */
  readonly answer: number;
}

/**
 * c10d's TCPStore: texts by key that all processes of a job share. Every call is answered in time or throws: the
 * store is in one process, and may go with it. A key that is there stays: c10d has no reading of one that may be gone.
 */
export class Store {
  readonly #handle: DistributedHandle;
  readonly #answer: number;

  constructor({ host, port, serve, prefix = "", timeout, answer }: StoreOptions) {
    this.#handle = distributed().openStore(host, port, serve, prefix, timeout);
    this.#answer = answer;
  }

  /** @internal for a group */
  get handle(): DistributedHandle {
    return this.#handle;
  }

  get port(): number {
    return distributed().storePort(this.#handle);
  }

  set(key: string, value: string): void {
    distributed().storeSet(this.#handle, this.#answer, key, value);
  }

  /** Sets a key that is only asked for. Its value is not "": c10d takes a fifth of a second to get that. */
  mark(key: string): void {
    this.set(key, "1");
  }

  /** The value of a key; undefined where there is none. */
  get(key: string): string | undefined {
    return this.has(key) ? distributed().storeGet(this.#handle, this.#answer, key) : undefined;
  }

  has(key: string): boolean {
    return distributed().storeCheck(this.#handle, this.#answer, key);
  }

  /** Adds to the whole number under a key, which begins as 0, at once for all processes; gives the sum. */
  add(key: string, amount: number): number {
    return distributed().storeAdd(this.#handle, this.#answer, key, amount);
  }

  /**
   * Puts `desired` under a key where it holds `expected`, or where that is "" and there is no such key; at once for all
   * processes.
   * @returns the value that the key has then
   */
  compareSet(key: string, expected: string, desired: string): string {
    return distributed().storeCompareSet(this.#handle, this.#answer, key, expected, desired);
  }

  /**
   * Waits, with the event loop going on, until a key is there.
   * @param timeout milliseconds; as long as it takes unless told
   * @param look called before each look; what it throws ends the waiting
   * @returns the value, or undefined where time is over
   */
  async wait(
    key: string,
    {
      timeout = Number.POSITIVE_INFINITY,
      look,
    }: { readonly timeout?: number; readonly look?: () => void } = {},
  ): Promise<string | undefined> {
    const ask = () => {
      look?.();
      return this.get(key);
    };
    return poll(ask, performance.now() + timeout);
  }

  close(): void {
    distributed().closeDistributed(this.#handle);
  }
}
