// Distributes the scoring of a search over ranks. Rank 0 puts work items into the store. Every rank requests items from
// the store and writes the scores back. No rank waits for another, so if a rank is slow or dies, only its items are
// delayed.

import { setTimeout as sleep } from "node:timers/promises";
import { poll, UserError } from "@supernet/base";
import type { Scored } from "@supernet/nas";
import { distributed } from "@supernet/torch";
import type { Scorer, ScoringTask, StopCheck } from "./scorer.js";

/** A batch of candidates to score, as stored. If no scores arrive, the batch becomes a second work item. */
interface WorkItem {
  /** Number of the batch. */
  readonly batch: number;
  readonly task: ScoringTask;
}

interface BatchScores {
  readonly scores: readonly Scored[];
  /** Seconds that the scoring took. */
  readonly seconds: number;
}

/** Keys in the store. Work items and requests are numbered in order; a request gets the item with its number. */
const requestedKey = (search: string): string => `${search}/requested`;
const workItemKey = (search: string, number: number): string => `${search}/item/${number}`;
const scoresKey = (search: string, batch: number): string => `${search}/scores/${batch}`;
const finishedKey = (search: string): string => `${search}/finished`;
const weightsKey = (search: string): string => `${search}/weights`;

/**
 * Batches per scorer and generation. Small batches limit what is lost with a rank, and let fast ranks do more of the
 * work.
 */
const BATCHES_PER_SCORER = 4;
/** A batch that takes longer than this multiple of the slowest one so far is assigned again. */
const OVERDUE_FACTOR = 2;
/** Lower bound of the slowest seconds per subnet: the first batches have nothing to compare with. */
const MIN_TIMEOUT_S = 1;
/** Attempts to fetch the supernet's weights after the first one failed. */
const MAX_RETRIES = 2;
const RETRY_DELAY_MS = 1000;

export interface DistributedScorerOptions {
  readonly world: distributed.World;
  /** Name of the search, the same on all ranks. */
  readonly search: string;
  /** File with the weights that all ranks score with. */
  readonly weights: string;
  /** Scorer of this rank. It is closed together with the distributed scorer. */
  readonly localScorer: Scorer;
  /** Called with a line when candidates are reassigned. */
  readonly log: (line: string) => void;
}

/** Distributes scoring over ranks. It belongs to rank 0, which scores candidates too. */
export class DistributedScorer implements Scorer {
  readonly parallel: number;
  readonly #world: distributed.World;
  readonly #search: string;
  readonly #log: (line: string) => void;
  readonly #server: distributed.FileServer;
  readonly #localScorer: Scorer;
  /** Resolves when this rank has scored its work items; undefined before the first task. */
  #localWork: Promise<void> | undefined;
  #localError: unknown;
  #batchCount = 0;
  #itemCount = 0;
  /** Maximum seconds per subnet so far, on any fraction of the images. */
  #slowestSeconds = MIN_TIMEOUT_S;

  private constructor(
    { world, search, localScorer, log }: DistributedScorerOptions,
    server: distributed.FileServer,
  ) {
    this.#world = world;
    this.#search = search;
    this.#server = server;
    this.#localScorer = localScorer;
    this.#log = log;
    this.parallel = BATCHES_PER_SCORER * world.size * localScorer.parallel;
  }

  /** Announces the search to the other ranks and serves them the supernet's weights. */
  static async open(options: DistributedScorerOptions): Promise<DistributedScorer> {
    const { world, search, weights } = options;
    const server = await distributed.FileServer.open(weights, world.address);
    world.store.set(weightsKey(search), JSON.stringify(server.file));
    return new DistributedScorer(options, server);
  }

