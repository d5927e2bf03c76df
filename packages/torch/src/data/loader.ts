import { Worker } from "node:worker_threads";
import { UserError } from "@supernet/base";
import { isLent, sharedFloats, sharedMemory } from "../util/shared.js";

/** Makes room for a result's numbers, whatever stands in it: new memory, or in a loan shared memory that is used again. */
export type Floats = (length: number) => Float32Array;

/**
 * Answers one request. Typed arrays in the result are handed over, so each must be made for it alone; of one request,
 * one may be made by `floats`. What a handler holds open is let go of with its thread; on the calling thread, which
 * goes on, by its disposal.
 */
export type Handler<Request, Result> = ((request: Request, floats: Floats) => Promise<Result>) &
  Partial<Disposable>;

/** Memory for a result that is lent; null where there is none to be used again, undefined where none is lent. */
export type Room = SharedArrayBuffer | null | undefined;

export const floatsIn =
  (room: Room): Floats =>
  (length) =>
    room === undefined ? new Float32Array(length) : sharedFloats(length, room ?? undefined);

/** What a worker module exports. */
export interface HandlerModule<Spec, Request, Result> {
  default(spec: Spec): Promise<Handler<Request, Result>>;
}

export interface LoaderOptions<Spec> {
  /** A module whose default export makes the handler: see `HandlerModule`. */
  readonly worker: URL;
  /** Handed to every worker's handler once; copied, save for shared memory. */
  readonly spec: Spec;
  /** Threads; 0 answers on the calling thread. */
  readonly workers: number;
  /** Requests under way ahead of the consumer; twice the workers unless told. */
  readonly prefetch?: number;
}

/**
 * Loads data on other threads, ahead of a consumer that takes results in the order of its requests. Threads
 * start with the first request, and keep the process alive only while they owe an answer.
 */
export class Loader<Spec, Request, Result> implements Disposable {
  readonly #options: LoaderOptions<Spec>;
  #threads: LoaderThread<Request, Result>[] | undefined;
  #local: Promise<Handler<Request, Result>> | undefined;
  /** Memory to be used again, some of it perhaps not yet. */
  #rooms: SharedArrayBuffer[] = [];
  #disposed = false;

  constructor(options: LoaderOptions<Spec>) {
    this.#options = options;
  }

  /**
   * The results of requests, in order.
   * @param lent the memory of `floats` is shared, a tensor may lie over it (`fromShared`), and it has to be given back
   *   by `recycle`: the collector does not know how much it is
   * @throws the worker's error, a UserError as such, where a request fails
   */
  async *load(requests: Iterable<Request>, lent = false): AsyncGenerator<Result> {
    const { workers, prefetch = 2 * workers } = this.#options;
    const waiting: Promise<Result>[] = [];
    for (const request of requests) {
      const result = this.#answer(request, lent ? this.#takeRoom() : undefined);
      result.catch(() => {}); // an early end of the consumer leaves results unread
      waiting.push(result);
      if (waiting.length > prefetch) yield await waiting.shift()!;
    }
    for (const result of waiting) yield await result;
  }

  /** Gives the memory of a lent result's numbers back, once: another one is written there when no tensor lies over it. */
  recycle(numbers: Float32Array): void {
    const room = sharedMemory(numbers);
    if (room && !this.#rooms.includes(room)) this.#rooms.push(room);
  }

  /** Ends the threads: what is asked for after that fails. */
  [Symbol.dispose](): void {
    this.#disposed = true;
    for (const thread of this.#threads ?? []) thread.end();
    this.#threads = undefined;
    this.#local?.then(
      (handler) => handler[Symbol.dispose]?.(),
      () => {}, // who asked for a result was told
    );
  }

  async #answer(request: Request, room: Room): Promise<Result> {
    if (this.#disposed) throw new Error("the loader was disposed of");
    const { worker, spec, workers } = this.#options;
    if (workers === 0) {
      this.#local ??= import(worker.href).then((module: HandlerModule<Spec, Request, Result>) =>
        module.default(spec),
      );
      return this.#local.then((handler) => handler(request, floatsIn(room)));
    }
    this.#threads ??= Array.from({ length: workers }, () => new LoaderThread<Request, Result>(worker, spec));
    const idlest = this.#threads.reduce((a, b) => (b.owed < a.owed ? b : a));
    return idlest.ask(request, room);
  }

  #takeRoom(): SharedArrayBuffer | null {
    const free = this.#rooms.findIndex((room) => !isLent(room));
    return free < 0 ? null : this.#rooms.splice(free, 1)[0]!;
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
    this.#worker.on("exit", (code) => this.#fail(new Error(`a data loading thread ended with code ${code}`)));
  }

  /** Requests without an answer. */
  get owed(): number {
    return this.#answers.size;
  }

  ask(request: Request, room: Room): Promise<Result> {
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      this.#answers.set(id, { resolve, reject });
      this.#worker.ref();
      this.#worker.postMessage({ id, request, room });
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

/** Errors cross threads as plain data. */
function revive({ name, message, stack }: Error): Error {
  if (name === "UserError") return new UserError(message);
  const error = new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
