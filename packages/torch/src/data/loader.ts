import { Worker } from "node:worker_threads";
import {
  requireBoolean,
  requireInstance,
  requireInteger,
  requireIterable,
  requireOptions,
  UserError,
} from "@supernet/base";
import { isBorrowed, sharedFloats, sharedMemory } from "../engine/shared-floats.js";

/** Allocates the output array of a request. Its contents are undefined: it may be reused shared memory. */
export type AllocateFloats = (length: number) => Float32Array;

/**
 * Answers one request. Typed arrays in the result are transferred, so create each for this result only. `allocate` may
 * be called once per result. Resources of the handler are released when its thread ends, or on the calling thread, when
 * the handler is disposed of.
 */
export type Handler<Request, Result> = ((request: Request, allocate: AllocateFloats) => Promise<Result>) &
  Partial<Disposable>;

/** Memory for a borrowed result: null if there is none to reuse, undefined if the result is not borrowed. */
export type SharedBuffer = SharedArrayBuffer | null | undefined;

/** Returns a function that allocates the output array of one request. */
export const allocatorFor =
  (buffer: SharedBuffer): AllocateFloats =>
  (length) =>
    buffer === undefined ? new Float32Array(length) : sharedFloats(length, buffer ?? undefined);

/** Exports of a worker module. */
export interface HandlerModule<Spec, Request, Result> {
  /** Creates the handler. */
  default(spec: Spec): Promise<Handler<Request, Result>>;
}

/** Options of a {@link Loader}. */
export interface LoaderOptions<Spec> {
  /** Module whose default export creates the handler: see `HandlerModule`. */
  readonly worker: URL;
  /** Passed once to the handler of every worker. Copied, except for shared memory. */
  readonly spec: Spec;
  /** Number of threads. With 0, the calling thread answers the requests. */
  readonly workers: number;
  /** Number of requests ahead of the consumer. Default: twice the number of workers. */
  readonly prefetch?: number;
}

/**
 * Loads data on other threads, ahead of the consumer. Results are returned in the order of the requests. Threads start
 * with the first request, and keep the process alive only while an answer is pending.
 *
 * @example
 * const worker = new URL("./worker.js", import.meta.url);
 * using loader = new Loader<{ folder: string }, number[], Float32Array>({ worker, spec: { folder }, workers: 2 });
 * for await (const images of loader.load(batches)) train(images);
 */
export class Loader<Spec, Request, Result> implements Disposable {
  readonly #options: LoaderOptions<Spec>;
  #threads: LoaderThread<Request, Result>[] | undefined;
  #local: Promise<Handler<Request, Result>> | undefined;
  /** Recycled memory. Tensors may still use some of it. */
  #returned: SharedArrayBuffer[] = [];
  #disposed = false;

  constructor(options: LoaderOptions<Spec>) {
    requireOptions<LoaderOptions<Spec>>("Loader", options, ["worker", "spec", "workers", "prefetch"]);
    requireInstance("Loader: worker", options.worker, URL);
    requireInteger("Loader: workers", options.workers, { min: 0 });
    if (options.prefetch !== undefined) requireInteger("Loader: prefetch", options.prefetch, { min: 0 });
    this.#options = options;
  }

  /**
   * Returns the results of requests, in order.
   * @param borrowed whether `allocate` returns shared memory, which a tensor can use without a copy (`fromShared`).
   *   Return it with `recycle`, because the garbage collector does not count it. Default: false
   * @throws the worker's error if a request fails; a UserError stays a UserError
   */
  async *load(requests: Iterable<Request>, borrowed = false): AsyncGenerator<Result> {
    requireIterable("Loader.load: requests", requests);
    requireBoolean("Loader.load: borrowed", borrowed);
    const { workers, prefetch = 2 * workers } = this.#options;
    const waiting: Promise<Result>[] = [];
    for (const request of requests) {
      const result = this.#answer(request, borrowed ? this.#takeBuffer() : undefined);
      result.catch(() => {}); // if the consumer stops early, some results are never awaited
      waiting.push(result);
      if (waiting.length > prefetch) yield await waiting.shift()!;
    }
    for (const result of waiting) yield await result;
  }

  /** Returns the memory of a borrowed result. Call it once. The memory is reused when no tensor uses it any more. */
  recycle(numbers: Float32Array): void {
    const memory = sharedMemory(numbers);
    if (memory && !this.#returned.includes(memory)) this.#returned.push(memory);
  }

  /** Terminates the threads. Later requests fail. */
  [Symbol.dispose](): void {
    this.#disposed = true;
    for (const thread of this.#threads ?? []) thread.end();
    this.#threads = undefined;
    this.#local?.then(
      (handler) => handler[Symbol.dispose]?.(),
      () => {}, // the caller that requested a result has received the error
    );
  }

  async #answer(request: Request, buffer: SharedBuffer): Promise<Result> {
    if (this.#disposed) throw new Error("the loader was disposed of");
    const { worker, spec, workers } = this.#options;
    if (workers === 0) {
      this.#local ??= import(worker.href).then((module: HandlerModule<Spec, Request, Result>) =>
        module.default(spec),
      );
      return this.#local.then((handler) => handler(request, allocatorFor(buffer)));
    }
    this.#threads ??= Array.from({ length: workers }, () => new LoaderThread<Request, Result>(worker, spec));
    const idlest = this.#threads.reduce((a, b) => (b.pending < a.pending ? b : a));
    return idlest.ask(request, buffer);
  }

  #takeBuffer(): SharedArrayBuffer | null {
    const free = this.#returned.findIndex((memory) => !isBorrowed(memory));
    return free < 0 ? null : this.#returned.splice(free, 1)[0]!;
  }
}

interface Answer<Result> {
  resolve(result: Result): void;
  reject(error: Error): void;
}

class LoaderThread<Request, Result> {
  readonly #worker: Worker;
  readonly #answers = new Map<number, Answer<Result>>();
  #next = 0;
  #failure: Error | undefined;

  constructor(module: URL, spec: unknown) {
    this.#worker = new Worker(new URL("./worker.js", import.meta.url), {
      workerData: { url: module.href, spec },
    });
    this.#worker.unref();
    this.#worker.on("message", (message: { id: number; result?: Result; error?: Error }) =>
      this.#receive(message),
    );
    this.#worker.on("error", (error) => this.#fail(error));
    this.#worker.on("exit", (code) =>
      this.#fail(new Error(`a data loading thread exited with code ${code}`)),
    );
  }

  /** Number of requests without an answer. */
  get pending(): number {
    return this.#answers.size;
  }

  ask(request: Request, buffer: SharedBuffer): Promise<Result> {
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      this.#answers.set(id, { resolve, reject });
      this.#worker.ref();
      this.#worker.postMessage({ id, request, buffer });
    });
  }

  end(): void {
    void this.#worker.terminate();
  }

  #receive({ id, result, error }: { id: number; result?: Result; error?: Error }): void {
    const answer = this.#answers.get(id);
    this.#answers.delete(id);
    if (this.#answers.size === 0) this.#worker.unref();
    if (error) answer?.reject(revive(error));
    else answer?.resolve(result as Result);
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const { reject } of this.#answers.values()) reject(error);
    this.#answers.clear();
  }
}

/** Restores an error, which crosses threads as plain data. */
function revive({ name, message, stack }: Error): Error {
  if (name === "UserError") return new UserError(message);
  const error = new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
