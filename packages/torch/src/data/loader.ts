import { Worker } from "node:worker_threads";
import { UserError } from "../util/errors.js";
import { isLent, sharedMemory } from "../util/shared.js";

/**
 * Answers one request. Typed arrays in the result are handed over, so each must be made for it alone; those of
 * `sharedFloats` are not copied at all, and one of them may lie in `room`, memory that is used again.
 */
export type Handler<Request, Result> = (request: Request, room?: SharedArrayBuffer) => Promise<Result>;

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

  constructor(options: LoaderOptions<Spec>) {
    this.#options = options;
  }

  /**
   * The results of requests, in order.
   * @throws the worker's error, a UserError as such, where a request fails
   */
  async *load(requests: Iterable<Request>): AsyncGenerator<Result> {
    const { workers, prefetch = 2 * workers } = this.#options;
    const waiting: Promise<Result>[] = [];
    for (const request of requests) {
      const result = this.#answer(request);
      result.catch(() => {}); // an early end of the consumer leaves results unread
      waiting.push(result);
      if (waiting.length > prefetch) yield await waiting.shift()!;
    }
    for (const result of waiting) yield await result;
  }

  /**
   * Gives the memory of a result's numbers back, which `sharedFloats` made: another result will be written there, as
   * soon as no tensor lies over it. What is not given back is the collector's.
   */
  recycle(numbers: Float32Array): void {
    const room = sharedMemory(numbers);
    if (room && !this.#rooms.includes(room)) this.#rooms.push(room);
  }

  /** Ends the threads. */
  [Symbol.dispose](): void {
    for (const thread of this.#threads ?? []) thread.end();
    this.#threads = undefined;
  }

  #answer(request: Request): Promise<Result> {
    const { worker, spec, workers } = this.#options;
    if (workers === 0) {
      this.#local ??= import(worker.href).then((module: HandlerModule<Spec, Request, Result>) =>
        module.default(spec),
      );
      const room = this.#takeRoom();
      return this.#local.then((handler) => handler(request, room));
    }
    this.#threads ??= Array.from({ length: workers }, () => new LoaderThread<Request, Result>(worker, spec));
    const idlest = this.#threads.reduce((a, b) => (b.owed < a.owed ? b : a));
    return idlest.ask(request, this.#takeRoom());
  }

  #takeRoom(): SharedArrayBuffer | undefined {
    const free = this.#rooms.findIndex((room) => !isLent(room));
    return free < 0 ? undefined : this.#rooms.splice(free, 1)[0];
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

  ask(request: Request, room: SharedArrayBuffer | undefined): Promise<Result> {
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
