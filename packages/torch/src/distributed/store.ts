import {
  poll,
  requireBoolean,
  requireInteger,
  requireNumber,
  requireOptions,
  requireString,
  UserError,
} from "@supernet/base";
import type { DistributedHandle } from "../engine/native.js";
import type { RankInfo } from "./environment.js";
import { requireDistributed } from "./native.js";

/** Time within which the store answers unless its host is gone. */
const RESPONSE_TIMEOUT_MS = 30_000;

/** Options of a {@link Store}. */
export interface StoreOptions {
  readonly host: string;
  /** Port of the store. 0 uses any free port if this process serves the store. */
  readonly port: number;
  /** Whether this process serves the store to the others. */
  readonly serve: boolean;
  /** Prefix of every key. */
  readonly prefix?: string | undefined;
  /** Maximum number of milliseconds to try to connect. */
  readonly timeout: number;
  /** Maximum number of milliseconds to wait for an answer. */
  readonly responseTimeout: number;
}

/** Options of {@link Store.wait}. */
export interface StoreWaitOptions {
  /** Maximum number of milliseconds to wait. Default: no limit. */
  readonly timeout?: number;
  /** Called before each poll. An exception stops the wait. */
  readonly check?: () => void;
}

/**
 * Strings by key that all processes of a job share: c10d's TCPStore. Every call is answered in time or throws, because
 * the process that serves the store may die. Keys cannot be deleted, because c10d cannot safely read a key that may be
 * missing.
 */
export class Store {
  readonly #handle: DistributedHandle;
  readonly #responseTimeout: number;

  constructor(options: StoreOptions) {
    requireOptions<StoreOptions>("Store", options, [
      "host",
      "port",
      "serve",
      "prefix",
      "timeout",
      "responseTimeout",
    ]);
    const { host, port, serve, prefix = "", timeout, responseTimeout } = options;
    requireString("Store: host", host);
    requireInteger("Store: port", port, { min: 0, max: 65535 });
    requireBoolean("Store: serve", serve);
    requireString("Store: prefix", prefix);
    requireNumber("Store: timeout", timeout, { min: 0 });
    requireNumber("Store: responseTimeout", responseTimeout, { min: 0 });
    this.#handle = requireDistributed().openStore(host, port, serve, prefix, timeout);
    this.#responseTimeout = responseTimeout;
  }

  /** @internal for `ProcessGroup` */
  get handle(): DistributedHandle {
    return this.#handle;
  }

  /** Port of the store. */
  get port(): number {
    return requireDistributed().storePort(this.#handle);
  }

  /** Sets the value of a key. */
  set(key: string, value: string): void {
    requireDistributed().storeSet(this.#handle, this.#responseTimeout, key, value);
  }

  /** Sets a key whose value does not matter. The value is not empty, because c10d needs 0.2 s to read an empty one. */
  setFlag(key: string): void {
    this.set(key, "1");
  }

  /** Returns the value of a key, or undefined if it is not set. */
  get(key: string): string | undefined {
    return this.has(key)
      ? requireDistributed().storeGet(this.#handle, this.#responseTimeout, key)
      : undefined;
  }

  /** Whether a key is set. */
  has(key: string): boolean {
    return requireDistributed().storeCheck(this.#handle, this.#responseTimeout, key);
  }

  /** Atomically adds to the integer of a key, which starts at 0, and returns the sum. */
  add(key: string, amount: number): number {
    return requireDistributed().storeAdd(this.#handle, this.#responseTimeout, key, amount);
  }

  /**
   * Atomically sets a key to `desired` if its value is `expected`, or if `expected` is "" and the key is not set.
   * @returns the value of the key afterwards
   */
  compareSet(key: string, expected: string, desired: string): string {
    return requireDistributed().storeCompareSet(this.#handle, this.#responseTimeout, key, expected, desired);
  }

  /**
   * Waits, without blocking the event loop, until a key is set.
   * @returns the value, or undefined after the time-out
   */
  async wait(key: string, options: StoreWaitOptions = {}): Promise<string | undefined> {
    requireOptions<StoreWaitOptions>("Store.wait", options, ["timeout", "check"]);
    const { timeout = Number.POSITIVE_INFINITY, check } = options;
    const read = () => {
      check?.();
      return this.get(key);
    };
    return poll(read, performance.now() + timeout);
  }

  /** Releases the connection, and the store if this process serves it. */
  close(): void {
    requireDistributed().closeDistributed(this.#handle);
  }
}

/**
 * Opens the store of a run.
 * @param title description of this rank, for messages
 * @throws UserError if the store cannot be served or does not answer in time
 */
export function openStore(info: RankInfo, serve: boolean, title: string): Store {
  const { masterAddress: host, masterPort: port, launcherPrefix: prefix, timeout } = info;
  try {
    const responseTimeout = Math.min(RESPONSE_TIMEOUT_MS, timeout);
    return new Store({ host, port, serve, prefix, timeout, responseTimeout });
  } catch (error) {
    const why = (error as Error).message.split("\n")[0]!.replace(/^store: /, "");
    throw new UserError(
      serve
        ? `${title}: cannot serve the store at MASTER_PORT=${port}: ${why}: use a free port`
        : `${title}: no rank 0 at MASTER_ADDR=${host}, MASTER_PORT=${port} within ${timeout / 1000} s: check that rank 0 ` +
            `is running and that this host can connect to it (${why})`,
      { cause: error },
    );
  }
}
