// A search's scorings, handed out to whichever ranks ask for them. All that they say to each other stands in the store
// under the search's name: no rank is waited for, so that one which is slow or dies costs no more than what it had.
import { setTimeout as sleep } from "node:timers/promises";
import { poll, UserError } from "@supernet/base";
import type { Scored } from "@supernet/nas";
import { distributed } from "@supernet/torch";
import type { Pause, Scorer, ScoringTask } from "./scorer.js";

/** A task in the store. It is ordered a second time where no scores come. */
interface Order {
  readonly piece: number;
  readonly task: ScoringTask;
}

interface Answer {
  readonly scores: readonly Scored[];
  /** That the scoring took. */
  readonly seconds: number;
}

/** Orders are numbered in the order of handing out, and so are those who ask for one: each gets that of its number. */
const asked = (search: string): string => `${search}/asked`;
const order = (search: string, number: number): string => `${search}/order/${number}`;
const answer = (search: string, piece: number): string => `${search}/scores/${piece}`;
const over = (search: string): string => `${search}/over`;
const weights = (search: string): string => `${search}/weights`;

/** Of a generation for each who scores: what is lost with one is the smaller part of its share, and the slow get less. */
const PIECES_EACH = 4;
/** What takes so many times as long as the slowest scoring so far is ordered again. */
const OVERDUE = 2;
/** Seconds that every subnet may take, as long as nothing is known of slower ones. */
const LEAST_PATIENCE = 1;
/** For the supernet's weights, after the first. */
const TRIES = 2;
const PAUSE_BETWEEN_TRIES = 1000;

/** Of the first rank: hands scorings out, and takes part itself. */
export class HandOut implements Scorer {
  readonly parallel: number;
  readonly #world: distributed.World;
  readonly #search: string;
  readonly #say: (line: string) => void;
  readonly #server: distributed.FileServer;
  readonly #own: Scorer;
  /** This rank's part. */
  #help: Promise<void> | undefined;
  #failure: unknown;
  #pieces = 0;
  #orders = 0;
  /** The most seconds that a subnet took so far, on whatever part of the images; none before the first. */
  #slowest = LEAST_PATIENCE;

  private constructor(
    world: distributed.World,
    search: string,
    server: distributed.FileServer,
    own: Scorer,
    say: (line: string) => void,
  ) {
    this.#world = world;
    this.#search = search;
    this.#server = server;
    this.#own = own;
    this.#say = say;
    this.parallel = PIECES_EACH * world.size * own.parallel;
  }

  /**
   * @param search the name that those who help know it by
   * @param trained file with the weights that all score with
   * @param own of this rank, which is closed with this one
   * @param say is told of what is handed out again
   */
  static async open(
    world: distributed.World,
    search: string,
    trained: string,
    own: Scorer,
    say: (line: string) => void,
  ): Promise<HandOut> {
    const server = await distributed.FileServer.open(trained, world.address);
    world.store.set(weights(search), JSON.stringify(server.file));
    return new HandOut(world, search, server, own, say);
  }

  async score(task: ScoringTask, pause: Pause): Promise<readonly Scored[]> {
    this.#help ??= helpToScore(this.#world, this.#search, this.#own, pause).catch((error: unknown) => {
      this.#failure = error;
    });
    const { store } = this.#world;
    const piece = this.#pieces++;
    let current = this.#order({ piece, task });
    let since: number | undefined;
    const text = await poll(async () => {
      await pause();
      this.#world.throwIfFailed();
      if (this.#failure !== undefined) throw this.#failure;
      const given = store.get(answer(this.#search, piece));
      if (given !== undefined) return given;
      if (since === undefined && store.add(asked(this.#search), 0) > current) since = performance.now();
      if (since !== undefined && this.#isOverdue(task, since) && this.#someoneWaits()) {
        this.#say("some candidates are handed out again: the rank that has them is slow, or gone");
        current = this.#order({ piece, task });
        since = undefined;
      }
      return undefined;
    });
    return this.#take(task, JSON.parse(text!));
  }

  /** Ends the search for those who help, too. */
  async [Symbol.asyncDispose](): Promise<void> {
    await using _own = this.#own;
    await using _server = this.#server;
    try {
      this.#world.store.setFlag(over(this.#search));
    } catch {
      // The store is gone, and those who help find that out too.
    }
    await this.#help;
  }

  #order(what: Order): number {
    const number = this.#orders++;
    this.#world.store.set(order(this.#search, number), JSON.stringify(what));
    return number;
  }

  #take({ subnets }: ScoringTask, { scores, seconds }: Answer): readonly Scored[] {
    this.#slowest = Math.max(this.#slowest, seconds / subnets.length);
    return scores;
  }

  #isOverdue({ subnets }: ScoringTask, since: number): boolean {
    return (performance.now() - since) / 1000 > OVERDUE * this.#slowest * subnets.length;
  }

  /** Whether more have asked for work than there was. */
  #someoneWaits(): boolean {
    return this.#world.store.add(asked(this.#search), 0) > this.#orders;
  }
}

/**
 * Writes the weights that all score with to a file.
 * @returns false where the search is over
 */
export async function fetchWeights(
  world: distributed.World,
  search: string,
  path: string,
  pause: Pause,
): Promise<boolean> {
  for (let tries = 0; ; tries++) {
    const text = await firstOf(world, weights(search), over(search), pause);
    if (text === undefined) return false;
    const file: distributed.SharedFile = JSON.parse(text);
    if (await distributed.fetchFile(file, path)) return true;
    if (tries === TRIES) {
      throw new UserError(
        `rank ${world.rank} cannot read the supernet's weights from rank 0 at ${file.address}:${file.port}: may hosts ` +
          "connect to any port of each other?",
      );
    }
    await sleep(PAUSE_BETWEEN_TRIES);
  }
}

/** Ends a scoring that another rank was faster with. */
class Needless extends Error {}

/** Scores what is handed out, with all that a scorer has, until the search is over. */
export async function helpToScore(
  world: distributed.World,
  search: string,
  scorer: Scorer,
  pause: Pause,
): Promise<void> {
  const { store } = world;
  const help = async (): Promise<void> => {
    for (;;) {
      const own = order(search, store.add(asked(search), 1) - 1);
      const text = await firstOf(world, own, over(search), pause);
      if (text === undefined) return;
      const { piece, task }: Order = JSON.parse(text);
      const keep = async () => {
        await pause();
        if (store.has(answer(search, piece)) || store.has(over(search))) throw new Needless();
      };
      const begun = performance.now();
      const scores = await unlessNeedless(() => scorer.score(task, keep));
      if (scores === undefined) continue;
      const given: Answer = { scores, seconds: (performance.now() - begun) / 1000 };
      store.compareSet(answer(search, piece), "", JSON.stringify(given));
    }
  };
  await Promise.all(Array.from({ length: scorer.parallel }, help));
}

async function unlessNeedless<T>(body: () => Promise<T>): Promise<T | undefined> {
  try {
    return await body();
  } catch (error) {
    if (error instanceof Needless) return undefined;
    throw error;
  }
}

/** Waits for a key, as long as it takes; undefined where `end` was there first. */
async function firstOf(
  world: distributed.World,
  key: string,
  end: string,
  pause: Pause,
): Promise<string | undefined> {
  const first = await poll(async () => {
    await pause();
    world.throwIfFailed();
    if (world.store.has(end)) return { value: undefined };
    const value = world.store.get(key);
    return value === undefined ? undefined : { value };
  });
  return first?.value;
}
