import { setTimeout as sleep } from "node:timers/promises";
import { requireObject, requireOptions, UserError } from "@supernet/base";
import type { Tensor } from "../engine/index.js";
import { requireDevice } from "../engine/tensor.js";
import { type Environment, findLocalAddress, type RankInfo, readRankInfo } from "./environment.js";
import { isLoss, ProcessGroup, type Reducer } from "./group.js";
import { compareHellos, formatRanks, type Hello, type WaitCallbacks, waitForRanks } from "./ranks.js";
import { openStore, type Store } from "./store.js";

/** Options of {@link joinFromEnvironment}. */
export interface JoinOptions {
  /** "cpu" or "cuda:N". */
  readonly device: string;
  /** Values that must be the same on all ranks, by their names in messages. */
  readonly facts: Readonly<Record<string, string>>;
}

/** The first failure, which stops all ranks. */
interface Failure {
  readonly rank: number;
  readonly message: string;
  readonly exitCode: number;
}

const FAILURE = "failure";
const MET = "met";
const claimKey = (rank: number): string => `claim/${rank}`;
const arrivalKey = (work: string, rank: number): string => `gather/${work}/${rank}`;
const helloKey = (rank: number): string => `hello/${rank}`;
const farewellKey = (rank: number, incarnation: number): string => `farewell/${rank}/${incarnation}`;
const aliveKey = (rank: number): string => `here/${rank}`;

/** Time within which ranks report that they are alive, after a communication failed. */
const LIVENESS_TIMEOUT_MS = 3000;
/** Time to keep serving the store at the end, so that other ranks can read why the run ended. */
const SHUTDOWN_GRACE_MS = 5000;

/**
 * Joins the other ranks, as the standard environment variables specify.
 *
 * @example
 * const world = await joinFromEnvironment(process.env, { device: "cpu", facts: { recipe: hash } });
 * await world?.openGroup("train", { check() {}, log: console.log });
 *
 * @returns undefined if the variables are not set: the process is not one of several ranks
 * @throws UserError if the variables are not valid, ranks do not join in time, or ranks differ in a fact
 */
export async function joinFromEnvironment(
  env: Environment,
  options: JoinOptions,
): Promise<World | undefined> {
  requireObject("joinFromEnvironment: env", env);
  requireOptions<JoinOptions>("joinFromEnvironment", options, ["device", "facts"]);
  requireDevice("joinFromEnvironment: device", options.device);
  requireObject("joinFromEnvironment: facts", options.facts);
  const info = readRankInfo(env);
  return info && World.join(info, findLocalAddress(env, info), options);
}

/**
 * Processes that work on one run, as one of them sees them. They share the store all the time, but a group of all ranks
 * only during work that needs every rank, from `openGroup` to `closeGroup`. Between two such pieces of work, a rank may
 * die and, if it is restarted, come back.
 */
export class World {
  /** Index of this rank, from 0. */
  readonly rank: number;
  /** Number of ranks. */
  readonly size: number;
  /** Strings that all ranks share. */
  readonly store: Store;
  /** Address that the other ranks use to reach this host. */
  readonly address: string;
  readonly #info: RankInfo;
  readonly #device: string;
  /** Number of processes that have been this rank, including this one. */
  #incarnation = 0;
  /** Whether the ranks had met before this process replaced one that died. */
  #cameBack = false;
  #met = false;
  #needed = false;
  #group: ProcessGroup | undefined;
  #groupStore: Store | undefined;
  #reducers: Reducer[] = [];
  /** True if the store must not be used: it is gone or out of reach, or another process has replaced this one. */
  #cutOff = false;

