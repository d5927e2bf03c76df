import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";

/** Exit code or signal, and output, of a process. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Returns an unused port of the loopback interface. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Returns the environment of one rank. Variables in `more` override all others. */
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

/** Starts a Node program as one rank. */
export function startRank(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): { readonly child: ChildProcess; readonly end: Promise<Ended> } {
  return started(spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] }));
}

/** Removes gloo's log from standard error. The gloo of libtorch 2.14 logs that ranks are connected, at any level. */
const withoutLog = (stderr: string): string => stderr.replace(/^\[\S*gloo\S*\] INFO .*\n/gm, "");

/** Collects the output of a process until it exits, except gloo's log. */
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
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr: withoutLog(stderr) })),
  );
  return { child, end };
}

/** Runs a program as `size` ranks and waits until all have exited. */
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
