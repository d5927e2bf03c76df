import { setTimeout as sleep } from "node:timers/promises";
import { poll, UserError } from "@supernet/base";
import type { Tensor } from "../engine/index.js";
import { isLoopback, ownAddress } from "./address.js";
import { type Environment, type Place, placeFrom } from "./environment.js";
import { isLoss, ProcessGroup, type Reducer } from "./group.js";
import { Store } from "./store.js";

export interface JoinOptions {
  /** "cpu" or "cuda:N". */
  readonly device: string;
  /** What has to be the same on all ranks, by a name for messages. */
  readonly facts: Readonly<Record<string, string>>;
}

/** What each rank tells the others of itself. */
interface Hello {
  readonly worldSize: string;
  readonly address: string;
  readonly facts: Readonly<Record<string, string>>;
}

/** The first failure, which ends all ranks. */
interface Failure {
  readonly rank: number;
  readonly message: string;
  readonly exitCode: number;
}

/** How others are waited for. */
export interface Waiting {
  /** Called now and then; what it throws ends the waiting. */
  look(): void;
  /** Told whom is waited for, where it takes longer. */
  say(line: string): void;
}

const FAILURE = "failure";
const MET = "met";
const claim = (rank: number): string => `claim/${rank}`;
const arrival = (work: string, rank: number): string => `gather/${work}/${rank}`;
const hello = (rank: number): string => `hello/${rank}`;
const farewell = (rank: number, incarnation: number): string => `farewell/${rank}/${incarnation}`;
const here = (rank: number): string => `here/${rank}`;

/** An answer of the store takes no longer, in milliseconds, save where its host is gone. */
const ANSWER = 30_000;
/** Those who are alive when a communication failed say so in this time. */
const ROLL_CALL = 3000;
/** Who waits longer for others is told whom for. */
const PATIENCE = 5000;
/** The store is served so much longer for others to read why the run ended. */
const LINGER = 5000;

/**
 * Joins the other ranks as the standard environment variables say.
 * @returns undefined where they are not set: the process is on its own
 * @throws UserError where they make no sense, ranks do not come in time, or differ in what has to be the same
 */
export async function joinFromEnvironment(
  env: Environment,
  options: JoinOptions,
): Promise<World | undefined> {
  const place = placeFrom(env);
  return place && World.join(place, ownAddress(env, place), options);
}

/**
 * The processes that work on one run, seen from one of them. They have the store in common; a group of all ranks is
 * there for a piece of work that takes every one, from `gather` to `disperse`. Between those a rank may die and, where it
 * is started again, come back.
 */
export class World {
  readonly place: Place;
  readonly rank: number;
  readonly size: number;
  readonly store: Store;
  /** Of this host, at which other ranks reach it. */
  readonly address: string;
  readonly #device: string;
  /** How many processes have been this rank, this one included. */
  #incarnation = 0;
  /** Whether the ranks had met before this process was started in the place of one that died. */
  #cameBack = false;
  #met = false;
  #needed = false;
  #group: ProcessGroup | undefined;
  #groupStore: Store | undefined;
  #reducers: Reducer[] = [];
  /** The store is asked no more: it is gone or out of reach, or another process speaks for this rank there. */
  #cutOff = false;

  private constructor(place: Place, address: string, device: string) {
    this.place = place;
    this.rank = place.rank;
    this.size = place.worldSize;
    this.address = address;
    this.#device = device;
    this.store = openStore(place, this.#servesStore, this.#title);
  }

  /** @internal see `joinFromEnvironment` */
  static async join(place: Place, address: string, { device, facts }: JoinOptions): Promise<World> {
    const world = new World(place, address, device);
    try {
      await world.#meet({ worldSize: String(world.size), address, facts });
      return world;
    } catch (error) {
      // The others went on without it.
      throw world.#cameBack ? error : await world.fail(error);
    }
  }

  /** Rank 0 alone writes files. */
  get first(): boolean {
    return this.rank === 0;
  }

  /** Of all ranks, from `gather` to `disperse`. */
  get group(): ProcessGroup {
    if (this.#group) return this.#group;
    throw new Error("world.group: the ranks are not gathered");
  }

  /** Whether this rank has come to work that takes all of them, so that it cannot be done without. */
  get needed(): boolean {
    return this.#needed;
  }

  /**
   * Waits for all ranks to come, and opens their group.
   * @param work names the piece of work; no other gathering of the run has the same
   * @throws UserError where ranks do not come in time, one has failed, or this one was there before it died
   */
  async gather(work: string, waiting: Waiting): Promise<void> {
    this.#needed = true;
    if (this.store.add(arrival(work, this.rank), 1) > 1) {
      throw new UserError(`rank ${this.rank} died within ${work}, which takes all ranks`);
    }
    await this.#waitForAll(
      (rank) => this.store.has(arrival(work, rank)),
      (missing) =>
        `${ranks(missing)} did not come to ${work} in time: see what ended them, and go on from there`,
      waiting,
    );
    const { rank, size, address } = this;
    const options = { rank, size, address, device: this.#device, timeout: this.place.timeout };
    this.#groupStore = openStore(this.place, false, this.#title);
    this.#group = await ProcessGroup.open(this.#groupStore, { ...options, name: `group/${work}` }, () => {
      this.heed();
      waiting.look();
    });
  }

