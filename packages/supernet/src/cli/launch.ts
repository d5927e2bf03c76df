import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { UserError } from "@supernet/base";
import { EXIT_CODES, SIGNALS, type Signal } from "../run/interrupt.js";
import { usageError } from "./arguments.js";
import { log } from "./output.js";

/**
 * Milliseconds that the other ranks have to exit after one has failed. Then they receive SIGTERM, and SIGKILL after the
 * same time.
 */
const GRACE = 20_000;
/** Maximum number of ranks that are restarted in a run. More failures have a cause that a restart does not fix. */
const RESTARTS = 8;

interface End {
  readonly rank: number;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Messages of a rank to its launcher: it has joined the other ranks, or left them while they continue. */
export const JOINED = "joined";
export const LEFT = "left";

/**
 * Runs this command as `count` ranks on this machine, which share its cores. The output of ranks other than 0 is
 * printed with the number of the rank. If one of them is killed or asked to stop, it is restarted, and the run
 * continues if it does not need that rank yet.
 * @throws UserError if a rank fails; the exit code is that of the first one
 */
export async function launch(count: string): Promise<void> {
  const size = Number(count);
  if (!/^\d+$/.test(count) || size < 1 || size > 4096) {
    throw usageError(`--nproc ${count}: expected an integer from 1 to 4096`);
  }
  if (process.env.RANK !== undefined || process.env.WORLD_SIZE !== undefined) {
    throw usageError(
      "--nproc starts the ranks, but RANK or WORLD_SIZE is already set: omit --nproc, or unset them",
    );
  }
  const failed = await new Launch(size, await freePort()).over();
  if (failed === undefined) return;
  const { rank, code, signal } = failed;
  if (code === null) throw new UserError(`rank ${rank} was killed by ${signal}, and the others were stopped`);
  // The rank has printed the reason.
  process.exitCode = code;
}

/** Ranks of a run, as processes on this machine. */
class Launch {
  readonly #size: number;
  readonly #port: number;
  readonly #children: ChildProcess[];
  readonly #joined = new Set<ChildProcess>();
  readonly #left = new Set<ChildProcess>();
  #restarts = RESTARTS;
  #failed: End | undefined;
  /** Signal with which the user has stopped the ranks. */
  #asked: Signal | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(size: number, port: number) {
    this.#size = size;
    this.#port = port;
    this.#children = Array.from({ length: size }, (_, rank) => this.#start(rank));
  }

  /** Waits for all ranks. Returns the first one that failed, if any. */
  async over(): Promise<End | undefined> {
    const ask = (signal: Signal) => {
      this.#asked ??= signal;
      this.#pass(signal);
    };
    for (const signal of SIGNALS) process.on(signal, ask);
    await Promise.all(this.#children.map((_, rank) => this.#follow(rank)));
    clearTimeout(this.#timer);
    for (const signal of SIGNALS) process.off(signal, ask);
    return this.#failed;
  }

  /** Waits for a rank, and for the processes that replace it. */
  async #follow(rank: number): Promise<void> {
    const child = this.#children[rank]!;
    const end = await this.#end(child, rank);
    if (this.#failed || end.code === 0) return;
    const gone = this.#left.has(child) || (this.#joined.has(child) && end.signal !== null);
    const wanted = this.#asked === undefined && isRunning(this.#children[0]!);
    if (rank > 0 && gone && wanted && this.#restarts-- > 0) {
      log(`rank ${rank} was stopped by ${end.signal ?? "a signal"}: restarting it`);
      this.#children[rank] = this.#start(rank);
      return this.#follow(rank);
    }
    this.#failed = end;
    // Ranks that the user has stopped are saving their state. Another signal would interrupt that.
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
      // Keeps Ctrl-C in the terminal from reaching the ranks. This process passes it on once.
      detached: true,
      // Its closing shows the ranks that this process has exited.
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

  /** Waits for a process. A rank that got the user's signal before it listened counts as stopped by the user. */
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
