// For tests: ranks as processes of this machine.
import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The variables of one rank; `more` goes before all. */
export const rankVariables = (
  rank: number,
  size: number,
  port: number,
  more: Readonly<Record<string, string>> = {},
): NodeJS.ProcessEnv => ({
  ...process.env,
  OMP_NUM_THREADS: "1",
  MASTER_ADDR: "127.0.0.1",
  MASTER_PORT: String(port),
  RANK: String(rank),
  WORLD_SIZE: String(size),
  LOCAL_RANK: String(rank),
  LOCAL_WORLD_SIZE: String(size),
  SUPERNET_DISTRIBUTED_TIMEOUT: "30",
  ...more,
});

/** Starts a program of Node as one rank. */
export function startRank(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): { readonly child: ChildProcess; readonly end: Promise<Ended> } {
  return started(spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] }));
}

export function started(child: ChildProcess): { readonly child: ChildProcess; readonly end: Promise<Ended> } {
  let stdout = "";
  let stderr = "";
  child.stdout!.on("data", (text) => {
    stdout += text;
  });
  child.stderr!.on("data", (text) => {
    stderr += text;
  });
  const end = new Promise<Ended>((resolve) =>
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr })),
  );
  return { child, end };
}

/** Runs a program as `size` ranks to their ends. */
export async function runRanks(
  args: readonly string[],
  size: number,
  more: (rank: number) => Readonly<Record<string, string>> = () => ({}),
): Promise<Ended[]> {
  const port = await freePort();
  const all = Array.from({ length: size }, (_, rank) =>
    startRank(args, rankVariables(rank, size, port, more(rank))),
  );
  return Promise.all(all.map(({ end }) => end));
}