  private constructor(info: RankInfo, address: string, device: string) {
    this.rank = info.rank;
    this.size = info.worldSize;
    this.address = address;
    this.#info = info;
    this.#device = device;
    this.store = openStore(info, this.#servesStore, this.#title);
  }

  /** @internal see `joinFromEnvironment` */
  static async join(info: RankInfo, address: string, { device, facts }: JoinOptions): Promise<World> {
    const world = new World(info, address, device);
    try {
      await world.#meet({ worldSize: String(world.size), address, facts });
      return world;
    } catch (error) {
      // If this process replaced one that died, the others continue without it.
      throw world.#cameBack ? error : await world.fail(error);
    }
  }

  /** Whether this is rank 0, the only one that writes files. */
  get isMainRank(): boolean {
    return this.rank === 0;
  }

  /** The group of all ranks, from `openGroup` to `closeGroup`. */
  get group(): ProcessGroup {
    if (this.#group) return this.#group;
    throw new Error("world.group: no group is open");
  }

  /** Whether this rank takes part in work that needs all ranks, so the run cannot continue without it. */
  get needed(): boolean {
    return this.#needed;
  }

  /**
   * Waits for all ranks and opens their group.
   * @param work name of the work, unique within the run
   * @throws UserError if ranks do not come in time, a rank has failed, or this rank died during the same work before
   */
  async openGroup(work: string, callbacks: WaitCallbacks): Promise<void> {
    this.#needed = true;
    if (this.store.add(arrivalKey(work, this.rank), 1) > 1) {
      throw new UserError(`rank ${this.rank} died during ${work}, which needs all ranks`);
    }
    await this.#waitForAll(
      (rank) => this.store.has(arrivalKey(work, rank)),
      (missing) =>
        `${formatRanks(missing)} did not join ${work} in time: find out why they stopped, then resume the run`,
      callbacks,
    );
    const { rank, size, address } = this;
    const options = { rank, size, address, device: this.#device, timeout: this.#info.timeout };
    this.#groupStore = openStore(this.#info, false, this.#title);
    this.#group = await ProcessGroup.open(this.#groupStore, { ...options, name: `group/${work}` }, () => {
      this.throwIfFailed();
      callbacks.check();
    });
  }

  /** Closes the group and its reducers after the work that needed them. */
  closeGroup(): void {
    for (const reducer of this.#reducers.splice(0)) reducer.close();
    this.#group?.close();
    this.#group = undefined;
    this.#groupStore?.close();
    this.#groupStore = undefined;
    this.#needed = false;
  }

  /** Creates a reducer, see `ProcessGroup.reducer`. It is closed with the group. */
  reducer(parameters: readonly Tensor[]): Reducer {
    const reducer = this.group.reducer(parameters);
    this.#reducers.push(reducer);
    return reducer;
  }

  /**
   * Waits, without a time limit, until another rank sets a key in the store, and returns its value.
   * @throws UserError if another rank has failed, or the store is gone
   */
  async wait(key: string): Promise<string> {
    return (await this.store.wait(key, { check: () => this.throwIfFailed() }))!;
  }

  /** @throws UserError if the run has failed on another rank, or another process has replaced this one */
  throwIfFailed(): void {
    const text = this.store.get(FAILURE);
    if (text !== undefined) {
      const { rank, message, exitCode } = JSON.parse(text) as Failure;
      throw new UserError(rank === this.rank ? message : `rank ${rank} aborted the run: ${message}`, {
        exitCode,
      });
    }
    if (!this.#met || this.store.add(claimKey(this.rank), 0) === this.#incarnation) return;
    this.#cutOff = true;
    throw new UserError(`another process has replaced rank ${this.rank}: this one exits`);
  }

  /**
   * Aborts the run on all ranks: sends the reason to the others, and waits until they have read it.
   * @returns the error to exit with, which is another rank's if that one failed first
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
    await this.leave();
    return cause;
  }

  /** Leaves the run. All ranks call this at its end. The rank that serves the store waits for the others. */
  async leave(): Promise<void> {
    this.closeGroup();
    if (this.#cutOff) return;
    try {
      this.store.setFlag(farewellKey(this.rank, this.#incarnation));
      const until = performance.now() + SHUTDOWN_GRACE_MS;
      for (const rank of this.#servesStore ? this.#others : []) {
        const key = farewellKey(rank, this.store.add(claimKey(rank), 0));
        await this.store.wait(key, { timeout: Math.max(0, until - performance.now()) });
      }
    } catch {
      // The rank that serves the store has already left.
    }
    this.store.close();
  }

  get #title(): string {
    return `rank ${this.rank} of ${this.size}`;
  }

  get #servesStore(): boolean {
    return this.isMainRank && this.#info.launcherPrefix === undefined;
  }

  get #others(): number[] {
    return Array.from({ length: this.size }, (_, rank) => rank).filter((rank) => rank !== this.rank);
  }

  /** Waits for the other ranks and checks that they belong to the same run. */
  async #meet(hello: Hello): Promise<void> {
    this.#incarnation = this.store.add(claimKey(this.rank), 1);
    this.#cameBack = this.store.has(MET);
    if (this.#incarnation > 1 && !this.#cameBack) {
      throw new UserError(`two processes have RANK=${this.rank}: set a different RANK for each process`);
    }
    this.store.set(helloKey(this.rank), JSON.stringify(hello));
    await this.#waitForAll(
      (rank) => {
        const text = this.store.get(helloKey(rank));
        if (text !== undefined) compareHellos({ rank: this.rank, ...hello }, { rank, ...JSON.parse(text) });
        return text !== undefined;
      },
      (missing) =>
        `${formatRanks(missing)} did not join within ${this.#info.timeout / 1000} s: start ${this.size} processes, ` +
        "all with the same MASTER_ADDR, MASTER_PORT and WORLD_SIZE",
    );
    this.store.setFlag(MET);
    this.#met = true;
  }

