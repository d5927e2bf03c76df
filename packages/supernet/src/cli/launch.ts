import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { UserError } from "@supernet/torch/errors";
import { usageError } from "./arguments.js";

/** The others end by themselves when one has failed; in milliseconds, those that do not by then are killed. */
const GRACE = 20_000;

interface End {
  readonly rank: number;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/**
 * Runs this very command as `count` ranks on this machine, which share its cores and train together. Rank 0 speaks for
 * all; what another says comes with its rank before it.
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
  const pass = (signal: NodeJS.Signals) => {
    for (const child of children) child.kill(signal);
  };
  process.on("SIGINT", pass);
  process.on("SIGTERM", pass);
  let failed: End | undefined;
  let timer: NodeJS.Timeout | undefined;
  await Promise.all(
    children.map(async (child, rank) => {
      const end = await ended(child, rank);
      if (failed || end.code === 0) return;
      failed = end;
      timer = setTimeout(() => pass("SIGKILL"), GRACE);
    }),
  );
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
