import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { UserError } from "@supernet/base";
import { EXIT_CODES, type Signal } from "../run/interrupt.js";
import { usageError } from "./arguments.js";
import { log } from "./output.js";

/**
 * Milliseconds after which the other ranks of a failed one, which should exit by themselves, are asked to. After as many
 * again they are killed.
 */
const GRACE = 20_000;
/** Ranks that are started again in a run: what ends more of them is not chance. */
const RESTARTS = 8;

interface End {
  readonly rank: number;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** What a rank tells who started it: that it has met the others, and that it leaves them, who go on without it. */
export const JOINED = "joined";
export const LEFT = "left";

/**
 * Runs this very command as `count` ranks on this machine, which share its cores and work together. Rank 0 speaks for
 * all; what another says comes with its rank before it. Another one that was killed, or asked to stop, is started again:
 * the run goes on where it can do without it for a while.
 * @throws UserError with the exit code of the rank that failed first
 */
export async function launch(count: string): Promise<void> {
  const size = Number(count);
  if (!/^\d+$/.test(count) || size < 1 || size > 4096) {
    throw usageError(`--nproc ${count}: expected a number of processes, from 1`);
  }
  if (process.env.RANK !== undefined || process.env.WORLD_SIZE !== undefined) {
    throw usageError("--nproc starts the ranks itself, but RANK or WORLD_SIZE is set: leave one of both out");
  }
  const failed = await new Launch(size, await freePort()).over();
  if (failed === undefined) return;
  const { rank, code, signal } = failed;
  if (code === null) throw new UserError(`rank ${rank} was ended by ${signal}, and the others with it`);
  // The rank has said why.
  process.exitCode = code;
}

/** The ranks of a run, as processes of this machine. */
class Launch {
  readonly #size: number;
  readonly #port: number;
  readonly #children: ChildProcess[];
  readonly #joined = new Set<ChildProcess>();
  readonly #left = new Set<ChildProcess>();
  #restarts = RESTARTS;
  #failed: End | undefined;
  /** What the user has asked all ranks to end by. */
  #asked: Signal | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(size: number, port: number) {
    this.#size = size;
    this.#port = port;
    this.#children = Array.from({ length: size }, (_, rank) => this.#start(rank));
  }

  /** The rank that failed first, if any, once all have ended. */
  async over(): Promise<End | undefined> {
    const ask = (signal: Signal) => {
      this.#asked ??= signal;
      this.#pass(signal);
    };
    process.on("SIGINT", ask);
    process.on("SIGTERM", ask);
    await Promise.all(this.#children.map((_, rank) => this.#follow(rank)));
    clearTimeout(this.#timer);
    process.off("SIGINT", ask);
    process.off("SIGTERM", ask);
    return this.#failed;
  }

  /** Waits for a rank's end, and for that of those who take its place. */
  async #follow(rank: number): Promise<void> {
    const child = this.#children[rank]!;
    const end = await this.#end(child, rank);
    if (this.#failed || end.code === 0) return;
    const gone = this.#left.has(child) || (this.#joined.has(child) && end.signal !== null);
    const wanted = this.#asked === undefined && isRunning(this.#children[0]!);
    if (rank > 0 && gone && wanted && this.#restarts-- > 0) {
      log(`rank ${rank} was ended by ${end.signal ?? "a signal"}: it is started again`);
      this.#children[rank] = this.#start(rank);
      return this.#follow(rank);
    }
    this.#failed = end;
    // Who was asked by the user takes the time that it takes to save the state; to be asked again would cut that short.
    if (this.#asked !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#pass("SIGTERM");
      this.#timer = setTimeout(() => this.#pass("SIGKILL"), GRACE);
    }, GRACE);
  }

  #pass(signal: NodeJS.Signals): void {
    for (const child of this.#children) child.kill(signal);
  }

  #start(rank: number): ChildProcess {
    const args = process.argv.slice(1);
    const at = args.findIndex((arg) => arg === "--nproc" || arg.startsWith("--nproc="));
    args.splice(at, args[at] === "--nproc" ? 2 : 1);
    const child = spawn(process.execPath, [...process.execArgv, ...args], {
      // Out of the terminal's reach: Ctrl-C comes to this process, which passes it on once.
      detached: true,
      // By the channel the ranks notice where this process is gone.
      stdio: rank === 0 ? ["inherit", "inherit", "inherit", "ipc"] : ["ignore", "ignore", "pipe", "ipc"],
      env: {
        ...process.env,
        MASTER_ADDR: "127.0.0.1",
        MASTER_PORT: String(this.#port),
        RANK: String(rank),
        WORLD_SIZE: String(this.#size),
        LOCAL_RANK: String(rank),
        LOCAL_WORLD_SIZE: String(this.#size),
      },
    });
    child.on("message", (message) => {
      if (message === JOINED) this.#joined.add(child);
      if (message === LEFT) this.#left.add(child);
    });
    let rest = "";
    const forward = (line: string) => log(`[rank ${rank}] ${line}`);
    child.stderr?.on("data", (text) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop()!;
      for (const line of lines) forward(line);
    });
    child.stderr?.on("end", () => {
      if (rest !== "") forward(rest);
    });
    return child;
  }

  /** How a rank ended; one that had no time yet to listen for the signal that it was asked to stop by, as if it had. */
  #end(child: ChildProcess, rank: number): Promise<End> {
    return new Promise((resolve) => {
      child.on("error", () => resolve({ rank, code: 1, signal: null }));
      child.on("close", (code, signal) => {
        const asked = this.#asked;
        resolve(
          asked !== undefined && signal === asked
            ? { rank, code: EXIT_CODES[asked], signal: null }
            : { rank, code, signal },
        );
      });
    });
  }
}

const isRunning = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode === null && signalCode === null;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