  async score(task: ScoringTask, checkStop: StopCheck): Promise<readonly Scored[]> {
    const shared: SharedSearch = { world: this.#world, search: this.#search, checkStop };
    this.#localWork ??= scoreWorkItems(shared, this.#localScorer).catch((error: unknown) => {
      this.#localError = error;
    });
    const { store } = this.#world;
    const batch = this.#batchCount++;
    let item = this.#addWorkItem({ batch, task });
    let requestedAt: number | undefined;
    const text = await poll(async () => {
      await checkStop();
      this.#world.throwIfFailed();
      if (this.#localError !== undefined) throw this.#localError;
      const scores = store.get(scoresKey(this.#search, batch));
      if (scores !== undefined) return scores;
      if (requestedAt === undefined && this.#requestCount() > item) requestedAt = performance.now();
      if (requestedAt !== undefined && this.#isOverdue(task, requestedAt) && this.#hasIdleRank()) {
        this.#log("reassigning candidates: the rank that was scoring them is slow or has exited");
        item = this.#addWorkItem({ batch, task });
        requestedAt = undefined;
      }
      return undefined;
    });
    const { scores, seconds }: BatchScores = JSON.parse(text!);
    this.#slowestSeconds = Math.max(this.#slowestSeconds, seconds / task.subnets.length);
    return scores;
  }

  /** Ends the search on all ranks. */
  async [Symbol.asyncDispose](): Promise<void> {
    await using _localScorer = this.#localScorer;
    await using _server = this.#server;
    try {
      this.#world.store.setFlag(finishedKey(this.#search));
    } catch {
      // The store is lost. The other ranks detect that themselves.
    }
    await this.#localWork;
  }

  #addWorkItem(item: WorkItem): number {
    const number = this.#itemCount++;
    this.#world.store.set(workItemKey(this.#search, number), JSON.stringify(item));
    return number;
  }

  #requestCount(): number {
    return this.#world.store.add(requestedKey(this.#search), 0);
  }

  #isOverdue({ subnets }: ScoringTask, requestedAt: number): boolean {
    const seconds = (performance.now() - requestedAt) / 1000;
    return seconds > OVERDUE_FACTOR * this.#slowestSeconds * subnets.length;
  }

  /** Checks whether there are more requests than work items. */
  #hasIdleRank(): boolean {
    return this.#requestCount() > this.#itemCount;
  }
}

/** Distributed search, as each of its ranks accesses it. */
export interface SharedSearch {
  readonly world: distributed.World;
  /** Name of the search. */
  readonly search: string;
  readonly checkStop: StopCheck;
}

/**
 * Fetches the weights that all ranks score with from rank 0 and writes them to a file.
 * @returns false if the search has finished
 * @throws UserError if rank 0 cannot be reached
 */
export async function fetchWeights(shared: SharedSearch, path: string): Promise<boolean> {
  const { world, search } = shared;
  for (let retries = 0; ; retries++) {
    const text = await waitForKey(shared, weightsKey(search));
    if (text === undefined) return false;
    const file: distributed.SharedFile = JSON.parse(text);
    if (await distributed.fetchFile(file, path)) return true;
    if (retries === MAX_RETRIES) {
      throw new UserError(
        `rank ${world.rank} cannot read the supernet's weights from rank 0 at ${file.address}:${file.port}: make sure ` +
          "that the hosts can connect to each other on all ports",
      );
    }
    await sleep(RETRY_DELAY_MS);
  }
}

/** Error that stops scoring a batch whose scores another rank has already delivered. */
class Superseded extends Error {}

/** Requests and scores work items until the search has finished, `scorer.parallel` of them at a time. */
export async function scoreWorkItems(shared: SharedSearch, scorer: Scorer): Promise<void> {
  const { world, search, checkStop } = shared;
  const { store } = world;
  const work = async (): Promise<void> => {
    for (;;) {
      const key = workItemKey(search, store.add(requestedKey(search), 1) - 1);
      const text = await waitForKey(shared, key);
      if (text === undefined) return;
      const { batch, task }: WorkItem = JSON.parse(text);
      const checkNeeded = async () => {
        await checkStop();
        if (store.has(scoresKey(search, batch)) || store.has(finishedKey(search))) throw new Superseded();
      };
      const startTime = performance.now();
      const scores = await undefinedIfSuperseded(() => scorer.score(task, checkNeeded));
      if (scores === undefined) continue;
      const result: BatchScores = { scores, seconds: (performance.now() - startTime) / 1000 };
      store.compareSet(scoresKey(search, batch), "", JSON.stringify(result));
    }
  };
  await Promise.all(Array.from({ length: scorer.parallel }, work));
}

async function undefinedIfSuperseded<T>(body: () => Promise<T>): Promise<T | undefined> {
  try {
    return await body();
  } catch (error) {
    if (error instanceof Superseded) return undefined;
    throw error;
  }
}

/** Waits for a key, without a time limit. Returns undefined if the search finishes first. */
async function waitForKey(
  { world, search, checkStop }: SharedSearch,
  key: string,
): Promise<string | undefined> {
  const found = await poll(async () => {
    await checkStop();
    world.throwIfFailed();
    if (world.store.has(finishedKey(search))) return { value: undefined };
    const value = world.store.get(key);
    return value === undefined ? undefined : { value };
  });
  return found?.value;
}