  /** Closes the group: the work that it was for is done. */
  disperse(): void {
    for (const reducer of this.#reducers.splice(0)) reducer.close();
    this.#group?.close();
    this.#group = undefined;
    this.#groupStore?.close();
    this.#groupStore = undefined;
    this.#needed = false;
  }

  /** See `ProcessGroup.reducer`; it is closed with the group. */
  reducer(parameters: readonly Tensor[]): Reducer {
    const reducer = this.group.reducer(parameters);
    this.#reducers.push(reducer);
    return reducer;
  }

  /**
   * Waits for what another rank sets in the store, as long as it takes.
   * @throws UserError where another rank has failed, or the store is gone
   */
  async wait(key: string): Promise<string> {
    return (await this.store.wait(key, { look: () => this.heed() }))!;
  }

  /** @throws UserError where another rank has failed, or another process has taken this one's place */
  heed(): void {
    const text = this.store.get(FAILURE);
    if (text !== undefined) {
      const { rank, message, exitCode } = JSON.parse(text) as Failure;
      throw new UserError(rank === this.rank ? message : `rank ${rank} ended the run: ${message}`, {
        exitCode,
      });
    }
    if (!this.#met || this.store.add(claim(this.rank), 0) === this.#incarnation) return;
    this.#cutOff = true;
    throw new UserError(`another process has taken the place of rank ${this.rank}: this one ends`);
  }

  /**
   * Ends the run on all ranks: tells the others why, and waits until they have heard of it.
   * @returns the error to end with: another rank's where it failed first
   */
  async fail(error: unknown): Promise<unknown> {
    const cause = await this.#explain(error);
    const { message, exitCode = 70 } = cause as { message?: string; exitCode?: number };
    const failure: Failure = { rank: this.rank, message: String(message ?? cause), exitCode };
    try {
      if (!this.#cutOff) this.store.compareSet(FAILURE, "", JSON.stringify(failure));
    } catch {
      this.#cutOff = true;
    }
    await this.#part();
    return cause;
  }

  /** The end of a run that went well, on all ranks. */
  async leave(): Promise<void> {
    await this.#part();
  }

  get #title(): string {
    return `rank ${this.rank} of ${this.size}`;
  }

  get #servesStore(): boolean {
    return this.first && this.place.launcherPrefix === undefined;
  }

  get #others(): number[] {
    return Array.from({ length: this.size }, (_, rank) => rank).filter((rank) => rank !== this.rank);
  }