  async #waitForAll(
    hasCome: (rank: number) => boolean,
    problem: (missing: ReadonlySet<number>) => string,
    callbacks?: WaitCallbacks,
  ): Promise<void> {
    const check = () => {
      this.throwIfFailed();
      callbacks?.check();
    };
    await waitForRanks(this.#others, hasCome, {
      timeout: this.#info.timeout,
      check,
      log: (line) => callbacks?.log(line),
      problem: (missing) => `${this.#title}: ${problem(missing)}`,
    });
  }

  /** Replaces the error of a failed communication with one that names the lost rank, or with the rank's own error. */
  async #explain(error: unknown): Promise<unknown> {
    if (error instanceof UserError || !isLoss(error)) return error;
    const details = `(time-out ${this.#info.timeout / 1000} s; ${(error as Error).message.split("\n")[0]})`;
    const { masterAddress, masterPort } = this.#info;
    let silent: Set<number>;
    try {
      silent = await this.#silentRanks();
    } catch (problem) {
      if (problem instanceof UserError) return problem;
      this.#cutOff = true;
      return new UserError(
        `${this.#title}: lost the store at ${masterAddress}:${masterPort}: rank 0's process ended, or this host ` +
          `was disconnected ${details}`,
        { cause: error },
      );
    }
    const lost = silent.size > 0 ? formatRanks(silent) : "another rank";
    return new UserError(
      `${this.#title}: lost ${lost}: the process ended, or its host was disconnected ${details}`,
      { cause: error },
    );
  }

  /**
   * Returns the ranks that do not report that they are alive.
   * @throws UserError as soon as a rank has reported why it failed
   */
  async #silentRanks(): Promise<Set<number>> {
    this.store.setFlag(aliveKey(this.rank));
    const silent = new Set(this.#others);
    const until = performance.now() + LIVENESS_TIMEOUT_MS;
    while (silent.size > 0 && performance.now() < until) {
      this.throwIfFailed();
      for (const rank of silent) if (this.store.has(aliveKey(rank))) silent.delete(rank);
      await sleep(50);
    }
    return silent;
  }
}
