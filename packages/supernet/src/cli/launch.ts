import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { UserError } from "@supernet/torch/errors";
import { usageError } from "./arguments.js";
import { say } from "./output.js";

/** The others end by themselves when one has failed; in milliseconds, those that do not by then are killed. */
const GRACE = 20_000;
/** Killed ranks that are started again in a run: what kills more of them is not chance. */
const RESTARTS = 8;
/** Of a rank that was asked to stop: where the others need it not, they go on. */
const STOPPED = [130, 143];

interface End {
  readonly rank: number;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/**
 * Runs this very command as `count` ranks on this machine, which share its cores and work together. Rank 0 speaks for
 * all; what another says comes with its rank before it. Another one that is killed is started again: the run goes on
 * where it can do without it for a while.
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
  const port = await freePort();
  const children = Array.from({ length: size }, (_, rank) => start(rank, size, port));
  let restarts = RESTARTS;
  const pass = (signal: NodeJS.Signals) => {
    restarts = 0;
    for (const child of children) child.kill(signal);
  };
  process.on("SIGINT", pass);
  process.on("SIGTERM", pass);
  let failed: End | undefined;
  let timer: NodeJS.Timeout | undefined;
  const follow = async (rank: number): Promise<void> => {
    const end = await ended(children[rank]!, rank);
    if (rank > 0 && end.signal !== null && failed === undefined && isRunning(children[0]!) && restarts > 0) {
      restarts--;
      say(`rank ${rank} was ended by ${end.signal}: it is started again`);
      children[rank] = start(rank, size, port);
      return follow(rank);
    }
    if (failed || end.code === 0 || (rank > 0 && STOPPED.includes(end.code!))) return;
    failed = end;
    timer = setTimeout(() => pass("SIGKILL"), GRACE);
  };
  await Promise.all(children.map((_, rank) => follow(rank)));
  clearTimeout(timer);
  process.off("SIGINT", pass);
  process.off("SIGTERM", pass);
  if (failed === undefined) return;
  const { rank, code, signal } = failed;
  if (code !== null) {
    // The rank has said why.
    process.exitCode = code;
    return;
  }
  throw new UserError(`rank ${rank} was ended by ${signal}, and the others with it`);
}

function start(rank: number, size: number, port: number): ChildProcess {
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
      MASTER_PORT: String(port),
      RANK: String(rank),
      WORLD_SIZE: String(size),
      LOCAL_RANK: String(rank),
      LOCAL_WORLD_SIZE: String(size),
    },
  });
  let rest = "";
  child.stderr?.on("data", (text) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const line of lines) process.stderr.write(`[rank ${rank}] ${line}\n`);
  });
  return child;
}

const isRunning = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode === null && signalCode === null;

const ended = (child: ChildProcess, rank: number): Promise<End> =>
  new Promise((resolve) => {
    child.on("error", () => resolve({ rank, code: 1, signal: null }));
    child.on("close", (code, signal) => resolve({ rank, code, signal }));
  });

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