  /** Waits for the other ranks, and looks whether they are of the same world. */
  async #meet(own: Hello): Promise<void> {
    this.#incarnation = this.store.add(claim(this.rank), 1);
    this.#cameBack = this.store.has(MET);
    if (this.#incarnation > 1 && !this.#cameBack) {
      throw new UserError(`two processes say that they are rank ${this.rank}: give each a RANK of its own`);
    }
    this.store.set(hello(this.rank), JSON.stringify(own));
    await this.#waitForAll(
      (rank) => {
        const text = this.store.get(hello(rank));
        if (text !== undefined) this.#compare(own, rank, JSON.parse(text));
        return text !== undefined;
      },
      (missing) =>
        `${ranks(missing)} did not join within ${this.place.timeout / 1000} s: are ${this.size} processes started, all ` +
        "with the same MASTER_ADDR, MASTER_PORT and WORLD_SIZE?",
    );
    this.store.mark(MET);
    this.#met = true;
  }

  /** @throws UserError where `isThere` is not true of all other ranks in time */
  async #waitForAll(
    isThere: (rank: number) => boolean,
    problem: (missing: ReadonlySet<number>) => string,
    waiting?: Waiting,
  ): Promise<void> {
    const begun = performance.now();
    const until = begun + this.place.timeout;
    let told = waiting === undefined;
    const missing = new Set(this.#others);
    await poll(() => {
      this.heed();
      waiting?.look();
      for (const rank of missing) if (isThere(rank)) missing.delete(rank);
      if (missing.size === 0) return true;
      if (!told && performance.now() > begun + PATIENCE) {
        waiting?.say(`waiting for ${ranks(missing)}, up to ${this.place.timeout / 1000} s`);
        told = true;
      }
      if (performance.now() > until) {
        throw new UserError(`${this.#title}: ${problem(missing)}`);
      }
      return undefined;
    });
  }

  #compare(own: Hello, rank: number, other: Hello): void {
    const [lower, higher] = [
      { rank: this.rank, ...own },
      { rank, ...other },
    ].sort((a, b) => a.rank - b.rank) as [Hello & { rank: number }, Hello & { rank: number }];
    const facts = (one: Hello): Hello["facts"] => ({ WORLD_SIZE: one.worldSize, ...one.facts });
    for (const [name, value] of Object.entries(facts(lower))) {
      const against = facts(higher)[name];
      if (value === against) continue;
      throw new UserError(
        `ranks differ in ${name}: rank ${lower.rank} has ${value}, rank ${higher.rank} ${against}: start all alike`,
      );
    }
    if (isLoopback(lower.address) === isLoopback(higher.address)) return;
    const alone = isLoopback(lower.address) ? lower : higher;
    throw new UserError(
      `rank ${alone.rank} is at ${alone.address}, where other hosts cannot reach it: set MASTER_ADDR to an address of ` +
        "rank 0's host instead of a name, or GLOO_SOCKET_IFNAME to the interface that joins the hosts",
    );
  }

  /** In place of a broken or unanswered communication, which rank was the cause, and why where that is known. */
  async #explain(error: unknown): Promise<unknown> {
    if (error instanceof UserError || !isLoss(error)) return error;
    const within = `(time-out ${this.place.timeout / 1000} s; ${(error as Error).message.split("\n")[0]})`;
    const { masterAddress, masterPort } = this.place;
    let silent: Set<number>;
    try {
      silent = await this.#rollCall();
    } catch (problem) {
      if (problem instanceof UserError) return problem;
      this.#cutOff = true;
      return new UserError(
        `${this.#title}: lost the store at ${masterAddress}:${masterPort}: rank 0's process ended, or this host was cut off ` +
          within,
        { cause: error },
      );
    }
    const who = silent.size > 0 ? ranks(silent) : "another rank";
    return new UserError(
      `${this.#title}: lost ${who}: the process ended, or its host was cut off ${within}`,
      {
        cause: error,
      },
    );
  }

  /** The ranks that do not answer; ends at once where one has said why it failed. */
  async #rollCall(): Promise<Set<number>> {
    this.store.mark(here(this.rank));
    const silent = new Set(this.#others);
    const until = performance.now() + ROLL_CALL;
    while (silent.size > 0 && performance.now() < until) {
      this.heed();
      for (const rank of silent) if (this.store.has(here(rank))) silent.delete(rank);
      await sleep(50);
    }
    return silent;
  }

  /** Lets go of everything; who serves the store does so until the others have parted. */
  async #part(): Promise<void> {
    this.disperse();
    if (this.#cutOff) return;
    try {
      this.store.mark(farewell(this.rank, this.#incarnation));
      const until = performance.now() + LINGER;
      for (const rank of this.#servesStore ? this.#others : []) {
        const last = farewell(rank, this.store.add(claim(rank), 0));
        await this.store.wait(last, { timeout: Math.max(0, until - performance.now()) });
      }
    } catch {
      // Who serves the store has gone before.
    }
    this.store.close();
  }
}

function openStore(place: Place, serve: boolean, title: string): Store {
  const { masterAddress: host, masterPort: port, launcherPrefix: prefix, timeout } = place;
  try {
    return new Store({ host, port, serve, prefix, timeout, answer: Math.min(ANSWER, timeout) });
  } catch (error) {
    const why = (error as Error).message.split("\n")[0]!.replace(/^store: /, "");
    throw new UserError(
      serve
        ? `${title}: cannot serve the store at MASTER_PORT=${port}: ${why}: take a free port`
        : `${title}: no rank 0 at MASTER_ADDR=${host}, MASTER_PORT=${port} within ${timeout / 1000} s: is it started, ` +
            `and may this host connect to it? (${why})`,
      { cause: error },
    );
  }
}

/** "rank 1", "ranks 1, 2 and 5 more". */
function ranks(some: ReadonlySet<number>): string {
  const listed = [...some].slice(0, 8).join(", ");
  const more = some.size > 8 ? ` and ${some.size - 8} more` : "";
  return `rank${some.size > 1 ? "s" : ""} ${listed}${more}`;
}
